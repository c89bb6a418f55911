import path from 'node:path';
import Ajv from 'ajv-draft-04';

interface Document {
  readonly components: {
    readonly headers: Readonly<Record<string, { readonly required?: boolean }>>;
  };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Response>>;
}
interface Response {
  readonly headers: Readonly<Record<string, { readonly $ref: string }>>;
  /** Absent of an answer that has no body, or none that is JSON. */
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

/** Checks answers against the OpenAPI document. */
export interface ResponseSchemas {
  /** Violations of the document in an answer's body; empty if there are none. */
  problems(endpoint: string, status: number, body: unknown): string[];
  /** The headers that the document says every such answer has. */
  headers(endpoint: string, status: number): string[];
  /** Whether the document says that some of them have the header. */
  mayHave(endpoint: string, status: number, header: string): boolean;
}

/**
 * @param isClosed whether members that the document does not name are a problem too: on the
 *   embedded AWS, whose answers are known, and not on AWS, which may add to them any day
 */
export function responseSchemas(document: Document, isClosed: boolean): ResponseSchemas {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    formats: { byte: /^[A-Za-z0-9+/]*={0,2}$/ },
  });
  // Not the paths, whose examples have members that read as ids of schemas.
  const { components } = document;
  const referred = { components: isClosed ? closed(components) : components };
  ajv.addSchema(referred, 'openapi.json', undefined, false);
  const operations = new Map(
    Object.values(document.paths)
      .flatMap((methods) => Object.values(methods))
      .map((operation) => [operation.operationId, operation]),
  );
  const responseOf = (endpoint: string, status: number): Response => {
    const response = operations.get(endpoint)?.responses[status];
    if (response !== undefined) return response;
    throw new TypeError(`openapi.json has no ${status} for ${endpoint}.`);
  };
  return {
    problems(endpoint, status, body) {
      const schema = responseOf(endpoint, status).content?.['application/json']?.schema;
      if (schema === undefined) return [];
      const { $ref: pointer = '' } = schema as { $ref?: string };
      const validate = ajv.getSchema(`openapi.json${pointer}`);
      if (validate === undefined) throw new TypeError(`openapi.json has no ${pointer}.`);
      validate(body);
      return (validate.errors ?? []).map(
        ({ instancePath, message, params }) =>
          `${instancePath} ${message} ${JSON.stringify(params)}`,
      );
    },
    headers: (endpoint, status) =>
      Object.entries(responseOf(endpoint, status).headers)
        .filter(([, { $ref }]) => document.components.headers[path.posix.basename($ref)]?.required)
        .map(([name]) => name),
    mayHave: (endpoint, status, name) => name in responseOf(endpoint, status).headers,
  };
}

/** The same with no other members than those named. */
function closed(value: object): object {
  const isSchema = 'properties' in value && !('additionalProperties' in value);
  const inner = Object.entries(value).map(([name, member]) => [
    name,
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? closed(member)
      : member,
  ]);
  return { ...Object.fromEntries(inner), ...(isSchema && { additionalProperties: false }) };
}
