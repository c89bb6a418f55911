import type { XmlValue } from '../core/xml';
import type { ChangeSet } from './change-set';
import type { PlannedChanges } from './changes';
import type { ResourceChange } from './resource-change';
import { parameterAnswer, tagAnswer } from './stack-answers';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ChangeSetSummary.html */
export function changeSetSummary(changeSet: ChangeSet) {
  return {
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    StackId: changeSet.stack.id,
    StackName: changeSet.stack.name,
    Description: changeSet.description,
    CreationTime: changeSet.creationTime,
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
  };
}

/** What DescribeChangeSet tells beside the changes. */
export function changeSetAnswer(changeSet: ChangeSet): { readonly [name: string]: XmlValue } {
  const { parameters, tags, capabilities, notificationArns } = changeSet.definition;
  return {
    ...changeSetSummary(changeSet),
    Parameters: [...parameters.values()].map(parameterAnswer),
    NotificationARNs: notificationArns,
    Capabilities: capabilities,
    Tags: tags.map(tagAnswer),
    OnStackFailure: changeSet.onFailure,
    RollbackConfiguration: {},
    IncludeNestedStacks: false,
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html */
export function changeAnswer(change: ResourceChange): XmlValue {
  const scope = [...new Set(change.details.map(({ attribute }) => attribute))];
  return {
    Type: 'Resource',
    ResourceChange: {
      PolicyAction: change.policyAction,
      Action: change.action,
      LogicalResourceId: change.logicalId,
      PhysicalResourceId: change.physicalId,
      ResourceType: change.type,
      Replacement: change.replacement,
      Scope: scope,
      Details: change.details.map((detail) => ({
        Target: {
          Attribute: detail.attribute,
          Name: detail.name,
          RequiresRecreation: detail.requiresRecreation,
        },
        Evaluation: detail.evaluation,
        ChangeSource: detail.source,
        CausingEntity: detail.causingEntity,
      })),
    },
  };
}

/**
 * One failed check, as DescribeEvents tells it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_OperationEvent.html
 */
export function validationEvent(
  { stack, definition, id }: ChangeSet,
  { logicalId, problem }: PlannedChanges['problems'][number],
  timestamp: Date,
): XmlValue {
  const path = problem.path.replace('#', `/Resources/${logicalId}/Properties`);
  return {
    EventId: `${id}#${logicalId}${problem.path}`,
    StackId: stack.id,
    EventType: 'VALIDATION_ERROR',
    LogicalResourceId: logicalId,
    PhysicalResourceId: '',
    ResourceType: definition.template.resources.get(logicalId)?.type,
    Timestamp: timestamp,
    ValidationFailureMode: 'FAIL',
    ValidationName: 'PROPERTY_VALIDATION',
    ValidationStatus: 'FAILED',
    ValidationStatusReason: problem.message,
    ValidationPath: path,
  };
}
