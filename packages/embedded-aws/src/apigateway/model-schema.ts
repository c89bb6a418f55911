import { badRequest } from './errors';
import { draft4Problem, isRegex, modelUrl } from './json-schema';
import { isRecord } from './members';
import { isJsonSchemaKeyword, schemasIn } from './schema-parts';

/** The models that a schema may refer to. */
export interface KnownModels {
  readonly apiId: string;
  readonly has: (name: string) => boolean;
}

const DRAFT_4 = /^http:\/\/json-schema\.org\/draft-04\/schema#?$/;

/**
 * Rejects schemas that are not JSON Schema draft 4, and references that lead nowhere.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 * @throws AwsError BadRequestException, where known in AWS's words
 */
export function checkModelSchema(schema: unknown, models: KnownModels): void {
  const schemas = schemasIn(schema);
  const unknown = schemas.flatMap((part) =>
    Object.keys(part).filter((keyword) => !isJsonSchemaKeyword(keyword)),
  );
  if (unknown.length > 0) {
    const keywords = [...new Set(unknown)];
    throw invalidModel(
      `Invalid model schema specified. Unsupported keyword(s): ${JSON.stringify(keywords)}`,
    );
  }
  if (!isRecord(schema)) return;
  const problem = dialectProblem(schema) ?? draft4Problem(schema) ?? patternProblem(schemas);
  if (problem !== undefined) throw invalidModel(`Invalid model schema specified. ${problem}`);
  for (const { $ref } of schemas) {
    if (typeof $ref === 'string') checkReference($ref, schema, models);
  }
}

export function invalidModel(error: string, cause?: unknown) {
  return badRequest(
    `Invalid model specified: Validation Result: warnings : [], errors : [${error}]`,
    cause,
  );
}

/** Only draft 4 is documented; AWS's words for others, and for what follows, are not known. */
function dialectProblem({ $schema }: Readonly<Record<string, unknown>>): string | undefined {
  if ($schema === undefined || DRAFT_4.test(String($schema))) return undefined;
  return `Unsupported $schema: ${String($schema)}. Models are JSON Schema draft 4, http://json-schema.org/draft-04/schema#`;
}

function patternProblem(schemas: readonly Readonly<Record<string, unknown>>[]): string | undefined {
  const wrong = schemas
    .flatMap(({ pattern, patternProperties }) => [
      ...(typeof pattern === 'string' ? [pattern] : []),
      ...(isRecord(patternProperties) ? Object.keys(patternProperties) : []),
    ])
    .find((pattern) => !isRegex(pattern));
  return wrong === undefined ? undefined : `Invalid regular expression: ${JSON.stringify(wrong)}`;
}

/**
 * The text for references of other kinds is recorded (Dropsource/serverless-todo-api-example-complete#3),
 * that for unknown models as well (terra-money/fcd-classic#36).
 */
function checkReference(
  reference: string,
  schema: Readonly<Record<string, unknown>>,
  { apiId, has }: KnownModels,
): void {
  if (reference.startsWith('#')) {
    if (pointsInto(schema, reference.slice(1))) return;
    throw invalidModel(`Invalid model schema specified. Unresolvable reference: ${reference}`);
  }
  const prefix = modelUrl(apiId, '');
  const [name = '', pointer] = reference.slice(prefix.length).split('#');
  if (!reference.startsWith(prefix) || name === '' || pointer) {
    throw invalidModel('Invalid model schema specified, Model reference must be in canonical form');
  }
  if (!has(name)) throw invalidModel(`Invalid model specified: ${name}`);
}

/** True if a JSON pointer, such as `/definitions/Order`, leads to a part of the schema. */
function pointsInto(schema: unknown, pointer: string): boolean {
  if (pointer !== '' && !pointer.startsWith('/')) return false;
  let part = schema;
  for (const token of pointer.split('/').slice(1)) {
    const name = unescaped(token);
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, name)) return false;
    part = (part as Readonly<Record<string, unknown>>)[name];
  }
  return isRecord(part);
}

function unescaped(token: string): string {
  const plain = token.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
