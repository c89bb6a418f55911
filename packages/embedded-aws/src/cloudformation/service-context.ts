import { type Caller, partitionOf } from '../core/caller';
import type { AwsRequest } from '../core/http';
import { type QueryInput, requiredText, textMember } from '../core/protocol/query';
import type { Regional } from '../core/regional';
import type { HandlerTable } from './deployment';
import { validationError } from './json';
import type { ReadTemplate } from './request';
import type { OperationContext } from './resource-operations';
import type { Stack } from './stack';
import type { StackStore } from './stack-store';

/** What every action of the service works with. */
export interface ServiceContext {
  readonly stores: Regional<StackStore>;
  readonly handlers: HandlerTable;
  readonly readTemplate: ReadTemplate;
  readonly now: () => Date;
}

/** What a stack operation that a request starts works with. */
export function operationContext(
  service: ServiceContext,
  stack: Stack,
  caller: Caller,
): OperationContext {
  const { handlers, now, stores } = service;
  return { stack, caller, store: stores.in(caller), handlers, now };
}

const STACK_NAME = /^[a-zA-Z][-a-zA-Z0-9]*$/;

/** The name of a stack to be made. @throws AwsError ValidationError in CloudFormation's words */
export function newStackName(input: QueryInput): string {
  const name = requiredText(input, 'StackName');
  if (!STACK_NAME.test(name)) {
    throw validationError(
      `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  }
  if (name.length > 128) {
    throw validationError(
      `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must have length less than or equal to 128`,
    );
  }
  return name;
}

/** The ARN that an action's permission is checked against, `*` for actions on no stack. */
export function actedOn(input: QueryInput, { caller }: AwsRequest): string {
  const stack = textMember(input, 'StackName');
  if (stack === undefined) {
    const changeSet = textMember(input, 'ChangeSetName');
    return changeSet?.startsWith('arn:') ? changeSet : '*';
  }
  if (stack.startsWith('arn:')) return stack;
  const { accountId, region } = caller;
  return `arn:${partitionOf(region)}:cloudformation:${region}:${accountId}:stack/${stack}/*`;
}

/**
 * The reason of an operation's first event. What a request asked for and the embedded AWS does not
 * do is said here, where everyone who follows the operation reads it.
 */
export function startReason(input: QueryInput): string {
  const ignored = IGNORED.filter(({ name }) => isGiven(input[name])).map(
    ({ name, says }) => `${name} ${says}`,
  );
  if (ignored.length === 0) return 'User Initiated';
  return `User Initiated (the embedded AWS: ${ignored.join('; ')})`;
}

const IGNORED = [
  { name: 'RoleARN', says: 'is not assumed, the stack acts as its caller' },
  { name: 'NotificationARNs', says: 'are kept, nothing is published to them' },
  { name: 'RollbackConfiguration', says: 'is ignored, no alarm is watched' },
  { name: 'StackPolicyBody', says: 'is kept and not enforced' },
] as const;

function isGiven(value: QueryInput[string] | undefined): boolean {
  if (value === undefined || value === '') return false;
  return !Array.isArray(value) || value.length > 0;
}
