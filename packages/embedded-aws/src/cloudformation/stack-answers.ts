import type { XmlValue } from '../core/xml';
import type { ParameterValue } from './parameters';
import type { Stack, StackEvent, StackResource, Tag } from './stack';

type Answer = { readonly [name: string]: XmlValue };

export function parameterAnswer({ key, text, noEcho }: ParameterValue): Answer {
  return { ParameterKey: key, ParameterValue: noEcho ? '****' : text };
}

export function tagAnswer({ key, value }: Tag): Answer {
  return { Key: key, Value: value };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
export function stackAnswer(stack: Stack): Answer {
  const { template, parameters, tags, capabilities, notificationArns } = stack.definition;
  return {
    StackId: stack.id,
    StackName: stack.name,
    Description: template.description,
    Parameters: [...parameters.values()].map(parameterAnswer),
    CreationTime: stack.creationTime,
    DeletionTime: stack.deletionTime,
    LastUpdatedTime: stack.lastUpdatedTime,
    RollbackConfiguration: {},
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: stack.disableRollback,
    TimeoutInMinutes: stack.timeoutInMinutes,
    RetainExceptOnCreate: stack.retainExceptOnCreate,
    NotificationARNs: notificationArns,
    Capabilities: capabilities,
    Outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
      OutputKey: key,
      OutputValue: value,
      Description: description,
      ExportName: exportName,
    })),
    RoleARN: stack.roleArn,
    Tags: tags.map(tagAnswer),
    EnableTerminationProtection: stack.terminationProtection,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSummary.html */
export function stackSummary(stack: Stack): Answer {
  return {
    StackId: stack.id,
    StackName: stack.name,
    TemplateDescription: stack.definition.template.description,
    CreationTime: stack.creationTime,
    LastUpdatedTime: stack.lastUpdatedTime,
    DeletionTime: stack.deletionTime,
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
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
