import { isIP, isIPv4, isIPv6 } from 'node:net';
import type { Options } from 'ajv';
import type { RegExpEngine } from 'ajv/dist/types';
import Ajv, { _, type ErrorObject, type KeywordCxt, type ValidateFunction } from 'ajv-draft-04';
import { spend, withinBudget } from '../core/evaluation-budget';
import { remember } from '../core/remember';
import { compileRegex } from '../java-regex/operations';
import { isRecord } from './members';
import type { ApiDefinition } from './model';
import { describeSchemaErrors } from './schema-messages';
import { SCHEMA_LISTS, SCHEMA_MAPS, SCHEMAS } from './schema-parts';

/** Formats of draft 4. Unknown formats are not validated. */
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

/** The result of a validation: undefined if valid, otherwise the problem in AWS's words. */
export type BodyProblem = string | undefined;

type Validate = (body: unknown) => BodyProblem;

/**
 * For a longer body, only the first violation is reported: every second character may cause one.
 */
const MAX_LENGTH_FOR_ALL_ERRORS = 64 * 1024;

/** Maximum number of violations reported for one body. */
const MAX_ERRORS = 1_000;

const validators = new WeakMap<ApiDefinition, Map<string, Validate>>();

/**
 * Validates a body against a model of an API. Models are compiled once per deployment.
 * @param apiId resolves references between models, which are URLs that contain the API's id
 * @param length the length of the body's text in characters
 * @throws EvaluationError if the validation takes too many steps
 * @returns the text of `$context.error.validationErrorString`, or undefined
 */
export function validateBody(
  definition: ApiDefinition,
  apiId: string,
  modelName: string,
  body: unknown,
  length: number,
): BodyProblem {
  const allErrors = length <= MAX_LENGTH_FOR_ALL_ERRORS;
  const name = `${allErrors ? 'all' : 'first'} ${modelName}`;
  let known = validators.get(definition);
  if (known === undefined) {
    known = new Map();
    validators.set(definition, known);
  }
  let validate = known.get(name);
  if (validate === undefined) {
    validate = compiledModel(definition, apiId, modelName, allErrors);
    known.set(name, validate);
  }
  const run = validate;
  return withinBudget(() => run(body));
}

/** Everything that a compiled model depends on. */
type ModelKey = readonly [
  apiId: string,
  modelName: string,
  allErrors: boolean,
  models: readonly (readonly [name: string, schema: string])[],
];

/** Enough for the models of several APIs, and about a megabyte of compiled code. */
const CACHE_SIZE = 100;

/** Shared by deployments, because models rarely change between them. */
const compiled = remember(CACHE_SIZE, (key: string): Validate => {
  const [apiId, modelName, allErrors, models]: ModelKey = JSON.parse(key);
  // Schemas are validated when a model is created; validating them again would dominate the cost.
  const ajv = newAjv({ validateSchema: false, allErrors });
  for (const [name, schema] of models) {
    const checked = countingSteps(withoutDialect(JSON.parse(schema))) as Record<string, unknown>;
    ajv.addSchema(checked, modelUrl(apiId, name));
  }
  const validate = ajv.getSchema(modelUrl(apiId, modelName)) as ValidateFunction;
  return (body) =>
    validate(body)
      ? undefined
      : describeSchemaErrors((validate.errors ?? []).slice(0, MAX_ERRORS) as ErrorObject[]);
});

function compiledModel(
  { models }: ApiDefinition,
  apiId: string,
  modelName: string,
  allErrors: boolean,
): Validate {
  const schemas = [...models.values()].map(({ name, schema }) => [name, schema] as const);
  const key: ModelKey = [apiId, modelName, allErrors, schemas];
  return compiled(JSON.stringify(key));
}

/**
 * The URL by which models refer to each other.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
export function modelUrl(apiId: string, name: string): string {
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
  // Ajv's own implementation compares each element with every other.
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    validate: (isRequired: boolean, items: readonly unknown[]) => !isRequired || areUnique(items),
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

/** Our own keyword, added to every schema, that counts evaluations. */
const STEP = 'x-step';

const spendStep = (): void => spend(1);

/**
 * A schema that counts the evaluations of its parts: with a self-reference in `anyOf`, the number
 * of evaluations can double with every level of a body.
 */
function countingSteps(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(countingSteps);
  if (!isRecord(schema) || Object.hasOwn(schema, '$ref')) return schema;
  const members = Object.entries(schema).map(([keyword, value]) => {
    if (SCHEMAS.includes(keyword) || SCHEMA_LISTS.includes(keyword)) {
      return [keyword, countingSteps(value)] as const;
    }
    if (!SCHEMA_MAPS.includes(keyword) || !isRecord(value)) return [keyword, value] as const;
    const schemas = Object.entries(value).map(
      ([name, each]) => [name, countingSteps(each)] as const,
    );
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

/** Equal texts for equal values, regardless of the order of their members. */
function canonical(value: unknown): string {
  spend(4);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
}

let schemaAjv: Ajv | undefined;

/**
 * What the meta-schema of draft 4 finds wrong with a schema; undefined if it is one. Compiling the
 * meta-schema is expensive, so it is kept; validating a schema adds nothing to it.
 */
export function draft4Problem(schema: Readonly<Record<string, unknown>>): string | undefined {
  schemaAjv ??= newAjv();
  return schemaAjv.validateSchema(withoutDialect(schema))
    ? undefined
    : schemaAjv.errorsText(schemaAjv.errors);
}

/** Every model is draft 4, whether it says so or not. */
function withoutDialect(schema: unknown): Record<string, unknown> {
  if (!isRecord(schema)) return {};
  const { $schema: _dialect, ...rest } = schema;
  return rest;
}

/**
 * Patterns are Java regular expressions, as on AWS, with a limited number of steps: in JavaScript's
 * own engine, one malicious pattern could block the process.
 */
const regExp: RegExpEngine = Object.assign(
  (pattern: string) => {
    const matcher = compileRegex(pattern);
    return {
      test: (text: string) => matcher.search(text).find() !== undefined,
      // The library takes patterns of the same text for the same one.
      toString: () => pattern,
    };
  },
  { code: 'compileRegex' },
);

export function isRegex(text: string): boolean {
  try {
    compileRegex(text);
    return true;
  } catch {
    return false;
  }
}
