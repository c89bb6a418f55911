import { cidrBlocks } from './cidr';
import { isObject, type JsonObject, member, validationError } from './json';

/** A value that is unknown until its resource exists. */
export const UNKNOWN: unique symbol = Symbol.for('known after deployment');

/** The value of `Ref: AWS::NoValue`: the member or item it is assigned to is removed. */
export const NO_VALUE: unique symbol = Symbol.for('AWS::NoValue');

/** Everything that a value may refer to. Each function throws an AwsError for unknown names. */
export interface EvaluationScope {
  /** `Ref`: a parameter, a pseudo parameter or a resource's physical id. */
  reference(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  /** `Fn::FindInMap`; undefined if the mapping does not have these keys. */
  mapping(name: string, topLevelKey: string, secondLevelKey: string): unknown;
  hasMapping(name: string): boolean;
  importValue(exportName: string): unknown;
  availabilityZones(region: string): readonly string[];
  /** True if the template declares the transform AWS::LanguageExtensions. */
  readonly languageExtensions: boolean;
}

type Intrinsic = (argument: unknown, scope: EvaluationScope) => unknown;

/**
 * Resolves the intrinsic functions in a template value. Texts of errors that no recording has are those
 * of Eucalyptus's CloudFormation, which took them from AWS: https://github.com/eucalyptus/eucalyptus.
 * Members that are `AWS::NoValue` are removed; a function of something {@link UNKNOWN} is UNKNOWN itself.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function evaluate(value: unknown, scope: EvaluationScope): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => evaluate(item, scope)).filter((item) => item !== NO_VALUE);
  }
  if (!isObject(value)) return value;
  const call = intrinsicCall(value);
  if (call !== undefined) return INTRINSICS.get(call.name)?.(call.argument, scope);
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, item]) => [name, evaluate(item, scope)] as const)
      .filter(([, item]) => item !== NO_VALUE),
  );
}

/**
 * The intrinsic function that an object calls; undefined for plain data.
 * @throws AwsError naming a function that is not implemented
 */
export function intrinsicCall(value: JsonObject): { name: string; argument: unknown } | undefined {
  const names = Object.keys(value);
  const name = names.find((candidate) => candidate === 'Ref' || candidate.startsWith('Fn::'));
  if (name === undefined || (name === 'Ref' && names.length > 1)) return undefined;
  if (!INTRINSICS.has(name)) {
    throw validationError(`The embedded AWS does not implement the intrinsic function ${name}.`);
  }
  if (names.length > 1) {
    throw validationError(`Template error: ${name} must be the only member of its object`);
  }
  return { name, argument: value[name] };
}

/** True if any part of a value is unknown. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** Evaluates the argument first; the function is only called with known values. */
function strict(compute: (argument: unknown, scope: EvaluationScope) => unknown): Intrinsic {
  return (argument, scope) => {
    const evaluated = evaluate(argument, scope);
    return hasUnknown(evaluated) ? UNKNOWN : compute(evaluated, scope);
  };
}

const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', (argument, scope) => scope.reference(refName(argument))],
  ['Fn::GetAtt', getAtt],
  ['Fn::Sub', substitute],
  ['Fn::If', choose],
  ['Fn::Join', strict(join)],
  ['Fn::Select', select],
  ['Fn::Split', strict(split)],
  ['Fn::Base64', strict(base64)],
  ['Fn::Cidr', strict(cidrBlocks)],
  ['Fn::FindInMap', findInMap],
  ['Fn::ImportValue', strict(importValue)],
  ['Fn::GetAZs', strict(getAvailabilityZones)],
  ['Fn::Length', extension('Fn::Length', strict(length))],
  [
    'Fn::ToJsonString',
    extension(
      'Fn::ToJsonString',
      strict((value) => JSON.stringify(value)),
    ),
  ],
]);

export function refName(argument: unknown): string {
  if (typeof argument === 'string' && argument !== '') return argument;
  throw validationError(
    'Template error: Every Ref object must have a single String value: a parameter or a resource.',
  );
}

/** The resource and attribute of `Fn::GetAtt`, in list or dotted form. */
export function getAttTarget(
  argument: unknown,
  scope?: EvaluationScope,
): { logicalId: string; attribute: unknown } {
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.');
    if (dot > 0 && dot < argument.length - 1) {
      return { logicalId: argument.slice(0, dot), attribute: argument.slice(dot + 1) };
    }
  } else if (Array.isArray(argument) && argument.length === 2) {
    const [logicalId, attribute] = argument;
    if (typeof logicalId === 'string' && logicalId !== '' && attribute !== '') {
      return { logicalId, attribute: scope === undefined ? attribute : evaluate(attribute, scope) };
    }
  }
  throw validationError(
    'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
  );
}

function getAtt(argument: unknown, scope: EvaluationScope): unknown {
  const { logicalId, attribute } = getAttTarget(argument, scope);
  if (attribute === UNKNOWN) return UNKNOWN;
  return scope.attribute(logicalId, text(attribute, 'Fn::GetAtt'));
}

/** The three parts of `Fn::If`. */
export function ifParts(argument: unknown): { condition: string; yes: unknown; no: unknown } {
  const [condition, yes, no] = Array.isArray(argument) ? argument : [];
  if (typeof condition !== 'string') {
    throw validationError(
      'Template error: Fn::If requires a list argument with the first element being a condition',
    );
  }
  if (!Array.isArray(argument) || argument.length !== 3) {
    throw validationError('Template error: Fn::If requires a list argument with three elements');
  }
  return { condition, yes, no };
}

function choose(argument: unknown, scope: EvaluationScope): unknown {
  const { condition, yes, no } = ifParts(argument);
  return evaluate(scope.condition(condition) ? yes : no, scope);
}

// Names are never this long; the limit prevents quadratic scanning of malicious texts.
const PLACEHOLDER = /\$\{([^}]{0,512})\}/g;

/** The template text of `Fn::Sub` and its variables, not evaluated. */
export function subParts(argument: unknown): { template: string; variables: JsonObject } {
  const [template, variables = {}, ...rest] = Array.isArray(argument) ? argument : [argument];
  const hasValidLength = Array.isArray(argument) ? argument.length === 2 : true;
  if (typeof template !== 'string' || !isObject(variables) || rest.length > 0 || !hasValidLength) {
    throw validationError(
      "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
    );
  }
  if (!Object.keys(variables).every((name) => /^\w+$/.test(name))) {
    throw validationError(
      'Template error: every key of the context object of every Fn::Sub object must contain only alphanumeric characters and underscores',
    );
  }
  return { template, variables };
}

/** The names that Fn::Sub replaces in a text; `${!Literal}` is not one. */
export function placeholders(template: string): string[] {
  return [...template.matchAll(PLACEHOLDER)]
    .map(([, name = '']) => name)
    .filter((name) => !name.startsWith('!'))
    .map((name) => {
      if (/^[A-Za-z0-9_.:]+$/.test(name)) return name;
      throw validationError(
        'Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
      );
    });
}

function substitute(argument: unknown, scope: EvaluationScope): unknown {
  const { template, variables } = subParts(argument);
  const values = new Map<string, unknown>();
  for (const name of placeholders(template)) {
    if (!values.has(name)) values.set(name, placeholderValue(name, variables, scope));
  }
  if ([...values.values()].some(hasUnknown)) return UNKNOWN;
  return template.replace(PLACEHOLDER, (_, name: string) =>
    name.startsWith('!') ? `\${${name.slice(1)}}` : text(values.get(name), 'Fn::Sub'),
  );
}

function placeholderValue(name: string, variables: JsonObject, scope: EvaluationScope): unknown {
  const own = member(variables, name);
  if (own !== undefined) return variableText(evaluate(own, scope));
  const dot = name.indexOf('.');
  if (dot === -1) return scope.reference(name);
  return scope.attribute(name.slice(0, dot), name.slice(dot + 1));
}

function variableText(value: unknown): unknown {
  if (value === UNKNOWN || value === NO_VALUE || typeof value !== 'object') return value;
  throw validationError(
    'Template error: every value of the context object of every Fn::Sub object must be a string or a function that returns a string',
  );
}

function join(argument: unknown): string {
  const [delimiter, list] = Array.isArray(argument) && argument.length === 2 ? argument : [];
  const isText = (value: unknown) => typeof value !== 'object';
  if (typeof delimiter !== 'string' || !Array.isArray(list) || !list.every(isText)) {
    throw validationError(
      'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
    );
  }
  return list.map((item) => text(item, 'Fn::Join')).join(delimiter);
}

/** Only the selected item must be known; other items may be unknown. */
function select(argument: unknown, scope: EvaluationScope): unknown {
  const parts: unknown[] = Array.isArray(argument) ? argument : [];
  const index = evaluate(parts[0], scope);
  const list = evaluate(parts[1], scope);
  if (index === UNKNOWN || list === UNKNOWN) return UNKNOWN;
  const isIndex = /^-?\d+$/.test(String(index));
  const item = Array.isArray(list) && isIndex ? list[Number(index)] : undefined;
  if (item !== undefined && parts.length === 2) return item;
  // Of a list that stands in the template AWS says the same for whatever is wrong (recorded:
  // test_invalid_select_index_type, 12-09-2025).
  if (!Array.isArray(list) || Array.isArray(parts[1]) || parts.length !== 2) {
    throw validationError(
      'Template error: Fn::Select requires a list argument with two elements: an integer index and a list',
    );
  }
  if (!isIndex) {
    throw validationError(
      'Template error: Fn::Select requires a list argument with a valid index value as its first element',
    );
  }
  // With two spaces: https://github.com/cloudtools/troposphere/issues/1483 (2019).
  throw validationError(
    `Template error: Fn::Select  cannot select nonexistent value at index ${String(index)}`,
  );
}

function split(argument: unknown): string[] {
  const [delimiter, source] = Array.isArray(argument) && argument.length === 2 ? argument : [];
  if (typeof delimiter !== 'string' || delimiter === '' || typeof source !== 'string') {
    throw validationError(
      'Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
    );
  }
  return source.split(delimiter);
}

function base64(argument: unknown): string {
  if (typeof argument === 'object') {
    throw validationError(
      'Template error: every Fn::Base64 object must have a String-typed value.',
    );
  }
  return Buffer.from(text(argument, 'Fn::Base64'), 'utf8').toString('base64');
}

function findInMap(argument: unknown, scope: EvaluationScope): unknown {
  const parts = Array.isArray(argument) ? argument : [];
  const keys = parts.slice(0, 3).map((part) => evaluate(part, scope));
  if (keys.some(hasUnknown)) return UNKNOWN;
  const fallback = parts.length === 4 && scope.languageExtensions ? parts[3] : undefined;
  if (keys.length !== 3 || (parts.length > 3 && fallback === undefined)) {
    throw validationError(
      'Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
    );
  }
  const [name = '', top = '', second = ''] = keys.map((key) => text(key, 'Fn::FindInMap'));
  const found = scope.mapping(name, top, second);
  if (found !== undefined) return found;
  if (isObject(fallback) && Object.hasOwn(fallback, 'DefaultValue')) {
    return evaluate(fallback.DefaultValue, scope);
  }
  if (!scope.hasMapping(name)) {
    throw validationError(
      `Template error: Mapping named '${name}' is not present in the 'Mappings' section of template.`,
    );
  }
  // Recorded: test_mapping_with_nonexisting_key, 12-06-2023.
  throw validationError(`Template error: Unable to get mapping for ${name}::${top}::${second}`);
}

function importValue(argument: unknown, scope: EvaluationScope): unknown {
  return scope.importValue(text(argument, 'Fn::ImportValue'));
}

function getAvailabilityZones(argument: unknown, scope: EvaluationScope): readonly string[] {
  if (typeof argument === 'object') {
    throw validationError(
      'Template error: every Fn::GetAZs object must have a String-typed value.',
    );
  }
  return scope.availabilityZones(text(argument, 'Fn::GetAZs'));
}

function length(argument: unknown): number {
  if (Array.isArray(argument)) return argument.length;
  throw validationError('Template error: Fn::Length requires a list');
}

/** A function that requires the language extensions. */
function extension(name: string, intrinsic: Intrinsic): Intrinsic {
  return (argument, scope) => {
    if (scope.languageExtensions) return intrinsic(argument, scope);
    throw validationError(
      `Template format error: ${name} needs the transform AWS::LanguageExtensions`,
    );
  };
}

/** A scalar as text: CloudFormation formats numbers and booleans as in JSON. */
function text(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw validationError(`Template error: every ${name} object requires string values`);
}
