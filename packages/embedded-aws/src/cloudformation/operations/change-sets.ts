import { randomUUID } from 'node:crypto';
import { type Caller, partitionOf } from '../../core/caller';
import { AwsError } from '../../core/errors';
import {
  type QueryAction,
  type QueryInput,
  requiredText,
  textMember,
} from '../../core/protocol/query';
import { matching } from '../../core/validation';
import type { ChangeSet } from '../change-set';
import {
  changeAnswer,
  changeSetAnswer,
  changeSetSummary,
  validationEvent,
} from '../change-set-answers';
import { reviewChanges } from '../change-set-review';
import { type Deployment, planDeployment } from '../deployment';
import { constraintViolated, validationError } from '../json';
import { ON_FAILURE, type OnFailure } from '../on-failure';
import { page } from '../paging';
import { flag, oneOf, rejectMembers, requestedDefinition } from '../request';
import {
  NAME_PATTERN,
  newStackName,
  operationContext,
  type ServiceContext,
  startReason,
} from '../service-context';
import { newStack, type Stack, type StackDefinition, setStackStatus } from '../stack';
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
      const { items, nextToken } = page(changeSet.changes, input, 100);
      return {
        ...changeSetAnswer(changeSet),
        Changes: items.map((change) => changeAnswer(change, flag(input, 'IncludePropertyValues'))),
        NextToken: nextToken,
      };
    },

    ExecuteChangeSet(input, { caller }) {
      const store = stores.in(caller);
      const changeSet = store.getChangeSet(
        requiredText(input, 'ChangeSetName'),
        textMember(input, 'StackName'),
      );
      const { stack, deployment } = changeSet;
      const token = textMember(input, 'ClientRequestToken');
      const isExecuted = changeSet.executionStatus === 'EXECUTE_COMPLETE';
      if (isExecuted && token !== undefined && token === stack.token) return {};
      if (changeSet.executionStatus !== 'AVAILABLE' || deployment === undefined) {
        throw new AwsError(
          'InvalidChangeSetStatus',
          `ChangeSet [${changeSet.id}] cannot be executed in its current execution status of [${changeSet.executionStatus}]`,
        );
      }
      if (changeSet.type === 'UPDATE') assertUpdatable(stack);
      changeSet.executionStatus = 'EXECUTE_COMPLETE';
      for (const other of store.changeSetsOf(stack)) {
        if (other !== changeSet) store.removeChangeSet(other);
      }
      execute(service, changeSet, deployment, input, caller);
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

async function createChangeSet(
  service: ServiceContext,
  input: QueryInput,
  caller: Caller,
): Promise<ChangeSet> {
  const { stores, handlers, readTemplate, now } = service;
  const name = requiredText(input, 'ChangeSetName');
  if (name.length > 128 || !new RegExp(`^${NAME_PATTERN}$`).test(name)) {
    throw constraintViolated('changeSetName', name, matching(NAME_PATTERN));
  }
  rejectMembers(input, UNSUPPORTED_MEMBERS);
  const type = oneOf(input, 'ChangeSetType', ['CREATE', 'UPDATE', 'IMPORT']) ?? 'UPDATE';
  if (type === 'IMPORT') {
    throw validationError('The embedded AWS does not implement change sets of type IMPORT.');
  }
  const onFailure = oneOf(input, 'OnStackFailure', ON_FAILURE);
  const store = stores.in(caller);
  const previous = targetStack(store, input, type, name);
  const definition = await requestedDefinition(input, caller, readTemplate, previous);
  const known = targetStack(store, input, type, name);
  const stack =
    known ?? newStack(caller, partitionOf(caller.region), newStackName(input), definition, now());
  const deployment = planDeployment(definition, stack, caller, handlers);
  const importExistingResources = flag(input, 'ImportExistingResources');
  const outcome = reviewChanges(service, stack, deployment, caller, {
    isValidated: !flag(input, 'DisableValidation'),
    importExistingResources,
  });
  if (known === undefined) {
    store.add(stack);
    recordRequest(stack, input);
    setStackStatus(stack, 'REVIEW_IN_PROGRESS', now(), startReason(input));
  }
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
    assertUpdatable(store.getLive(nameOrId));
  } else if (stack !== undefined && stack.status !== 'REVIEW_IN_PROGRESS') {
    throw validationError(
      `Stack [${stack.name}] already exists and cannot be created again with the changeSet [${name}].`,
    );
  }
  return stack;
}

function execute(
  service: ServiceContext,
  { stack, type, definition, onFailure }: ChangeSet,
  deployment: Deployment,
  input: QueryInput,
  caller: Caller,
): void {
  const context = operationContext(service, stack, caller);
  recordRequest(stack, input);
  stack.disableRollback = flag(input, 'DisableRollback') || onFailure === 'DO_NOTHING';
  if (type === 'UPDATE') {
    startUpdate(service, stack, input, () => {
      const previous: StackDefinition = stack.definition;
      stack.definition = definition;
      return updateStack(context, deployment, previous);
    });
    return;
  }
  stack.definition = definition;
  const policy: OnFailure = stack.disableRollback ? 'DO_NOTHING' : (onFailure ?? 'ROLLBACK');
  setStackStatus(stack, 'CREATE_IN_PROGRESS', service.now(), startReason(input));
  launch(stack, service.now, () => createStack(context, deployment, policy));
}
