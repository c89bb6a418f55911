import { AwsError } from '../core/errors';

/** The members of a JSON request. */
export type Input = Readonly<Record<string, unknown>>;

export const invalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameterException', message);

/** A text member, or undefined. @throws AwsError InvalidParameterException when it is no text */
export function text(input: Input, name: string): string | undefined {
  const value = own(input, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw invalidParameter(`1 validation error detected: Value at '${name}' must be a string`);
}

/** @throws AwsError InvalidParameterException when it is absent */
export function requiredText(input: Input, name: string): string {
  const value = text(input, name);
  if (value !== undefined) return value;
  throw invalidParameter(
    `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
  );
}

/** A number member, or undefined. @throws AwsError InvalidParameterException */
export function number(input: Input, name: string): number | undefined {
  const value = own(input, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return value;
  throw invalidParameter(`1 validation error detected: Value at '${name}' must be a number`);
}

/** A list member; empty when it is absent. @throws AwsError InvalidParameterException */
export function list(input: Input, name: string): readonly unknown[] {
  const value = own(input, name) ?? [];
  if (Array.isArray(value)) return value;
  throw invalidParameter(`1 validation error detected: Value at '${name}' must be a list`);
}

export const flag = (input: Input, name: string): boolean => own(input, name) === true;

/** An object member as text by text; empty when it is absent. */
export function textMap(input: Input, name: string): Map<string, string> {
  const value = own(input, name);
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(Object.entries(value).map(([key, item]) => [key, String(item)]));
}

const own = (input: Input, name: string): unknown =>
  Object.hasOwn(input, name) ? input[name] : undefined;
