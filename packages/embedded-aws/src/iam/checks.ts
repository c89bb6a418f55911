import { validationError } from './iam-errors';

const NAME = /^[\w+=,.@-]+$/;
const PATH = /^\/(?:[!-~]*\/)?$/;
const MAX_PATH = 512;

/** @throws AwsError ValidationError for a name that IAM does not take */
export function checkName(member: string, name: string, longest: number): void {
  if (name.length > longest) {
    throw validationError(
      `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${longest}`,
    );
  }
  if (!NAME.test(name)) {
    throw validationError(
      `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
    );
  }
}

/** The path, `/` when there is none. @throws AwsError ValidationError */
export function checkPath(path = '/'): string {
  if (path.length <= MAX_PATH && PATH.test(path)) return path;
  throw validationError(
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  );
}

/** A session's longest duration in seconds. @throws AwsError ValidationError */
export function checkDuration(seconds = 3600): number {
  if (Number.isInteger(seconds) && seconds >= 3600 && seconds <= 43_200) return seconds;
  const bound = seconds < 3600 ? 'greater than or equal to 3600' : 'less than or equal to 43200';
  throw validationError(
    `1 validation error detected: Value '${seconds}' at 'maxSessionDuration' failed to satisfy constraint: Member must have value ${bound}`,
  );
}

/** A policy's size as IAM's quotas count it: without white space. */
export function policySize(document: string): number {
  return document.replace(/\s/g, '').length;
}

/** IAM tells names apart without regard to case where it makes them, and with regard where it looks. */
export function isNameTaken(names: Iterable<string>, name: string): boolean {
  const wanted = name.toLowerCase();
  return [...names].some((known) => known.toLowerCase() === wanted);
}
