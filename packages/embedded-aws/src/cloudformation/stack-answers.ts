import type { XmlValue } from '../core/xml';
import type { ParameterValue } from './parameters';
import type { RollbackConfiguration, Stack, StackEvent, StackResource, Tag } from './stack';

type Answer = { readonly [name: string]: XmlValue };

export function parameterAnswer({ key, text, noEcho }: ParameterValue): Answer {
  return { ParameterKey: key, ParameterValue: noEcho ? '****' : text };
}

export function tagAnswer({ key, value }: Tag): Answer {
  return { Key: key, Value: value };
}

/**
 * A list of an answer that AWS leaves out when it is empty. Lists that come empty too are not passed
 * through it: a stack's `Tags` and `NotificationARNs`, a change set's `Changes`, `Capabilities` and
 * `NotificationARNs`, a template's `Parameters` (of 344 stacks recorded by LocalStack's tests, 2022
 * to 2026, none has an empty list of another name).
 */
export function filled<Item>(list: readonly Item[]): readonly Item[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackConfiguration.html */
export function rollbackConfigurationAnswer({
  triggers = [],
  monitoringMinutes,
}: RollbackConfiguration = {}): Answer {
  return {
    RollbackTriggers: filled(triggers.map(({ arn, type }) => ({ Arn: arn, Type: type }))),
    MonitoringTimeInMinutes: monitoringMinutes,
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
export function stackAnswer(stack: Stack): Answer {
  const isDeleted = stack.status === 'DELETE_COMPLETE';
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: isDeleted ? undefined : stack.changeSetId,
    CreationTime: stack.creationTime,
    DeletionTime: stack.deletionTime,
    LastUpdatedTime: stack.lastUpdatedTime,
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: stack.disableRollback,
    TimeoutInMinutes: stack.timeoutInMinutes,
    RetainExceptOnCreate: stack.retainExceptOnCreate || undefined,
    ...definitionAnswer(stack),
    Outputs: filled(
      stack.outputs.map(({ key, value, description, exportName }) => ({
        OutputKey: key,
        OutputValue: value,
        Description: description,
        ExportName: exportName,
      })),
    ),
    RoleARN: stack.roleArn,
    EnableTerminationProtection: isDeleted ? undefined : stack.terminationProtection,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
    LastOperations: operationEntries(stack),
  };
}

/**
 * The members that come from a stack's definition. A stack in review has none: its definition still
 * belongs to its change sets (LocalStack's test_stack_description_lifecycle, 09-09-2025).
 */
function definitionAnswer({ status, definition }: Stack): Answer {
  if (status === 'REVIEW_IN_PROGRESS') {
    return { RollbackConfiguration: {}, NotificationARNs: [], Tags: [] };
  }
  const { template, parameters, tags, capabilities, notificationArns } = definition;
  return {
    Description: template.description,
    Parameters: filled([...parameters.values()].map(parameterAnswer)),
    RollbackConfiguration: rollbackConfigurationAnswer(definition.rollbackConfiguration),
    NotificationARNs: notificationArns,
    Capabilities: filled(capabilities),
    Tags: tags.map(tagAnswer),
  };
}

function operationEntries({ lastOperations = [] }: Stack): XmlValue {
  return filled(lastOperations.map(({ type, id }) => ({ OperationType: type, OperationId: id })));
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSummary.html */
export function stackSummary(stack: Stack): Answer {
  return {
    StackId: stack.id,
    StackName: stack.name,
    TemplateDescription:
      stack.status === 'REVIEW_IN_PROGRESS' ? undefined : stack.definition.template.description,
    CreationTime: stack.creationTime,
    LastUpdatedTime: stack.lastUpdatedTime,
    DeletionTime: stack.deletionTime,
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
    LastOperations: operationEntries(stack),
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackEvent.html */
export function eventAnswer(stack: Stack, event: StackEvent): Answer {
  return {
    StackId: stack.id,
    EventId: event.id,
    StackName: stack.name,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: event.timestamp,
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ResourceProperties: event.properties,
    ClientRequestToken: event.token,
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackResourceSummary.html */
export function resourceSummary(resource: StackResource): Answer {
  return {
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId ?? '',
    ResourceType: resource.type,
    LastUpdatedTimestamp: resource.timestamp,
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.statusReason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackResource.html */
export function resourceAnswer(stack: Stack, resource: StackResource): Answer {
  const { LastUpdatedTimestamp, ...rest } = resourceSummary(resource);
  return { StackName: stack.name, StackId: stack.id, ...rest, Timestamp: LastUpdatedTimestamp };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackResourceDetail.html */
export function resourceDetail(stack: Stack, resource: StackResource): Answer {
  return {
    StackName: stack.name,
    StackId: stack.id,
    ...resourceSummary(resource),
    Metadata: JSON.stringify(resource.metadata ?? {}),
  };
}
