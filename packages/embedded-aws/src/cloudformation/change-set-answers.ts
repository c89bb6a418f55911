import type { XmlValue } from '../core/xml';
import type { ChangeSet, ChangeSetProblem } from './change-set';
import { UNKNOWN } from './intrinsics';
import { isObject, type JsonObject } from './json';
import type { ChangeDetail, ResourceChange } from './resource-change';
import { filled, parameterAnswer, rollbackConfigurationAnswer, tagAnswer } from './stack-answers';

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
    IncludeNestedStacks: changeSet.includeNestedStacks,
    ImportExistingResources: changeSet.importExistingResources,
  };
}

/** The output of DescribeChangeSet without the changes. */
export function changeSetAnswer(changeSet: ChangeSet): { readonly [name: string]: XmlValue } {
  const { parameters, tags, capabilities, notificationArns } = changeSet.definition;
  return {
    ...changeSetSummary(changeSet),
    Parameters: filled([...parameters.values()].map(parameterAnswer)),
    NotificationARNs: notificationArns,
    Capabilities: capabilities,
    Tags: filled(tags.map(tagAnswer)),
    OnStackFailure: changeSet.onFailure,
    RollbackConfiguration: rollbackConfigurationAnswer(changeSet.definition.rollbackConfiguration),
  };
}

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html
 * @param withValues include property values, as requested with IncludePropertyValues
 */
export function changeAnswer(change: ResourceChange, withValues = false): XmlValue {
  const scope = [...new Set(change.details.map(({ attribute }) => attribute))].sort();
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
          ...(withValues && targetValues(detail)),
        },
        Evaluation: detail.evaluation,
        ChangeSource: detail.source,
        CausingEntity: detail.causingEntity,
      })),
      ...(withValues && {
        BeforeContext: context(change.before),
        AfterContext: context(change.after),
      }),
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceTargetDefinition.html */
function targetValues({ name, attribute, values }: ChangeDetail) {
  if (values === undefined) return {};
  return {
    Path: attribute === 'Tags' ? '/Properties/Tags' : `/Properties/${name}`,
    BeforeValue: valueText(values.before),
    AfterValue: valueText(values.after),
    AttributeChangeType: values.change,
  };
}

function context(properties: JsonObject | undefined): string | undefined {
  return properties && JSON.stringify(withPlaceholders({ Properties: properties }));
}

function valueText(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const known = withPlaceholders(value);
  return typeof known === 'object' ? JSON.stringify(known) : String(known);
}

/** Placeholder for a value that is not known before its resource exists. */
const KNOWN_AFTER_APPLY = '{{changeSet:KNOWN_AFTER_APPLY}}';

function withPlaceholders(value: unknown): unknown {
  if (value === UNKNOWN) return KNOWN_AFTER_APPLY;
  if (Array.isArray(value)) return value.map(withPlaceholders);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, withPlaceholders(item)]),
  );
}

/**
 * One failed check, as DescribeEvents returns it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_OperationEvent.html
 */
export function validationEvent(
  { stack, definition, id }: ChangeSet,
  { logicalId, problem, check }: ChangeSetProblem,
  timestamp: Date,
): XmlValue {
  const resource = `/Resources/${logicalId}`;
  return {
    EventId: `${id}#${logicalId}${problem.path}`,
    StackId: stack.id,
    EventType: 'VALIDATION_ERROR',
    LogicalResourceId: logicalId,
    PhysicalResourceId: '',
    ResourceType: definition.template.resources.get(logicalId)?.type,
    Timestamp: timestamp,
    ValidationFailureMode: 'FAIL',
    ValidationName: check ?? 'PROPERTY_VALIDATION',
    ValidationStatus: 'FAILED',
    ValidationStatusReason: problem.message,
    ValidationPath:
      check === undefined ? problem.path.replace('#', `${resource}/Properties`) : resource,
  };
}
