import { matches } from '../java-regex/operations';
import { type JsonObject, member, templateFormatError, validationError } from './json';
import { QUOTAS } from './quotas';

/** A parameter of a stack: the given value or the default, as text. */
export interface ParameterValue {
  readonly key: string;
  readonly text: string;
  /** The value of `Ref`: a list for list types. */
  readonly value: string | readonly string[];
  /** True if responses must show `****` instead of the value. */
  readonly noEcho: boolean;
}

export type ParameterValues = ReadonlyMap<string, ParameterValue>;

/** The value that a request gives one parameter. */
export type GivenParameter = { readonly text: string } | { readonly usePrevious: true };

const LIST_TYPES = new Set(['CommaDelimitedList', 'List<Number>', 'List<String>']);
const TYPES = new Set(['String', 'Number', ...LIST_TYPES]);

/**
 * Resolves the values of a template's parameters.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 * @param previous the current values of the stack, for `UsePreviousValue`; none of a new stack
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function resolveParameters(
  declared: ReadonlyMap<string, JsonObject>,
  given: ReadonlyMap<string, GivenParameter>,
  previous?: ParameterValues,
): ParameterValues {
  const undeclared = [...given.keys()].filter((key) => !declared.has(key));
  if (undeclared.length > 0) {
    throw validationError(`Parameters: [${undeclared.join(', ')}] do not exist in the template`);
  }
  for (const [key, declaration] of declared) assertType(key, declaration);
  const texts = [...declared].map(([key, declaration]) => {
    const request = given.get(key);
    const keeps = request !== undefined && 'usePrevious' in request;
    if (keeps && previous !== undefined && !previous.has(key)) {
      // Text: github.com/rackerlabs/ebs_snapper/issues/56.
      throw validationError(
        `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
      );
    }
    const text = keeps
      ? previous?.get(key)?.text
      : (request?.text ?? scalarText(member(declaration, 'Default')));
    return { key, declaration, text };
  });
  const missing = texts.filter(({ text }) => text === undefined).map(({ key }) => key);
  if (missing.length > 0) {
    throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  }
  return new Map(
    texts.map(({ key, declaration, text = '' }) => [key, parameterValue(key, declaration, text)]),
  );
}

/** A default or allowed value may be a number or boolean in JSON. */
export function scalarText(value: unknown): string | undefined {
  return value === undefined || typeof value === 'object' ? undefined : String(value);
}

const typeOf = (declaration: JsonObject) => String(member(declaration, 'Type'));

function assertType(key: string, declaration: JsonObject): void {
  const type = typeOf(declaration);
  if (TYPES.has(type)) return;
  if (type.startsWith('AWS::') || type.startsWith('List<AWS::')) {
    throw validationError(
      `The embedded AWS does not implement the parameter type ${type} (parameter ${key}).`,
    );
  }
  throw templateFormatError(`Unrecognized parameter type: ${type}`);
}

function parameterValue(key: string, declaration: JsonObject, text: string): ParameterValue {
  if (Buffer.byteLength(text) > QUOTAS.parameterValueBytes) {
    throw validationError(
      `The value of parameter ${key} has ${Buffer.byteLength(text)} bytes, and at most ${QUOTAS.parameterValueBytes} are allowed.`,
    );
  }
  const type = typeOf(declaration);
  const values = LIST_TYPES.has(type) ? text.split(',').map((item) => item.trim()) : [text];
  for (const value of values) assertAllowed(key, type, declaration, value);
  return {
    key,
    text,
    value: LIST_TYPES.has(type) ? values : text,
    noEcho: ['true', 'TRUE', 'True'].includes(String(member(declaration, 'NoEcho'))),
  };
}

function assertAllowed(key: string, type: string, declaration: JsonObject, text: string): void {
  const problem =
    numberProblem(type, declaration, text) ??
    allowedValuesProblem(declaration, text) ??
    (type === 'String' ? lengthProblem(declaration, text) : undefined) ??
    patternProblem(key, declaration, text);
  if (problem === undefined) return;
  const description = member(declaration, 'ConstraintDescription');
  throw validationError(
    typeof description === 'string'
      ? `Parameter '${key}' failed to satisfy constraint: ${description}`
      : `Parameter '${key}' must ${problem}`,
  );
}

function numberProblem(type: string, declaration: JsonObject, text: string): string | undefined {
  if (type !== 'Number' && type !== 'List<Number>') return undefined;
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) return 'be a number.';
  const min = bound(declaration, 'MinValue');
  if (min !== undefined && number < min) return `be a number not less than ${min}`;
  const max = bound(declaration, 'MaxValue');
  if (max !== undefined && number > max) return `be a number not greater than ${max}`;
  return undefined;
}

function allowedValuesProblem(declaration: JsonObject, text: string): string | undefined {
  const allowed = member(declaration, 'AllowedValues');
  if (!Array.isArray(allowed)) return undefined;
  return allowed.some((value) => scalarText(value) === text)
    ? undefined
    : 'be one of AllowedValues';
}

function lengthProblem(declaration: JsonObject, text: string): string | undefined {
  const min = bound(declaration, 'MinLength');
  if (min !== undefined && text.length < min) return `contain at least ${min} characters`;
  const max = bound(declaration, 'MaxLength');
  if (max !== undefined && text.length > max) return `contain at most ${max} characters`;
  return undefined;
}

function patternProblem(key: string, declaration: JsonObject, text: string): string | undefined {
  const pattern = member(declaration, 'AllowedPattern');
  if (typeof pattern !== 'string') return undefined;
  try {
    return matches(text, pattern) ? undefined : `match pattern ${pattern}`;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw templateFormatError(
      `AllowedPattern of parameter ${key} cannot be used as a regular expression: ${detail}`,
    );
  }
}

function bound(declaration: JsonObject, name: string): number | undefined {
  const text = scalarText(member(declaration, name));
  return text === undefined ? undefined : Number(text);
}
