import { isBusy, type Stack, setResourceStatus, setStackStatus } from './stack';

const AGAIN = 'Update the stack again, or delete it.';

/**
 * The final status of an operation whose process ended. AWS has no such case; these are the
 * statuses of the same operation after a failure, from which a stack can be updated or deleted.
 */
const AFTER_INTERRUPTION: Readonly<Record<string, readonly [status: string, reason: string]>> = {
  CREATE_IN_PROGRESS: ['CREATE_FAILED', AGAIN],
  ROLLBACK_IN_PROGRESS: ['ROLLBACK_FAILED', 'Delete the stack.'],
  DELETE_IN_PROGRESS: ['DELETE_FAILED', 'Delete the stack again.'],
  UPDATE_IN_PROGRESS: ['UPDATE_FAILED', AGAIN],
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: [
    'UPDATE_COMPLETE',
    'Update successful. One or more resources may not have been deleted.',
  ],
  UPDATE_ROLLBACK_IN_PROGRESS: ['UPDATE_FAILED', AGAIN],
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: [
    'UPDATE_ROLLBACK_COMPLETE',
    'One or more resources may not have been deleted.',
  ],
  // The pending steps of the rollback were only in memory.
  UPDATE_ROLLBACK_FAILED: ['UPDATE_FAILED', AGAIN],
};

/** Lets RollbackStack undo a creation that failed or was interrupted in an earlier process. */
export function restoreCreationJournal(stack: Stack): void {
  if (stack.status !== 'CREATE_FAILED') return;
  const resources = [...stack.resources.values()];
  stack.interrupted = { journal: resources.map((resource) => ({ kind: 'created', resource })) };
}

/** Gives a stack that was restored in the middle of an operation a final status. */
export function settleInterrupted(stack: Stack, now: Date): void {
  const final = AFTER_INTERRUPTION[stack.status];
  if (final === undefined) return;
  const [status, advice] = final;
  stack.policyDuringUpdate = undefined;
  const interrupted = isBusy(stack)
    ? `The embedded AWS stopped during ${stack.status}.`
    : 'The embedded AWS stopped before the rollback was continued.';
  for (const resource of stack.resources.values()) {
    const verb = /^(.+)_IN_PROGRESS$/.exec(resource.status)?.[1];
    if (verb !== undefined) {
      setResourceStatus(stack, resource, `${verb}_FAILED`, now, 'The embedded AWS stopped.');
    }
  }
  setStackStatus(stack, status, now, `${interrupted} ${advice}`);
}
