import { isUtf8 } from 'node:buffer';
import { decodeCbor } from '../../core/cbor/decode';
import { encodeCbor } from '../../core/cbor/encode';
import type { AwsError } from '../../core/errors';
import { notImplemented, serializationError } from '../../core/errors';
import type { AwsRequest, HttpResponse } from '../../core/http';
import { parseJson } from '../../core/parse-json';

const JSON_TYPE = 'application/x-amz-json-1.1';
const TARGET = 'Kinesis_20131202.';

/** Encoding and decoding of one content type. */
export interface Codec {
  readonly contentType: string;
  /** @throws AwsError SerializationException if the body is not an object */
  decode(body: Buffer): Readonly<Record<string, unknown>>;
  encode(output: unknown): Buffer | string;
}

export const JSON_CODEC: Codec = {
  contentType: JSON_TYPE,
  decode: (body) => {
    if (!isUtf8(body)) throw serializationError('');
    return requireObject(parse(() => parseJson(body.toString('utf8'))));
  },
  encode: (output) => JSON.stringify(output),
};

/** The unit of times in Kinesis's CBOR, where the RFC says seconds. */
const MILLISECOND = 1;

/** The default of the Java SDK and the KPL. */
export const CBOR_CODEC: Codec = {
  contentType: 'application/x-amz-cbor-1.1',
  decode: (body) => requireObject(parse(() => decodeCbor(body, MILLISECOND))),
  encode: encodeCbor,
};

function parse(read: () => unknown): unknown {
  try {
    return read();
  } catch (cause) {
    throw serializationError('', cause);
  }
}

/** @throws AwsError SerializationException, without a message, like the service */
function requireObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw serializationError('');
  }
  return value as Readonly<Record<string, unknown>>;
}

/** The media type in the Content-Type of a request, without parameters. */
export function contentTypeOf(request: AwsRequest): string {
  return (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/**
 * The action that a request calls.
 * @throws AwsError UnknownOperationException if its target is not Kinesis
 */
export function actionOf(request: AwsRequest): string {
  const target = request.headers['x-amz-target'] ?? '';
  if (target.startsWith(TARGET)) return target.slice(TARGET.length);
  throw notImplemented('kinesis', target === '' ? '(no X-Amz-Target)' : target);
}

/** A success response; the body is empty if the action has no output. */
export function answer(codec: Codec, requestId: string, output: unknown): HttpResponse {
  return respond(codec, requestId, 200, output === undefined ? '' : codec.encode(output));
}

/**
 * An error response: `{"__type": code, "message": text}`, with `Message` if the request was
 * malformed.
 */
export function answerError(codec: Codec, requestId: string, error: AwsError): HttpResponse {
  const { code, message, details } = error;
  const name = code === 'SerializationException' ? 'Message' : 'message';
  const body = { __type: code, ...(message !== '' && { [name]: message }), ...details };
  return respond(codec, requestId, error.status, codec.encode(body));
}

function respond(
  codec: Codec,
  requestId: string,
  status: number,
  body: Buffer | string,
): HttpResponse {
  return {
    status,
    headers: { 'content-type': codec.contentType, 'x-amzn-requestid': requestId },
    body,
  };
}

/**
 * The service's response to content types that it does not support, as recorded by kinesalite's
 * tests: a special envelope for `application/json`, XML for all others.
 */
export function answerForeignType(request: AwsRequest): HttpResponse {
  const headers = { 'x-amzn-requestid': request.requestId };
  if (contentTypeOf(request) !== 'application/json') {
    return { status: 404, headers, body: '<UnknownOperationException/>\n' };
  }
  let error = { status: 404, code: 'UnknownOperationException' };
  try {
    JSON_CODEC.decode(request.body);
  } catch {
    error = { status: 400, code: 'SerializationException' };
  }
  const body = { Output: { __type: `com.amazon.coral.service#${error.code}` }, Version: '1.0' };
  return {
    status: error.status,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}
