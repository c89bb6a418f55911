import type { Caller, ConditionValues } from '../caller';
import { type AwsError, unsupported } from '../errors';
import type { AwsRequest } from '../http';
import type { Stores } from '../regional';
import { violationsOf } from '../shapes/constraints';
import type { MembersOf, Shape, StructureShape } from '../shapes/shape';
import type { Violation } from '../validation';

/**
 * The protocol kit; docs/services.md has the parts of a service. Its protocol parses requests and
 * writes answers: `jsonService`, `queryService` or `restService`. Everything in between is
 * {@link runOperation}, the same for all protocols.
 */

/** The context of one call of an operation. */
export interface Call<Store> {
  /** The store of the caller's account in the region. */
  readonly store: Store;
  readonly caller: Caller;
  readonly request: AwsRequest;
}

/** One operation of a service: its declared input, and its implementation. */
export interface Operation<Store, Output = unknown> {
  /** Method and path, for REST services: `GET /2015-03-31/functions/{FunctionName}`. */
  readonly route?: string;
  /** The status of a REST service's success, 200 by default. */
  readonly status?: number;
  /** `json`: in a REST service, a JSON body has the members that path and query do not have. */
  readonly body?: 'json';
  readonly input: StructureShape;
  /**
   * Unsupported members, which are rejected by name; `undeclared` means every member that the input
   * does not declare.
   */
  readonly unsupported?: readonly string[] | 'undeclared';
  /** The IAM action if its name differs from the operation's: `InvokeFunction` for Invoke. */
  readonly action?: string;
  /** The ARN that the caller needs permission for; `*` if absent. */
  resource?(input: never, call: Call<Store>): string;
  /** The condition keys that only this operation has, such as `iam:PermissionsBoundary`. */
  conditionValues?(input: never, call: Call<Store>): ConditionValues;
  /** @throws AwsError */
  run(input: never, call: Call<Store>): Output | Promise<Output>;
}

/**
 * Declares operations on a store:
 * `operationFor<LogStore>()({ input: { … }, run(input, { store }) … })`.
 * The type of `input` follows from its declared members.
 */
export function operationFor<Store>() {
  return <const Members extends Readonly<Record<string, Shape>>, Output>(declared: {
    readonly route?: string;
    readonly status?: number;
    readonly body?: 'json';
    readonly input: Members;
    readonly unsupported?: Operation<Store>['unsupported'];
    readonly action?: string;
    resource?(input: MembersOf<Members>, call: Call<Store>): string;
    conditionValues?(input: MembersOf<Members>, call: Call<Store>): ConditionValues;
    run(input: MembersOf<Members>, call: Call<Store>): Output | Promise<Output>;
  }): Operation<Store, Output> => ({
    ...declared,
    input: { type: 'Structure', members: declared.input },
  });
}

/** Operations by name. */
export type Operations<Store, Output = unknown> = Readonly<
  Record<string, Operation<Store, Output>>
>;

/** A service of any protocol. */
export interface ServiceDefinition<Store, Output = unknown> extends Stores<Store> {
  /** The name requests are signed for. */
  readonly signingName: string;
  /** The prefix of its IAM actions if different: CloudWatch is signed as `monitoring`. */
  readonly policyPrefix?: string;
  readonly operations: Operations<Store, Output>;
  /** The service's error for an input that violates its shape's constraints. */
  invalidInput(violations: readonly Violation[]): AwsError;
  /**
   * For services with resource policies, or with a special error code. By default, only the
   * caller's policies decide.
   * @throws AwsError if the caller is not allowed
   */
  authorize?(
    call: Call<Store>,
    action: string,
    resource: string,
    values: ConditionValues | undefined,
  ): void;
}

/** Finds an operation by name; undefined if the service has none. */
export function operationNamed<Store, Output>(
  { operations }: ServiceDefinition<Store, Output>,
  name: string,
): Operation<Store, Output> | undefined {
  return Object.hasOwn(operations, name) ? operations[name] : undefined;
}

/** Converts wire values to a shape's value. @throws AwsError for values of the wrong type */
export type ReadInput = (shape: StructureShape, input: RawInput) => Record<string, unknown>;
export type RawInput = Readonly<Record<string, unknown>>;

/**
 * Reads and checks an input, checks the caller's permission, and runs the operation.
 * @throws AwsError as the service answers
 */
export async function runOperation<Store, Output>(
  service: ServiceDefinition<Store, Output>,
  name: string,
  operation: Operation<Store, Output>,
  raw: RawInput,
  read: ReadInput,
  request: AwsRequest,
): Promise<Output> {
  const input = read(operation.input, raw);
  const violations = violationsOf(operation.input, input);
  if (violations.length > 0) throw service.invalidInput(violations);
  const { caller } = request;
  const call: Call<Store> = { store: service.store(caller), caller, request };
  const action = `${service.policyPrefix ?? service.signingName}:${operation.action ?? name}`;
  const resource = operation.resource?.(input as never, call) ?? '*';
  const values = operation.conditionValues?.(input as never, call);
  if (service.authorize) service.authorize(call, action, resource, values);
  else caller.authorize(action, resource, values);
  const member = unsupportedMember(operation, raw);
  if (member !== undefined) throw unsupported(`the parameter ${member} of ${action}`);
  return operation.run(input as never, call);
}

function unsupportedMember(
  { unsupported: names = [], input }: Operation<never>,
  raw: RawInput,
): string | undefined {
  return Object.keys(raw).find(
    (name) =>
      (names === 'undeclared' ? !Object.hasOwn(input.members, name) : names.includes(name)) &&
      saysSomething(raw[name]),
  );
}

/** Empty lists and structures request nothing, and neither does `false`. */
function saysSomething(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return ![undefined, null, false, '', 'false'].includes(value as string);
}
