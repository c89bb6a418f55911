import { AwsError, toAwsError } from '../../core/errors';
import type { HttpRequest, HttpResponse } from '../../core/http';
import { remember } from '../../core/remember';
import { answerError, answerIds, CBOR_CODEC, type Codec, JSON_CODEC } from './protocol';

const TARGET = 'Kinesis_20131202.';

/** A request in the form that the service reads. */
export interface RequestForm {
  readonly codec: Codec;
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const CODECS: ReadonlyMap<string, Codec> = new Map(
  [JSON_CODEC, CBOR_CODEC].map((codec) => [codec.contentType, codec]),
);

/**
 * Reads the form of a request, in the order in which the service finds fault with it: method, body,
 * content type, syntax, target. All of it comes before the credentials (kinesalite,
 * test/connection.js, recorded until 2020).
 * @param isAction whether the service has an action of this name
 * @returns the answer to a request that is refused for its form
 */
export function readForm(
  request: HttpRequest,
  requestId: string,
  isAction: (name: string) => boolean,
): RequestForm | HttpResponse {
  if (request.method !== 'POST') return undetermined(requestId);
  const action = actionOf(request);
  const isKnown = action !== undefined && isAction(action);
  const codec = codecOf(request);
  if ((request.text ?? request.body).length === 0) {
    const code = isKnown ? 'SerializationException' : 'UnknownOperationException';
    return answerError(codec ?? CBOR_CODEC, requestId, new AwsError(code, ''));
  }
  if (codec === undefined) return foreignType(request, requestId);
  try {
    const input = codec.decode(request);
    if (isKnown) return { codec, action, input };
    throw new AwsError('UnknownOperationException', '');
  } catch (thrown) {
    return answerError(codec, requestId, toAwsError(thrown));
  }
}

/**
 * True if a request without credentials is for this service: its target says so, or its type. One to
 * `/` that names no service in any way gets this service's answer, which says just that.
 */
export function isAddressed(request: HttpRequest): boolean {
  const { path, query, headers } = request;
  const target = headers['x-amz-target'];
  if (target !== undefined) return target.startsWith('Kinesis_');
  if (codecOf(request) !== undefined) return true;
  return path === '/' && query === '' && headers['content-type'] === undefined;
}

/** Fast path: most clients write the content type exactly as in the table. */
function codecOf({ headers }: HttpRequest): Codec | undefined {
  const given = headers['content-type'] ?? '';
  return CODECS.get(given) ?? CODECS.get(mediaType(given));
}

/** The media type of a Content-Type, without parameters. */
const mediaType = (contentType: string): string =>
  contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';

/** The action that a request calls, whether it exists or not; undefined for another service's. */
function actionOf({ headers }: HttpRequest): string | undefined {
  return actionIn(headers['x-amz-target'] ?? '');
}

/** Cached: it runs for every request, with few targets. */
const actionIn = remember(100, (target: string): string | undefined =>
  target.startsWith(TARGET) ? target.slice(TARGET.length) : undefined,
);

/**
 * The answer to content types that the service does not support: a special envelope for
 * `application/json`, XML for all others.
 */
function foreignType(request: HttpRequest, requestId: string): HttpResponse {
  const { headers } = request;
  if (mediaType(headers['content-type'] ?? '') !== 'application/json') {
    if (!/^[^.]+\.[^.]/.test(headers['x-amz-target'] ?? '')) return undetermined(requestId);
    return { status: 404, headers: answerIds(requestId), body: '<UnknownOperationException/>\n' };
  }
  let error = { status: 404, code: 'UnknownOperationException' };
  try {
    JSON_CODEC.decode(request);
  } catch {
    error = { status: 400, code: 'SerializationException' };
  }
  const answer = { Output: { __type: `com.amazon.coral.service#${error.code}` }, Version: '1.0' };
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', ...answerIds(requestId) },
    body: JSON.stringify(answer),
  };
}

/** The answer to requests that name no operation in any form. */
function undetermined(requestId: string): HttpResponse {
  return {
    status: 403,
    headers: answerIds(requestId),
    body:
      '<AccessDeniedException>\n' +
      '  <Message>Unable to determine service/operation name to be authorized</Message>\n' +
      '</AccessDeniedException>\n',
  };
}
