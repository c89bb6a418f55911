import type { ErrorObject } from 'ajv-draft-04';

/** A violated constraint, with the data that the messages need. */
interface Violation {
  readonly params: Readonly<Record<string, unknown>>;
  /** The value of the keyword in the schema. */
  readonly schema: unknown;
  readonly data: unknown;
}

/**
 * The messages of `$context.error.validationErrorString`. API Gateway validates with the Java
 * library com.github.fge:json-schema-validator; these are its messages (from its properties file
 * `validation`).
 */
const MESSAGES: Readonly<Record<string, (violation: Violation) => string>> = {
  additionalItems: ({ schema, data }) =>
    `additional items are not allowed in array (found: ${sizeOf(data)}, allowed: ${sizeOf(schema)})`,
  anyOf: ({ schema }) =>
    `instance failed to match at least one required schema among ${sizeOf(schema)}`,
  dependencies: ({ params }) =>
    `property ${JSON.stringify(params.property)} of object has missing property dependencies (missing: [${JSON.stringify(params.missingProperty)}])`,
  enum: ({ schema, data }) =>
    `instance value (${JSON.stringify(data)}) not found in enum (possible values: ${JSON.stringify(schema)})`,
  format: ({ schema, data }) =>
    `string ${JSON.stringify(data)} is invalid against requested format ${JSON.stringify(schema)}`,
  maximum: ({ params, data }) =>
    params.comparison === '<'
      ? `numeric instance is not strictly lower than the required maximum ${params.limit}`
      : `numeric instance is greater than the required maximum (maximum: ${params.limit}, found: ${data})`,
  maxItems: ({ schema, data }) =>
    `array is too long: must have at most ${schema} elements but instance has ${sizeOf(data)} elements`,
  maxLength: ({ schema, data }) =>
    `string ${JSON.stringify(data)} is too long (length: ${lengthOf(data)}, maximum allowed: ${schema})`,
  maxProperties: ({ schema, data }) =>
    `object has too many properties (found ${sizeOf(data)} but schema requires at most ${schema})`,
  minimum: ({ params, data }) =>
    params.comparison === '>'
      ? `numeric instance is not strictly greater than the required minimum ${params.limit}`
      : `numeric instance is lower than the required minimum (minimum: ${params.limit}, found: ${data})`,
  minItems: ({ schema, data }) =>
    `array is too short: must have at least ${schema} elements but instance has ${sizeOf(data)} elements`,
  minLength: ({ schema, data }) =>
    `string ${JSON.stringify(data)} is too short (length: ${lengthOf(data)}, required minimum: ${schema})`,
  minProperties: ({ schema, data }) =>
    `object has too few properties (found ${sizeOf(data)} but schema requires at least ${schema})`,
  multipleOf: ({ schema, data }) => `remainder of division is not zero (${data} / ${schema})`,
  not: () => 'instance matched a schema which it should not have',
  oneOf: ({ schema, params }) =>
    `instance failed to match exactly one schema (matched ${params.passingSchemas === null ? 0 : sizeOf(params.passingSchemas)} out of ${sizeOf(schema)})`,
  pattern: ({ schema, data }) =>
    `ECMA 262 regex ${JSON.stringify(schema)} does not match input string ${JSON.stringify(data)}`,
  type: ({ schema, data }) =>
    `instance type (${typeOf(data)}) does not match any allowed primitive type (allowed: ${JSON.stringify(allowedTypes(schema))})`,
  uniqueItems: () => 'array must not contain duplicate elements',
};

/** All violations as one text: `[first, second]`. */
export function describeSchemaErrors(errors: readonly ErrorObject[]): string {
  const messages: string[] = [];
  for (const [place, group] of groupBySchema(errors)) {
    const [first] = group;
    if (first === undefined) continue;
    // The library lists all missing and all disallowed properties of an object in one message.
    if (place.endsWith('required')) {
      messages.push(`object has missing required properties (${listed(group, 'missingProperty')})`);
    } else if (place.endsWith('additionalProperties')) {
      messages.push(
        `object instance has properties which are not allowed by the schema: ${listed(group, 'additionalProperty', true)}`,
      );
    } else {
      messages.push(...group.map(describe));
    }
  }
  return `[${messages.join(', ')}]`;
}

function groupBySchema(errors: readonly ErrorObject[]): Map<string, ErrorObject[]> {
  const groups = new Map<string, ErrorObject[]>();
  for (const error of errors) {
    const place = `${error.instancePath} ${error.schemaPath} ${error.keyword}`;
    const group = groups.get(place);
    if (group === undefined) groups.set(place, [error]);
    else group.push(error);
  }
  return groups;
}

function describe(error: ErrorObject): string {
  const message = Object.hasOwn(MESSAGES, error.keyword) ? MESSAGES[error.keyword] : undefined;
  const { params, schema, data } = error;
  return message?.({ params, schema, data }) ?? error.message ?? error.keyword;
}

function listed(group: readonly ErrorObject[], param: string, sorted = false): string {
  const names = group.map(({ params }) => String(params[param]));
  return JSON.stringify(sorted ? names.sort() : names);
}

function allowedTypes(schema: unknown): string[] {
  const types = new Set((Array.isArray(schema) ? schema : [schema]).map(String));
  if (types.has('number')) types.add('integer');
  return [...types].sort();
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

/** Code points, not UTF-16 code units. */
function lengthOf(value: unknown): number {
  return [...String(value)].length;
}
