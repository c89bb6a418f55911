import { type AwsError, notImplemented, serializationError, toAwsError } from '../errors';
import type { AwsRequest, HttpResponse } from '../http';
import { parseJson } from '../parse-json';
import type { AwsService } from '../service';
import { readStructure } from '../shapes/read';
import { operationNamed, type RawInput, runOperation, type ServiceDefinition } from './operation';

/** How a service's dialect of AWS JSON differs from 1.1. */
export interface JsonDialect {
  readonly version: '1.0' | '1.1';
  /** Errors have a header with their code in the query protocol. */
  readonly withQueryErrors: boolean;
}

const JSON_1_1: JsonDialect = { version: '1.1', withQueryErrors: false };

/** A service that speaks AWS JSON: the action in a header, members in and out as JSON. */
export function jsonService<Store>(
  service: ServiceDefinition<Store>,
  dialect: JsonDialect = JSON_1_1,
): AwsService {
  return {
    signingName: service.signingName,
    async handle(request) {
      try {
        const name = targetAction(request) ?? '';
        const operation = operationNamed(service, name);
        if (operation === undefined) {
          throw notImplemented(service.policyPrefix ?? service.signingName, name);
        }
        const raw = jsonInput(request.body);
        const output = await runOperation(service, name, operation, raw, readStructure, request);
        return jsonAnswer(request.requestId, output, dialect);
      } catch (thrown) {
        return jsonError(request.requestId, toAwsError(thrown), dialect);
      }
    },
  };
}

/** The action of an AWS JSON request: `PutRecord` for `Kinesis_20131202.PutRecord`. */
export function targetAction(request: AwsRequest): string | undefined {
  return request.headers['x-amz-target']?.split('.').at(-1);
}

/**
 * The members of a JSON request; an empty body has none.
 * @throws AwsError SerializationException for anything but an object
 */
export function jsonInput(body: Buffer): RawInput {
  let input: unknown;
  try {
    input = parseJson(body.toString('utf8') || '{}');
  } catch (cause) {
    throw serializationError('The request body is not valid JSON.', cause);
  }
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) {
    return input as RawInput;
  }
  throw serializationError('The request body is not a JSON object.');
}

/** A success. Without output the body is empty in JSON 1.1, and `{}` in JSON 1.0. */
export function jsonAnswer(
  requestId: string,
  output: unknown,
  { version } = JSON_1_1,
): HttpResponse {
  const nothing = version === '1.0' ? '{}' : '';
  return {
    status: 200,
    headers: headersOf(requestId, version),
    body: output === undefined ? nothing : writeJson(output),
  };
}

/** An error: `{"__type": code, "message": text}`. */
export function jsonError(
  requestId: string,
  error: AwsError,
  { version, withQueryErrors } = JSON_1_1,
): HttpResponse {
  const { status, code, message, details } = error;
  const headers = headersOf(requestId, version);
  return {
    status,
    headers: withQueryErrors ? { ...headers, ...queryErrorHeader(error) } : headers,
    body: JSON.stringify({ __type: code, message, ...details }),
  };
}

/** The code that an error had in the query protocol, for services that have left it. */
export const queryErrorHeader = ({ code, status }: AwsError) => ({
  'x-amzn-query-error': `${code};${status < 500 ? 'Sender' : 'Receiver'}`,
});

const headersOf = (requestId: string, version: JsonDialect['version']) => ({
  'content-type': `application/x-amz-json-${version}`,
  'x-amzn-requestid': requestId,
});

/** JSON as AWS writes it: times are seconds since 1970, maps are objects. */
function writeJson(output: unknown): string {
  return JSON.stringify(output, function replace(this: Record<string, unknown>, name, value) {
    const original = this[name];
    if (original instanceof Date) return original.getTime() / 1000;
    return original instanceof Map ? Object.fromEntries(original) : value;
  });
}
