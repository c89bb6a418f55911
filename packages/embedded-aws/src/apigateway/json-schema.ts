import { isIP, isIPv4, isIPv6 } from 'node:net';
import type { Options } from 'ajv';
import type { RegExpEngine } from 'ajv/dist/types';
import Ajv, { _, type ErrorObject, type KeywordCxt, type ValidateFunction } from 'ajv-draft-04';
import { remember } from '../core/remember';
import { spend, withinBudget } from '../core/work';
import { compileRegex } from '../java-regex/operations';
import { badRequest } from './errors';
import { isRecord } from './members';
import type { ApiDefinition } from './model';
import { describeSchemaErrors } from './schema-messages';

/** Keywords of JSON schema draft 4; AWS refuses a model with any other. */
const KEYWORDS = new Set([
  '$ref',
  '$schema',
  'additionalItems',
  'additionalProperties',
  'allOf',
  'anyOf',
  'default',
  'definitions',
  'dependencies',
  'description',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'id',
  'items',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'not',
  'oneOf',
  'pattern',
  'patternProperties',
  'properties',
  'required',
  'title',
  'type',
  'uniqueItems',
]);

export function isJsonSchemaKeyword(keyword: string): boolean {
  return KEYWORDS.has(keyword);
}

const SCHEMA_LISTS = ['allOf', 'anyOf', 'oneOf'];
const SCHEMA_MAPS = ['definitions', 'properties', 'patternProperties'];
const SCHEMAS = ['additionalItems', 'additionalProperties', 'items', 'not'];

/** Formats of draft 4. Unknown ones are no constraint. */
const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': (text) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,12})?(Z|[+-]\d\d:?\d\d)$/.test(text) &&
    !Number.isNaN(Date.parse(text)),
  email: (text) => /^[^@\s]+@[^@\s]+$/.test(text),
  hostname: (text) =>
    isIP(text) === 0 &&
    /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*$/.test(text),
  ipv4: isIPv4,
  ipv6: isIPv6,
  regex: isRegex,
  uri: (text) => /^[A-Za-z][A-Za-z0-9+.-]*:\S*$/.test(text),
};

/** The outcome of a validation: undefined when valid, else what is wrong in AWS's words. */
export type BodyProblem = string | undefined;

type Validate = (body: unknown) => BodyProblem;

/** Of a longer body only the first violation is told: it may have one for every second character. */
const ALL_TOLD_OF_LENGTH = 64 * 1024;

/** Violations that are told of one body. */
const MOST_TOLD = 1_000;

const validators = new WeakMap<ApiDefinition, Map<string, Validate>>();

/**
 * Validates a body against a model of an API. Compiled once for each deployment and model.
 * @param apiId resolves references between models, which are URLs with the API's id
 * @param length of the body's text, in characters
 * @throws TemplateEvaluationError when the validation takes too many steps
 * @returns the text of `$context.error.validationErrorString`, or undefined
 */
export function validateBody(
  definition: ApiDefinition,
  apiId: string,
  modelName: string,
  body: unknown,
  length: number,
): BodyProblem {
  const tellsAll = length <= ALL_TOLD_OF_LENGTH;
  const name = `${tellsAll ? 'all' : 'first'} ${modelName}`;
  let known = validators.get(definition);
  if (known === undefined) {
    known = new Map();
    validators.set(definition, known);
  }
  let validate = known.get(name);
  if (validate === undefined) {
    validate = compiledModel(definition, apiId, modelName, tellsAll);
    known.set(name, validate);
  }
  const run = validate;
  return withinBudget(() => run(body));
}

/** All that a compiled model depends on. */
type ModelKey = readonly [
  apiId: string,
  modelName: string,
  tellsAll: boolean,
  models: readonly (readonly [name: string, schema: string])[],
];

/** Several APIs' models, and no more than a megabyte or so of what was compiled of them. */
const MOST_REMEMBERED = 100;

/** A deployment rarely changes a model, so the next one has what was compiled for the one before. */
const compiled = remember(MOST_REMEMBERED, (key: string): Validate => {
  const [apiId, modelName, allErrors, models]: ModelKey = JSON.parse(key);
  // Models were checked when they were made; checking them again costs more than all the rest.
  const ajv = newAjv({ validateSchema: false, allErrors });
  for (const [name, schema] of models) {
    const checked = counted(withoutDialect(JSON.parse(schema))) as Record<string, unknown>;
    ajv.addSchema(checked, modelUrl(apiId, name));
  }
  const validate = ajv.getSchema(modelUrl(apiId, modelName)) as ValidateFunction;
  return (body) =>
    validate(body)
      ? undefined
      : describeSchemaErrors((validate.errors ?? []).slice(0, MOST_TOLD) as ErrorObject[]);
});

function compiledModel(
  { models }: ApiDefinition,
  apiId: string,
  modelName: string,
  tellsAll: boolean,
): Validate {
  const schemas = [...models.values()].map(({ name, schema }) => [name, schema] as const);
  const key: ModelKey = [apiId, modelName, tellsAll, schemas];
  return compiled(JSON.stringify(key));
}

/** How models refer to each other. https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html */
function modelUrl(apiId: string, name: string): string {
  return `https://apigateway.amazonaws.com/restapis/${apiId}/models/${name}`;
}

function newAjv(options: Options = {}): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    logger: false,
    formats: FORMATS,
    code: { regExp },
    ...options,
  });
  // Its own compares each element with every other.
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    validate: (isWanted: boolean, items: readonly unknown[]) => !isWanted || areUnique(items),
    error: { message: 'must NOT have duplicate items' },
  });
  ajv.addKeyword({
    keyword: STEP,
    schemaType: 'boolean',
    code({ gen }: KeywordCxt) {
      gen.code(_`${gen.scopeValue('func', { ref: spendStep })}()`);
    },
  });
  return ajv;
}

/** A keyword of our own in every schema, which counts that it is looked at. */
const STEP = 'x-step';

const spendStep = (): void => spend(1);

/**
 * A schema whose parts count their evaluations: one that refers to itself in `anyOf` can be evaluated
 * twice as often with every level of a body.
 */
function counted(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(counted);
  if (!isRecord(schema) || Object.hasOwn(schema, '$ref')) return schema;
  const members = Object.entries(schema).map(([keyword, value]) => {
    if (SCHEMAS.includes(keyword) || SCHEMA_LISTS.includes(keyword)) {
      return [keyword, counted(value)] as const;
    }
    if (!SCHEMA_MAPS.includes(keyword) || !isRecord(value)) return [keyword, value] as const;
    const schemas = Object.entries(value).map(([name, each]) => [name, counted(each)] as const);
    return [keyword, Object.fromEntries(schemas)] as const;
  });
  return Object.fromEntries([...members, [STEP, true]]);
}

function areUnique(items: readonly unknown[]): boolean {
  const seen = new Set<string>();
  for (const item of items) {
    const text = canonical(item);
    if (seen.has(text)) return false;
    seen.add(text);
  }
  return true;
}

/** The same text for equal values, whatever the order of their members. */
function canonical(value: unknown): string {
  spend(4);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
}

let schemaAjv: Ajv | undefined;

/** Knows the schema of schemas, which takes long to compile; validating a schema leaves nothing behind. */
function schemaValidator(): Ajv {
  schemaAjv ??= newAjv();
  return schemaAjv;
}

/**
 * Refuses what is no JSON schema of draft 4.
 * @throws AwsError BadRequestException in AWS's wording
 */
export function checkJsonSchema(schema: unknown): void {
  const unknown = [...new Set(unknownKeywords(schema))];
  if (unknown.length > 0) {
    throw invalidModel(`Unsupported keyword(s): ${JSON.stringify(unknown)}`);
  }
  const ajv = schemaValidator();
  if (isRecord(schema) && !ajv.validateSchema(withoutDialect(schema))) {
    throw invalidModel(ajv.errorsText(ajv.errors));
  }
}

export function invalidModel(reason: string, cause?: unknown) {
  return badRequest(
    `Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified. ${reason}]`,
    cause,
  );
}

/** Every model is read as draft 4, whatever dialect it declares. */
function withoutDialect(schema: unknown): Record<string, unknown> {
  if (!isRecord(schema)) return {};
  const { $schema: _dialect, ...rest } = schema;
  return rest;
}

function unknownKeywords(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(unknownKeywords);
  if (!isRecord(schema)) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (!KEYWORDS.has(keyword)) return [keyword];
    if (SCHEMAS.includes(keyword) || SCHEMA_LISTS.includes(keyword)) return unknownKeywords(value);
    if (SCHEMA_MAPS.includes(keyword) && isRecord(value)) {
      return Object.values(value).flatMap(unknownKeywords);
    }
    return [];
  });
}

/**
 * Patterns are Java's, as on AWS, and take a bounded number of steps: JavaScript's own engine would
 * let one hostile pattern hold up the process.
 */
const regExp: RegExpEngine = Object.assign(
  (pattern: string) => {
    const matcher = compileRegex(pattern);
    return { test: (text: string) => matcher.search(text).find() !== undefined };
  },
  { code: 'compileRegex' },
);

function isRegex(text: string): boolean {
  try {
    compileRegex(text);
    return true;
  } catch {
    return false;
  }
}
