import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { decodeCbor } from '../../core/cbor/decode';
import { encodeCbor } from '../../core/cbor/encode';
import type { AwsError } from '../../core/errors';
import { serializationError } from '../../core/errors';
import type { HttpRequest, HttpResponse } from '../../core/http';
import { parseJson } from '../../core/parse-json';
import { PreparedOutput } from './values';

const JSON_TYPE = 'application/x-amz-json-1.1';

/** Encoding and decoding of one content type. */
export interface Codec {
  readonly contentType: string;
  /** @throws AwsError SerializationException if the body is not an object */
  decode(request: Pick<HttpRequest, 'body' | 'text'>): Readonly<Record<string, unknown>>;
  encode(output: unknown): Buffer | string;
}

export const JSON_CODEC: Codec = {
  contentType: JSON_TYPE,
  decode: (request) => requireObject(parse(() => parseJson(textOf(request)))),
  encode: (output) => (output instanceof PreparedOutput ? output.toText() : JSON.stringify(output)),
};

function textOf(request: Pick<HttpRequest, 'body' | 'text'>): string {
  if (request.text !== undefined) return request.text;
  const { body } = request;
  if (!isUtf8(body)) throw serializationError('');
  return body.toString('utf8');
}

/** The unit of times in Kinesis's CBOR, where the RFC says seconds. */
const MILLISECOND = 1;

/** The default of the Java SDK and the KPL. */
export const CBOR_CODEC: Codec = {
  contentType: 'application/x-amz-cbor-1.1',
  decode: ({ body }) => requireObject(parse(() => decodeCbor(body, MILLISECOND))),
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

/** A success response; the body is empty if the action has no output. */
export function answer(codec: Codec, requestId: string, output: unknown): HttpResponse {
  return respond(codec, requestId, 200, output);
}

/**
 * An error response: `{"__type": code, "message": text}`, with `Message` if the request was
 * malformed.
 */
export function answerError(codec: Codec, requestId: string, error: AwsError): HttpResponse {
  const { code, message, details } = error;
  const name = code === 'SerializationException' ? 'Message' : 'message';
  const body = { __type: code, ...(message !== '' && { [name]: message }), ...details };
  return respond(codec, requestId, error.status, body);
}

function respond(codec: Codec, requestId: string, status: number, output: unknown): HttpResponse {
  return {
    status,
    headers: {
      'content-type': codec.contentType,
      'x-amzn-requestid': requestId,
      'x-amz-id-2': id2Of(requestId),
    },
    body: output === undefined ? '' : codec.encode(output),
    written: codec === JSON_CODEC ? output : undefined,
  };
}

/** 84 characters of base64: with twelve of a request's id they are the 72 bytes that AWS's have. */
const ID_2 = randomBytes(63).toString('base64');

const id2Of = (requestId: string): string => ID_2 + requestId.slice(-12);

/** The headers that name an answer to AWS's support; every answer of the service has both. */
export function answerIds(requestId: string) {
  return { 'x-amzn-requestid': requestId, 'x-amz-id-2': id2Of(requestId) };
}
