import type { AwsError } from '../core/errors';
import { isObject, type JsonObject, member, templateFormatError, validationError } from './json';

/**
 * The members of a section of a template; none if it is not there.
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function section(document: JsonObject, name: string): JsonObject {
  const value = member(document, name);
  if (value === undefined) return {};
  if (!isObject(value)) throw templateFormatError(`${name} must be an object.`);
  const generator = Object.keys(value).find((key) => key.startsWith('Fn::'));
  if (generator === undefined) return value;
  throw validationError(
    `The embedded AWS does not implement ${generator.split('::', 2).join('::')} in ${name} (${generator}).`,
  );
}

/**
 * The condition of a resource or an output.
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function parseCondition(declaration: JsonObject): { condition?: string } {
  const condition = member(declaration, 'Condition');
  if (condition === undefined) return {};
  if (typeof condition === 'string') return { condition };
  throw notText('Condition');
}

/** Wording, of DeletionPolicy: https://github.com/aws/aws-cli/issues/3825 (2019). */
export function notText(name: string): AwsError {
  return templateFormatError(`Every ${name} member must be a string.`);
}
