import { parseJson } from '../../core/parse-json';
import { badRequest, unsupported } from '../errors';
import { isRecord } from '../members';

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

/**
 * Parses an API document from a request body.
 * @throws AwsError BadRequestException if it is not an OpenAPI document in JSON
 */
export function parseOpenApi(text: string): OpenApiDocument {
  let root: unknown;
  try {
    root = parseJson(text);
  } catch (cause) {
    if (/^\s*(?:swagger|openapi|---|#)/m.test(text)) {
      throw unsupported('API documents in YAML; send JSON');
    }
    throw badRequest('Unable to build importer with provided input.', cause);
  }
  return openApiDocument(root);
}

export function openApiDocument(root: unknown): OpenApiDocument {
  if (!isRecord(root)) throw badRequest('Unable to build importer with provided input.');
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
      const reference = isRecord(value) ? value.$ref : undefined;
      if (typeof reference !== 'string') return isRecord(value) ? value : {};
      return follow(root, reference);
    },
  };
}

function versionOf({ swagger, openapi }: JsonObject): 2 | 3 {
  if (swagger === '2.0') return 2;
  if (typeof openapi === 'string' && openapi.startsWith('3.0')) return 3;
  if (typeof openapi === 'string') throw unsupported(`OpenAPI ${openapi}`);
  throw badRequest('Unable to build importer with provided input.');
}

function follow(root: JsonObject, reference: string): JsonObject {
  let value: unknown = root;
  for (const part of reference.replace(/^#\//, '').split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    value = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  if (!isRecord(value)) throw badRequest(`Unable to resolve the reference ${reference}`);
  return value;
}

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
