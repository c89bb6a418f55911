import { AwsError } from '../core/errors';
import { parseJson } from '../core/parse-json';
import { listProperty, objectOf } from '../core/properties';
import { constraintViolation } from './errors';

/** The members of a request, or the properties of a resource: both spell them alike. */
export type Input = Readonly<Record<string, unknown>>;

export function parseInput(body: Buffer): Input {
  try {
    return objectOf(body.length === 0 ? {} : parseJson(body.toString('utf8')));
  } catch (cause) {
    throw new AwsError('SerializationException', 'Unable to parse the request body as JSON', {
      cause,
    });
  }
}

/** A text member; undefined when it is absent. @throws AwsError SerializationException */
export function text(input: Input, name: string): string | undefined {
  const value = Object.hasOwn(input, name) ? input[name] : undefined;
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new AwsError('SerializationException', `${name} is expected to be a String`);
}

/** @throws AwsError ValidationException when it is absent */
export function requiredText(input: Input, name: string): string {
  const value = text(input, name);
  if (value !== undefined) return value;
  throw constraintViolation(lowerFirst(name), null, 'Member must not be null');
}

/** Whether a member says anything: empty lists and objects do not. */
export function isGiven(input: Input, name: string): boolean {
  const value = Object.hasOwn(input, name) ? input[name] : undefined;
  if (typeof value !== 'object' || value === null) return value !== undefined && value !== null;
  return Object.keys(value).length > 0;
}

/** `[{ Key, Value }]` as a map. */
export function readTags(input: Input): Map<string, string> {
  return new Map(
    listProperty(input, 'Tags').map((tag) => {
      const members = objectOf(tag);
      return [requiredText(members, 'Key'), requiredText(members, 'Value')] as const;
    }),
  );
}

export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
