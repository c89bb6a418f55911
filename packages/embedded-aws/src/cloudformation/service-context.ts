import { type Caller, partitionOf } from '../core/caller';
import type { AwsRequest } from '../core/http';
import { type QueryInput, requiredText, textMember } from '../core/protocol/query';
import type { Regional } from '../core/regional';
import { matching } from '../core/validation';
import type { HandlerTable } from './deployment';
import { constraintViolated } from './json';
import type { ReadTemplate } from './request';
import type { OperationContext } from './resource-operations';
import type { Stack } from './stack';
import type { StackStore } from './stack-store';

/** The context of all actions of the service. */
export interface ServiceContext {
  readonly stores: Regional<StackStore>;
  readonly handlers: HandlerTable;
  readonly readTemplate: ReadTemplate;
  readonly now: () => Date;
}

/** The context of a stack operation that a request starts. */
export function operationContext(
  service: ServiceContext,
  stack: Stack,
  caller: Caller,
): OperationContext {
  const { handlers, now, stores } = service;
  return { stack, caller, store: stores.in(caller), handlers, now };
}

/** The pattern of the names of stacks. */
const NAME_PATTERN = '[a-zA-Z][-a-zA-Z0-9]*';
const STACK_NAME = new RegExp(`^${NAME_PATTERN}$`);

/**
 * The name of a new stack.
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function newStackName(input: QueryInput): string {
  const name = requiredText(input, 'StackName');
  if (!STACK_NAME.test(name)) {
    throw constraintViolated('stackName', name, matching(NAME_PATTERN));
  }
  return name;
}

/** The ARN on which an action is authorized; `*` for actions that have no stack. */
export function authorizedArn(input: QueryInput, { caller }: AwsRequest): string {
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
 * The reason of an operation's first event. It mentions what the request asked for but the embedded
 * AWS does not do, so that everyone who follows the operation sees it.
 */
export function startReason(input: QueryInput): string {
  const ignored = IGNORED.filter(({ name }) => isGiven(input[name])).map(
    ({ name, explanation }) => `${name} ${explanation}`,
  );
  if (ignored.length === 0) return 'User Initiated';
  return `User Initiated (the embedded AWS: ${ignored.join('; ')})`;
}

const IGNORED = [
  { name: 'RoleARN', explanation: 'is not assumed, the stack acts as its caller' },
  { name: 'NotificationARNs', explanation: 'are stored, but nothing is published to them' },
  { name: 'RollbackConfiguration', explanation: 'is ignored, no alarms are monitored' },
] as const;

function isGiven(value: QueryInput[string] | undefined): boolean {
  if (value === undefined || value === '') return false;
  return !Array.isArray(value) || value.length > 0;
}
