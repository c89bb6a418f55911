import { partitionOf } from '../../core/caller';
import { AwsError } from '../../core/errors';
import type { QueryAction, QueryInput } from '../../core/protocol/query';
import { requiredText, textMember } from '../../core/protocol/query';
import { planChanges } from '../changes';
import { exportedValue, planDeployment } from '../deployment';
import { UNKNOWN } from '../intrinsics';
import { validationError } from '../json';
import { ON_FAILURE, type OnFailure } from '../on-failure';
import {
  disablesRollback,
  flag,
  integer,
  oneOf,
  rejectMembers,
  requestedDefinition,
  texts,
} from '../request';
import {
  newStackName,
  operationContext,
  type ServiceContext,
  startReason,
} from '../service-context';
import {
  beginOperation,
  isBusy,
  newStack,
  type OperationType,
  type Stack,
  setStackStatus,
} from '../stack';
import { createStack, launch, rollBackInterrupted, updateStack } from '../stack-operations';
import { requestedPolicy } from '../stack-policy';
import { deleteStack } from '../stack-removal';
import type { StackStore } from '../stack-store';

/** Members that would change what an operation does, but are not implemented. */
export const UNSUPPORTED_MEMBERS = ['DeploymentMode', 'ResourcesToImport'] as const;

/** The actions that change stacks directly. */
export function stackActions(service: ServiceContext): Record<string, QueryAction> {
  const { stores, handlers, readTemplate, now } = service;
  return {
    async CreateStack(input, { caller }) {
      const name = newStackName(input);
      rejectMembers(input, UNSUPPORTED_MEMBERS);
      const onFailure = requestedOnFailure(input);
      const store = stores.in(caller);
      const definition = await requestedDefinition(input, caller, readTemplate);
      const policy = await requestedPolicy(input, 'StackPolicy', caller, readTemplate);
      const reviewed = store.find(name);
      if (reviewed !== undefined && reviewed.status !== 'REVIEW_IN_PROGRESS') {
        if (isRepeated(input, reviewed, 'CREATE_STACK')) return { StackId: reviewed.id };
        throw alreadyExists(name);
      }
      const stack =
        reviewed ?? newStack(caller, partitionOf(caller.region), name, definition, now());
      const deployment = planDeployment(definition, stack, caller, handlers);
      planChanges(stack, deployment, caller, knownExport(store));
      stack.terminationProtection = flag(input, 'EnableTerminationProtection');
      stack.disableRollback = onFailure === 'DO_NOTHING';
      recordRequest(stack, input);
      stack.policy = policy;
      const timeout = integer(input, 'TimeoutInMinutes');
      if (timeout !== undefined) stack.timeoutInMinutes = timeout;
      stack.definition = definition;
      store.add(stack);
      for (const changeSet of store.changeSetsOf(stack)) changeSet.executionStatus = 'OBSOLETE';
      beginOperation(stack, 'CREATE_STACK');
      setStackStatus(stack, 'CREATE_IN_PROGRESS', now(), startReason(input));
      const context = operationContext(service, stack, caller);
      launch(stack, now, () => createStack(context, deployment, onFailure));
      return { StackId: stack.id };
    },

    async UpdateStack(input, { caller }) {
      const store = stores.in(caller);
      rejectMembers(input, UNSUPPORTED_MEMBERS);
      const stack = store.getLive(requiredText(input, 'StackName'));
      if (isRepeated(input, stack, 'UPDATE_STACK')) return { StackId: stack.id };
      assertUpdatable(stack);
      const requested = await requestedDefinition(input, caller, readTemplate, stack);
      const policy = await requestedPolicy(input, 'StackPolicy', caller, readTemplate);
      const during = await requestedPolicy(input, 'StackPolicyDuringUpdate', caller, readTemplate);
      // Recorded: LocalStack's test_no_echo_parameter, 15-08-2025. Change sets do not keep them.
      const definition =
        input.Capabilities === undefined
          ? { ...requested, capabilities: stack.definition.capabilities }
          : requested;
      const given = requested.capabilities;
      const deployment = planDeployment(definition, stack, caller, handlers, given);
      const { any } = planChanges(stack, deployment, caller, knownExport(store));
      if (!any) throw validationError('No updates are to be performed.');
      assertUpdatable(stack);
      stack.disableRollback = disablesRollback(input);
      stack.changeSetId = undefined;
      recordRequest(stack, input);
      for (const changeSet of store.changeSetsOf(stack)) changeSet.executionStatus = 'OBSOLETE';
      stack.policyDuringUpdate = during;
      startUpdate(service, stack, input, async () => {
        const previous = stack.definition;
        stack.definition = definition;
        await updateStack(operationContext(service, stack, caller), deployment, previous);
        stack.policyDuringUpdate = undefined;
        // A new policy does not hold for the update that brings it (test_set_policy_with_update_operation).
        if (stack.status === 'UPDATE_COMPLETE') stack.policy = policy ?? stack.policy;
      });
      return { StackId: stack.id };
    },

    DeleteStack(input, { caller }) {
      const nameOrId = requiredText(input, 'StackName');
      rejectMembers(input, ['DeploymentMode']);
      disablesRollback(input);
      const force =
        oneOf(input, 'DeletionMode', ['STANDARD', 'FORCE_DELETE_STACK']) === 'FORCE_DELETE_STACK';
      const store = stores.in(caller);
      const stack = store.find(nameOrId);
      // Deleting a stack that does not exist succeeds.
      if (stack === undefined || ['DELETE_COMPLETE', 'DELETE_IN_PROGRESS'].includes(stack.status)) {
        return {};
      }
      const retain = new Set(texts(input, 'RetainResources'));
      assertDeletable(stack, retain, force);
      recordRequest(stack, input);
      const context = operationContext(service, stack, caller);
      const creation = stack.status === 'CREATE_IN_PROGRESS' ? stack.operation : undefined;
      beginOperation(stack, 'DELETE_STACK');
      setStackStatus(stack, 'DELETE_IN_PROGRESS', now(), startReason(input));
      launch(stack, now, async () => {
        stack.cancelled = true;
        await creation;
        stack.cancelled = false;
        await deleteStack(context, { retain, force });
      });
      if (creation !== undefined) stack.cancelled = true;
      return {};
    },

    CancelUpdateStack(input, { caller }) {
      const stack = stores.in(caller).getLive(requiredText(input, 'StackName'));
      if (stack.status !== 'UPDATE_IN_PROGRESS') {
        throw validationError('CancelUpdateStack cannot be called from current stack status');
      }
      stack.cancelled = true;
      return {};
    },

    ContinueUpdateRollback(input, { caller }) {
      const stack = stores.in(caller).getLive(requiredText(input, 'StackName'));
      const { unfinishedRollback } = stack;
      if (stack.status !== 'UPDATE_ROLLBACK_FAILED' || unfinishedRollback === undefined) {
        throw validationError(
          `Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`,
        );
      }
      const skip = new Set(texts(input, 'ResourcesToSkip'));
      recordRequest(stack, input);
      beginOperation(stack, 'CONTINUE_ROLLBACK');
      setStackStatus(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', now(), startReason(input));
      launch(stack, now, () => unfinishedRollback(skip));
      return {};
    },

    RollbackStack(input, { caller }) {
      const stack = stores.in(caller).getLive(requiredText(input, 'StackName'));
      const { interrupted } = stack;
      const isFailed = stack.status === 'CREATE_FAILED' || stack.status === 'UPDATE_FAILED';
      if (isFailed && interrupted === undefined) {
        throw validationError(
          `The embedded AWS was restarted after the update of ${stack.id} failed, and no longer ` +
            'has its previous state. Update the stack again, or delete it.',
        );
      }
      if (!isFailed || interrupted === undefined) {
        throw validationError(
          `Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`,
        );
      }
      recordRequest(stack, input);
      beginOperation(stack, 'ROLLBACK');
      const status = interrupted.restore ? 'UPDATE_ROLLBACK_IN_PROGRESS' : 'ROLLBACK_IN_PROGRESS';
      setStackStatus(stack, status, now(), startReason(input));
      const context = operationContext(service, stack, caller);
      launch(stack, now, () => rollBackInterrupted(context, interrupted));
      return { StackId: stack.id };
    },

    UpdateTerminationProtection(input, { caller }) {
      const stack = stores.in(caller).getLive(requiredText(input, 'StackName'));
      stack.terminationProtection =
        requiredText(input, 'EnableTerminationProtection').toLowerCase() === 'true';
      return { StackId: stack.id };
    },

    async SetStackPolicy(input, { caller }) {
      const stack = stores.in(caller).getLive(requiredText(input, 'StackName'));
      const policy = await requestedPolicy(input, 'StackPolicy', caller, readTemplate);
      if (policy === undefined) {
        throw validationError('Either StackPolicyURL or StackPolicyBody must be specified.');
      }
      stack.policy = policy;
      return undefined;
    },

    /** During an update with a policy of its own it tells that (test_policy_during_update). */
    GetStackPolicy(input, { caller }) {
      const stack = stores.in(caller).get(requiredText(input, 'StackName'));
      return { StackPolicyBody: stack.policyDuringUpdate ?? stack.policy };
    },
  };
}

/**
 * True for a request that is repeated with its token because no answer came.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 */
function isRepeated(input: QueryInput, stack: Stack, type: OperationType): boolean {
  const token = textMember(input, 'ClientRequestToken');
  const began = stack.lastOperations?.some((operation) => operation.type === type) ?? false;
  return token !== undefined && token === stack.token && began;
}

function alreadyExists(name: string): AwsError {
  return new AwsError('AlreadyExistsException', `Stack [${name}] already exists`);
}

function requestedOnFailure(input: QueryInput): OnFailure {
  const onFailure = oneOf(input, 'OnFailure', ON_FAILURE);
  if (onFailure !== undefined && input.DisableRollback !== undefined) {
    throw validationError('You can specify either DisableRollback or OnFailure, but not both.');
  }
  return onFailure ?? (disablesRollback(input) ? 'DO_NOTHING' : 'ROLLBACK');
}

/** A missing import fails the operation, not the request. */
function knownExport(store: StackStore): (name: string) => unknown {
  return (name) => {
    const known = store.exports().some((candidate) => candidate.name === name);
    return known ? exportedValue(store, name) : UNKNOWN;
  };
}

/** Stores the members of a request that the events and responses of its operation need. */
export function recordRequest(stack: Stack, input: QueryInput): void {
  stack.token = textMember(input, 'ClientRequestToken');
  stack.roleArn = textMember(input, 'RoleARN') ?? stack.roleArn;
  stack.retainExceptOnCreate = flag(input, 'RetainExceptOnCreate');
}

/**
 * @throws AwsError ValidationError if an operation is in progress or the stack was never created
 */
export function assertUpdatable(stack: Stack): void {
  const unfinished = [
    'REVIEW_IN_PROGRESS',
    'ROLLBACK_COMPLETE',
    'ROLLBACK_FAILED',
    'DELETE_FAILED',
    'DELETE_COMPLETE',
  ];
  const stuck = stack.status === 'UPDATE_ROLLBACK_FAILED';
  if (!isBusy(stack) && !unfinished.includes(stack.status) && !stuck) return;
  throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}

function assertDeletable(stack: Stack, retain: ReadonlySet<string>, force: boolean): void {
  if (stack.terminationProtection) {
    throw validationError(
      `Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`,
    );
  }
  if (isBusy(stack) && stack.status !== 'CREATE_IN_PROGRESS') {
    throw validationError(`Stack [${stack.id}] cannot be deleted while in status ${stack.status}`);
  }
  const failedBefore = stack.status === 'DELETE_FAILED';
  if ((retain.size > 0 || force) && !failedBefore) {
    throw validationError(
      `Invalid operation on stack [${stack.id}]. ${force ? 'DeletionMode FORCE_DELETE_STACK' : 'RetainResources'} can only be used for a stack in status DELETE_FAILED`,
    );
  }
  // Text: github.com/rebuy-de/aws-nuke/issues/270.
  if ([...retain].some((id) => stack.resources.get(id)?.status === 'DELETE_COMPLETE')) {
    throw validationError(
      'The specified resources to retain must be in a valid state. Do not specify resources that are in the DELETE_COMPLETE state.',
    );
  }
}

/** Starts an update; `run` replaces the definition of the stack. */
export function startUpdate(
  service: ServiceContext,
  stack: Stack,
  input: QueryInput,
  run: () => Promise<void>,
): void {
  stack.lastUpdatedTime = service.now();
  beginOperation(stack, 'UPDATE_STACK');
  setStackStatus(stack, 'UPDATE_IN_PROGRESS', service.now(), startReason(input));
  launch(stack, service.now, run);
}
