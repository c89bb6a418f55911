import { atLeast, atMost } from '../core/validation';
import { constraintViolated, validationError } from './errors';
import { QUOTAS } from './quotas';

const NAME = /^[\w+=,.@-]+$/;
const PATH = /^\/(?:[!-~]*\/)?$/;

/** @throws AwsError ValidationError for an invalid name */
export function checkName(member: string, name: string, longest: number): void {
  if (name.length > longest) {
    const constraint = atMost('length', longest);
    throw constraintViolated({ path: member, value: name, constraint });
  }
  if (!NAME.test(name)) {
    throw validationError(
      `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
    );
  }
}

/** The path, `/` by default. @throws AwsError ValidationError */
export function checkPath(path = '/'): string {
  if (path.length <= QUOTAS.pathCharacters && PATH.test(path)) return path;
  throw validationError(
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  );
}

/** A session's maximum duration in seconds. @throws AwsError ValidationError */
export function checkDuration(seconds = 3600): number {
  if (Number.isInteger(seconds) && seconds >= 3600 && seconds <= 43_200) return seconds;
  const constraint = seconds < 3600 ? atLeast('value', 3600) : atMost('value', 43_200);
  throw constraintViolated({
    path: 'maxSessionDuration',
    value: String(seconds),
    constraint,
  });
}

/** A policy's size as IAM's quotas count it: without white space. */
export function policySize(document: string): number {
  return document.replace(/\s/g, '').length;
}

/** IAM ignores case for uniqueness, but not for lookups. */
export function isNameTaken(names: Iterable<string>, name: string): boolean {
  const wanted = name.toLowerCase();
  return [...names].some((known) => known.toLowerCase() === wanted);
}
