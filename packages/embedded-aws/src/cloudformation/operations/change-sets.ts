import { randomUUID } from 'node:crypto';
import { type Caller, partitionOf } from '../../core/caller';
import { AwsError } from '../../core/errors';
import {
  type QueryAction,
  type QueryInput,
  requiredText,
  textMember,
} from '../../core/protocol/query';
import type { ChangeSet } from '../change-set';
import {
  changeAnswer,
  changeSetAnswer,
  changeSetSummary,
  validationEvent,
} from '../change-set-answers';
import { reviewChanges } from '../change-set-review';
import { type Deployment, planDeployment } from '../deployment';
import { validationError } from '../json';
import { ON_FAILURE, type OnFailure } from '../on-failure';
import { page } from '../paging';
import {
  disablesRollback,
  flag,
  keepsParameters,
  oneOf,
  rejectMembers,
  requestedDefinition,
} from '../request';
import { describedChanges } from '../resource-change';
import {
  newStackName,
  operationContext,
  type ServiceContext,
  startReason,
} from '../service-context';
import {
  beginOperation,
  newStack,
  type Stack,
  type StackDefinition,
  setStackStatus,
} from '../stack';
import { createStack, launch, updateStack } from '../stack-operations';
import type { StackStore } from '../stack-store';
import { assertUpdatable, recordRequest, startUpdate, UNSUPPORTED_MEMBERS } from './stacks';

/** The actions on change sets. */
export function changeSetActions(service: ServiceContext): Record<string, QueryAction> {
  const { stores, now } = service;
  return {
    async CreateChangeSet(input, { caller }) {
      const made = madeBy(stores.in(caller), input);
      if (made !== undefined) return { Id: made.id, StackId: made.stack.id };
      const changeSet = await createChangeSet(service, input, caller);
      stores.in(caller).addChangeSet(changeSet);
      return { Id: changeSet.id, StackId: changeSet.stack.id };
    },

    DescribeChangeSet(input, { caller }) {
      const changeSet = stores
        .in(caller)
        .getChangeSet(requiredText(input, 'ChangeSetName'), textMember(input, 'StackName'));
      const withValues = flag(input, 'IncludePropertyValues');
      const changes = describedChanges(changeSet.changes, withValues);
      const { items, nextToken } = page(changes, input, 100);
      return {
        ...changeSetAnswer(changeSet),
        Changes: items.map((change) => changeAnswer(change, withValues)),
        NextToken: nextToken,
      };
    },

    ExecuteChangeSet(input, { caller }) {
      const store = stores.in(caller);
      if (isRepeated(store, input)) return {};
      const changeSet = store.getChangeSet(
        requiredText(input, 'ChangeSetName'),
        textMember(input, 'StackName'),
      );
      const { stack, deployment } = changeSet;
      assertExecutable(changeSet);
      if (changeSet.type === 'UPDATE') assertUpdatable(stack);
      changeSet.executionStatus = 'EXECUTE_IN_PROGRESS';
      changeSet.deployment = undefined;
      store.removeChangeSets(stack);
      if (deployment !== undefined) execute(service, changeSet, deployment, input, caller);
      return {};
    },

    DeleteChangeSet(input, { caller }) {
      const store = stores.in(caller);
      const changeSet = store.findChangeSet(
        requiredText(input, 'ChangeSetName'),
        textMember(input, 'StackName'),
      );
      if (changeSet !== undefined) store.removeChangeSet(changeSet);
      return {};
    },

    ListChangeSets(input, { caller }) {
      const store = stores.in(caller);
      const stack = store.getLive(requiredText(input, 'StackName'));
      const { items, nextToken } = page(store.changeSetsOf(stack), input, 100);
      return { Summaries: items.map(changeSetSummary), NextToken: nextToken };
    },

    DescribeEvents(input, { caller }) {
      rejectMembers(input, ['OperationId']);
      const changeSetName = textMember(input, 'ChangeSetName');
      if (changeSetName === undefined) {
        throw validationError(
          'The embedded AWS implements DescribeEvents for change sets (ChangeSetName) only; use DescribeStackEvents for the events of a stack.',
        );
      }
      const changeSet = stores
        .in(caller)
        .getChangeSet(changeSetName, textMember(input, 'StackName'));
      const { items, nextToken } = page(changeSet.problems, input, 100);
      return {
        OperationEvents: items.map((item) => validationEvent(changeSet, item, now())),
        NextToken: nextToken,
      };
    },
  };
}

/**
 * The change set that the same request has made, when a client repeats it because no answer came.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
 */
function madeBy(store: StackStore, input: QueryInput): ChangeSet | undefined {
  const token = textMember(input, 'ClientToken');
  const stack = store.find(requiredText(input, 'StackName'));
  if (token === undefined || stack === undefined) return undefined;
  const name = requiredText(input, 'ChangeSetName');
  return store
    .changeSetsOf(stack)
    .find((changeSet) => changeSet.name === name && changeSet.token === token);
}

/** True for a request that is repeated with its token because no answer came. */
function isRepeated(store: StackStore, input: QueryInput): boolean {
  const name = requiredText(input, 'ChangeSetName');
  const token = textMember(input, 'ClientRequestToken');
  const byId = store.changeSetById(name);
  const stack = byId?.stack ?? store.find(textMember(input, 'StackName') ?? '');
  const executed = store.changeSetById(stack?.changeSetId);
  if (token === undefined || stack?.token !== token || executed === undefined) return false;
  return executed.id === name || executed.name === name;
}

/** @throws AwsError InvalidChangeSetStatus */
function assertExecutable({ id, status, executionStatus }: ChangeSet): void {
  if (executionStatus === 'AVAILABLE') return;
  const current =
    status === 'FAILED' ? `status of [${status}]` : `execution status of [${executionStatus}]`;
  throw new AwsError(
    'InvalidChangeSetStatus',
    `ChangeSet [${id}] cannot be executed in its current ${current}`,
  );
}

async function createChangeSet(
  service: ServiceContext,
  input: QueryInput,
  caller: Caller,
): Promise<ChangeSet> {
  const { stores, handlers, readTemplate, now } = service;
  const name = requiredText(input, 'ChangeSetName');
  rejectMembers(input, UNSUPPORTED_MEMBERS);
  const type = oneOf(input, 'ChangeSetType', ['CREATE', 'UPDATE', 'IMPORT']) ?? 'UPDATE';
  if (type === 'IMPORT') {
    throw validationError('The embedded AWS does not implement change sets of type IMPORT.');
  }
  if (type === 'CREATE' && keepsParameters(input)) {
    // Text: github.com/mapbox/cfn-config/pull/181.
    throw validationError(
      'Cannot specify UsePreviousValue on Parameters when ChangeSetType is CREATE',
    );
  }
  const onFailure = oneOf(input, 'OnStackFailure', ON_FAILURE);
  const store = stores.in(caller);
  const previous = targetStack(store, input, type, name);
  const definition = await requestedDefinition(input, caller, readTemplate, previous);
  const known = targetStack(store, input, type, name);
  const stack =
    known ?? newStack(caller, partitionOf(caller.region), newStackName(input), definition, now());
  const deployment = planDeployment(definition, stack, caller, handlers, [
    ...definition.capabilities,
    // Only an operation without a change set must allow transforms (LocalStack's
    // test_autoexpand_capability_requirement).
    'CAPABILITY_AUTO_EXPAND',
  ]);
  const importExistingResources = flag(input, 'ImportExistingResources');
  const outcome = reviewChanges(service, stack, deployment, caller, {
    isValidated: !flag(input, 'DisableValidation'),
    isCreation: type === 'CREATE',
    importExistingResources,
  });
  if (known === undefined) {
    store.add(stack);
    recordRequest(stack, input);
    setStackStatus(stack, 'REVIEW_IN_PROGRESS', now(), startReason(input));
  }
  beginOperation(stack, 'CREATE_CHANGESET');
  const { region, accountId } = caller;
  const description = textMember(input, 'Description');
  const roleArn = textMember(input, 'RoleARN');
  const token = textMember(input, 'ClientToken');
  return {
    id: `arn:${partitionOf(region)}:cloudformation:${region}:${accountId}:changeSet/${name}/${randomUUID()}`,
    name,
    type,
    stack,
    definition,
    creationTime: now(),
    includeNestedStacks: flag(input, 'IncludeNestedStacks'),
    ...(token !== undefined && { token }),
    ...(description !== undefined && { description }),
    ...(roleArn !== undefined && { roleArn }),
    ...(onFailure !== undefined && { onFailure }),
    ...(disablesRollback(input) && { disableRollback: true }),
    ...(importExistingResources && { importExistingResources }),
    ...outcome,
  };
}

/** The stack that a change set is for; undefined if it does not exist yet. */
function targetStack(
  store: StackStore,
  input: QueryInput,
  type: ChangeSet['type'],
  name: string,
): Stack | undefined {
  const nameOrId = requiredText(input, 'StackName');
  const stack = store.find(nameOrId);
  if (stack !== undefined && store.changeSetsOf(stack).some((other) => other.name === name)) {
    throw new AwsError('AlreadyExistsException', `ChangeSet ${name} already exists`);
  }
  if (type === 'UPDATE') {
    assertUpdatable(store.get(nameOrId, `Stack [${nameOrId}] does not exist`));
  } else if (stack !== undefined && stack.status !== 'REVIEW_IN_PROGRESS') {
    throw validationError(
      `Stack [${nameOrId}] already exists and cannot be created again with the changeSet [${name}].`,
    );
  }
  return stack;
}

function execute(
  service: ServiceContext,
  changeSet: ChangeSet,
  deployment: Deployment,
  input: QueryInput,
  caller: Caller,
): void {
  const { id, stack, type, definition, onFailure } = changeSet;
  const context = operationContext(service, stack, caller);
  recordRequest(stack, input);
  stack.changeSetId = id;
  stack.disableRollback =
    flag(input, 'DisableRollback') || changeSet.disableRollback || onFailure === 'DO_NOTHING';
  // Recorded of stacks that were created, too, if by a change set.
  stack.lastUpdatedTime = service.now();
  if (type === 'UPDATE') {
    startUpdate(service, stack, input, () => {
      const previous: StackDefinition = stack.definition;
      stack.definition = definition;
      return executed(changeSet, updateStack(context, deployment, previous));
    });
    return;
  }
  stack.definition = definition;
  beginOperation(stack, 'CREATE_STACK');
  const policy: OnFailure = stack.disableRollback ? 'DO_NOTHING' : (onFailure ?? 'ROLLBACK');
  setStackStatus(stack, 'CREATE_IN_PROGRESS', service.now(), startReason(input));
  launch(stack, service.now, () => executed(changeSet, createStack(context, deployment, policy)));
}

/** Gives a change set its last status when its operation ends. */
async function executed(changeSet: ChangeSet, operation: Promise<void>): Promise<void> {
  await operation.finally(() => {
    changeSet.executionStatus = /^(CREATE|UPDATE)_COMPLETE$/.test(changeSet.stack.status)
      ? 'EXECUTE_COMPLETE'
      : 'EXECUTE_FAILED';
  });
}
