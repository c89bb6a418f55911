import { randomUUID } from 'node:crypto';
import type { Caller } from '../core/caller';
import { AwsError, toAwsError } from '../core/errors';
import type { ResourceContext, ResourceHandler, ResourceState } from '../core/resource-handler';
import type { HandlerTable } from './deployment';
import { type JsonObject, validationError } from './json';
import { type Stack, type StackResource, setResourceStatus } from './stack';
import type { StackStore } from './stack-store';

/** The context of all stack operations. */
export interface OperationContext {
  readonly stack: Stack;
  /** The identity with which the stack acts. */
  readonly caller: Caller;
  readonly store: StackStore;
  readonly handlers: HandlerTable;
  readonly now: () => Date;
}

/**
 * Creates the physical resource and records its state.
 * @throws the handler's error
 */
export async function createPhysical(
  context: OperationContext,
  resource: StackResource,
): Promise<void> {
  const handler = handlerOf(context, resource);
  const onCreated = (physicalId: string) => {
    resource.physicalId = physicalId;
    resource.isUnfinished = true;
  };
  try {
    const state = await handler.create(
      { ...resourceContext(context.stack, context.caller, resource), onCreated },
      resource.properties,
    );
    recordState(resource, state);
  } catch (error) {
    delete resource.physicalId;
    throw error;
  } finally {
    delete resource.isUnfinished;
  }
}

/**
 * Updates the physical resource in place and records its state.
 * @throws the handler's error
 */
export async function updatePhysical(
  context: OperationContext,
  resource: StackResource,
  properties: JsonObject,
): Promise<void> {
  const handler = handlerOf(context, resource);
  const state = await handler.update(
    resourceContext(context.stack, context.caller, resource),
    resource.physicalId ?? '',
    properties,
    resource.properties,
  );
  resource.properties = properties;
  recordState(resource, state);
}

/**
 * Deletes or retains the physical resource.
 * @param policy the deletion or replacement policy that applies in this operation
 * @returns true if it was deleted or retained; on failure the reason is in the events
 */
export async function removePhysical(
  context: OperationContext,
  resource: StackResource,
  policy: 'Delete' | 'Retain',
): Promise<boolean> {
  const { stack, now, store } = context;
  if (resource.physicalId === undefined) {
    setResourceStatus(stack, resource, 'DELETE_COMPLETE', now());
    return true;
  }
  if (policy === 'Retain') {
    setResourceStatus(stack, resource, 'DELETE_SKIPPED', now());
    store.noteRetained(stack.name, resource.logicalId, resource.generation);
    return true;
  }
  setResourceStatus(stack, resource, 'DELETE_IN_PROGRESS', now());
  try {
    const handler = handlerOf(context, resource);
    const about = resourceContext(stack, context.caller, resource);
    await handler.delete(about, resource.physicalId, resource.properties);
  } catch (error) {
    setResourceStatus(stack, resource, 'DELETE_FAILED', now(), failureReason(error));
    return false;
  }
  setResourceStatus(stack, resource, 'DELETE_COMPLETE', now());
  return true;
}

/** The reason of a failure, in the format that events of registry resources have. */
export function failureReason(thrown: unknown): string {
  if (thrown instanceof TemplateFailure) return thrown.message;
  const error = toAwsError(thrown);
  return `Resource handler returned message: "${error.message}" (RequestToken: ${randomUUID()}, HandlerErrorCode: ${handlerErrorCode(error)})`;
}

/** A failure of CloudFormation itself, not of a resource's service: reported without a prefix. */
export class TemplateFailure extends Error {
  override readonly name = 'TemplateFailure';
}

/** https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html */
const HANDLER_ERROR_CODES: readonly (readonly [RegExp, string])[] = [
  [/NotImplemented|UnknownOperation/, 'InvalidRequest'],
  [/AlreadyExists|AlreadyOwnedByYou/, 'AlreadyExists'],
  [/NotFound|NoSuch/, 'NotFound'],
  [/AccessDenied|Unauthorized|Forbidden/, 'AccessDenied'],
  [/LimitExceeded/, 'ServiceLimitExceeded'],
  [/Throttl|TooManyRequests/, 'Throttling'],
  [/Conflict|InUse/, 'ResourceConflict'],
  [/Validation|Invalid|BadRequest|Malformed/, 'InvalidRequest'],
];

function handlerErrorCode({ code, status }: AwsError): string {
  const known = HANDLER_ERROR_CODES.find(([pattern]) => pattern.test(code))?.[1];
  return known ?? (status >= 500 ? 'InternalFailure' : 'GeneralServiceException');
}

/** @throws AwsError ValidationError for a type without a handler */
export function handlerOf(
  { handlers }: OperationContext,
  resource: StackResource,
): ResourceHandler {
  const handler = handlers.get(resource.type);
  if (handler !== undefined) return handler;
  throw validationError(`The embedded AWS does not implement the resource type ${resource.type}.`);
}

/** The context in which a stack's handlers act on one of its resources. */
export function resourceContext(
  stack: Stack,
  caller: Caller,
  { logicalId, generation }: Pick<StackResource, 'logicalId' | 'generation'>,
): ResourceContext {
  const { accountId, region } = caller;
  return {
    caller,
    stackName: stack.name,
    stackId: stack.id,
    logicalId,
    seed: [accountId, region, stack.name, logicalId, generation].join('/'),
  };
}

/** Records what a handler returned. @throws AwsError if it returned no id */
export function recordState(
  resource: StackResource,
  { physicalId, attributes }: ResourceState,
): void {
  if (typeof physicalId !== 'string' || physicalId === '') {
    throw new AwsError('InternalFailure', `${resource.type} returned no physical id.`, {
      status: 500,
    });
  }
  resource.physicalId = physicalId;
  resource.attributes = attributes ?? {};
}
