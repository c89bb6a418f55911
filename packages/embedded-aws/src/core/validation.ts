import { inAwsOrder } from './enum-order';
import { AwsError } from './errors';

/** A member of an input that breaks a constraint of the service's model. */
export interface Violation {
  /** `records.1.member.data` */
  readonly path: string;
  /** The value as AWS prints it; undefined if the member is null or absent. */
  readonly value: string | undefined;
  /** Some services do not print values. */
  readonly isHidden?: boolean;
  /** `Member must not be null` */
  readonly constraint: string;
}

/** The limited quantity: a number, or the length of a text, list, map or blob. */
export type Measure = 'value' | 'length';

// The constraints of AWS's models, in AWS's words.
export const NOT_NULL = 'Member must not be null';
export const atLeast = (measure: Measure, min: number) =>
  `Member must have ${measure} greater than or equal to ${min}`;
export const atMost = (measure: Measure, max: number) =>
  `Member must have ${measure} less than or equal to ${max}`;
export const matching = (pattern: string) =>
  `Member must satisfy regular expression pattern: ${pattern}`;
export const oneOf = (values: readonly string[]) =>
  `Member must satisfy enum value set: [${inAwsOrder(values).join(', ')}]`;

/** AWS reports at most this many violations at once. */
export const MAX_VIOLATIONS = 10;

/**
 * The message for an input that breaks constraints:
 * `1 validation error detected: Value '' at 'name' failed to satisfy constraint: …`
 */
export function violationMessage(violations: readonly Violation[]): string {
  const errors = violations.length === 1 ? 'error' : 'errors';
  return `${violations.length} validation ${errors} detected: ${violations.map(textOf).join('; ')}`;
}

/**
 * @param code the service's code for it: `ValidationException`, or `ValidationError` of the query
 *   protocol
 */
export function constraintError(
  code: string,
  violations: Violation | readonly Violation[],
): AwsError {
  return new AwsError(code, violationMessage([violations].flat()));
}

function textOf({ path, value, constraint, isHidden = false }: Violation): string {
  const printed = isHidden ? '' : ` '${value}'`;
  const shown = value === undefined ? ' null' : printed;
  return `Value${shown} at '${path}' failed to satisfy constraint: ${constraint}`;
}

/** A member's name in a violation's path: `StackName` is `stackName`. */
export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
