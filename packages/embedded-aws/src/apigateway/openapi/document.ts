import { badRequest } from '../errors';
import { isRecord } from '../members';
import { QUOTAS } from '../quotas';
import { readDocument } from './document-text';

export type JsonObject = Readonly<Record<string, unknown>>;

/** The keys of a path item that are operations, and the HTTP methods in API Gateway. */
export const OPERATION_KEYS = {
  get: 'GET',
  put: 'PUT',
  post: 'POST',
  delete: 'DELETE',
  patch: 'PATCH',
  options: 'OPTIONS',
  head: 'HEAD',
  'x-amazon-apigateway-any-method': 'ANY',
} as const;

/** An OpenAPI document, 2.0 (Swagger) or 3.0, with the parts that depend on the version. */
export interface OpenApiDocument {
  readonly version: 2 | 3;
  readonly root: JsonObject;
  readonly paths: JsonObject;
  readonly schemas: JsonObject;
  readonly securitySchemes: JsonObject;
  /** Resolves a reference within the document; other values are returned unchanged. */
  resolve(value: unknown): JsonObject;
}

/** A reference to a reference to … ends here: it leads in a circle. */
const MOST_REFERENCES = 50;

/**
 * Parses an API document, in JSON or YAML, from a request body.
 * @throws AwsError BadRequestException if it is not an OpenAPI document, or too large; the text of the
 *   latter is ours
 */
export function parseOpenApi(text: string): OpenApiDocument {
  const bytes = Buffer.byteLength(text);
  if (bytes > QUOTAS.documentBytes) {
    throw badRequest(
      `The API definition has ${bytes} bytes, and at most ${QUOTAS.documentBytes} are allowed`,
    );
  }
  let root: unknown;
  try {
    root = readDocument(text);
  } catch (cause) {
    throw invalidInput(cause);
  }
  return openApiDocument(root);
}

/** @throws AwsError BadRequestException if it is not OpenAPI 2.0 or 3.0 */
export function openApiDocument(root: unknown): OpenApiDocument {
  if (!isRecord(root)) throw invalidInput();
  const version = versionOf(root);
  const components = objectAt(root, 'components');
  return {
    version,
    root,
    paths: objectAt(root, 'paths'),
    schemas: version === 2 ? objectAt(root, 'definitions') : objectAt(components, 'schemas'),
    securitySchemes:
      version === 2
        ? objectAt(root, 'securityDefinitions')
        : objectAt(components, 'securitySchemes'),
    resolve(value) {
      let part = isRecord(value) ? value : {};
      for (let steps = 0; typeof part.$ref === 'string'; steps++) {
        if (steps === MOST_REFERENCES) throw unresolvable(part.$ref);
        part = follow(root, part.$ref);
      }
      return part;
    },
  };
}

/** Recorded: test_import_api_bad_file, 18-11-2025. */
export function invalidInput(cause?: unknown) {
  return badRequest('Invalid OpenAPI input.', cause);
}

/** Unquoted in YAML, the version is a number (recorded: test_cfn_apigateway_swagger_import, 05-05-2025). */
function versionOf({ swagger, openapi }: JsonObject): 2 | 3 {
  if (['2.0', '2'].includes(String(swagger))) return 2;
  if (/^3(?:\.0(?:\.\d+)?)?$/.test(String(openapi))) return 3;
  throw invalidInput();
}

function follow(root: JsonObject, reference: string): JsonObject {
  let value: unknown = root;
  for (const part of reference.replace(/^#\//, '').split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    value = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  if (!isRecord(value)) throw unresolvable(reference);
  return value;
}

const unresolvable = (reference: string) =>
  badRequest(`Unable to resolve the reference ${reference}`);

/** A member that is an object; an empty object if it is absent or of another type. */
export function objectAt(value: JsonObject, name: string): JsonObject {
  const member = Object.hasOwn(value, name) ? value[name] : undefined;
  return isRecord(member) ? member : {};
}

export function listAt(value: JsonObject, name: string): readonly unknown[] {
  const member = Object.hasOwn(value, name) ? value[name] : undefined;
  return Array.isArray(member) ? member : [];
}

export function textAt(value: JsonObject, name: string): string | undefined {
  const member = Object.hasOwn(value, name) ? value[name] : undefined;
  return typeof member === 'string' ? member : undefined;
}

/** The object without members that are empty texts, which AWS takes as absent. */
export function withoutBlanks(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== ''));
}
