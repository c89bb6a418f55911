import type { AwsError } from '../core/errors';
import type { HttpRequest, HttpResponse } from '../core/http';
import { jsonError } from '../core/protocol/json';
import { reasonHeaders } from '../core/protocol/reason-headers';
import { cborError, isRpcV2Cbor } from '../core/protocol/rpc-v2-cbor';
import { escapeXml, toXml } from '../core/xml';
import { type DialectName, dialectOf } from './dialect';

type Writer = (requestId: string, error: AwsError, request: HttpRequest) => HttpResponse;

/**
 * An error from outside a service, in the protocol of the request: a client of S3 reads XML, one of API
 * Gateway the header `x-amzn-errortype`.
 * @param service the credential scope's, when it is known
 */
export function faultAnswer(
  request: HttpRequest,
  service: string | undefined,
  requestId: string,
  error: AwsError,
): HttpResponse {
  const answer = isRpcV2Cbor(request)
    ? cborError(requestId, error)
    : WRITERS[dialectOf(request, service)](requestId, error, request);
  return { ...answer, headers: { ...answer.headers, ...reasonHeaders(request.method, error) } };
}

const WRITERS: Readonly<Record<DialectName, Writer>> = {
  json: (requestId, error) => jsonError(requestId, error),
  rest: (requestId, { status, code, message }) => ({
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': code,
    },
    body: JSON.stringify({ __type: code, message }),
  }),
  query: (requestId, { status, code, message }) => ({
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<ErrorResponse>${toXml('Error', { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message })}${toXml('RequestId', requestId)}</ErrorResponse>`,
  }),
  s3: (requestId, { status, code, message, details }, { method, path }) => ({
    status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    // Answers to HEAD have no body; clients go by the status, people by the headers.
    body:
      method === 'HEAD'
        ? ''
        : `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${[
            // S3's name for InternalFailure.
            ['Code', code === 'InternalFailure' ? 'InternalError' : code],
            ['Message', message],
            ...Object.entries(details).map(([name, value]) => [name, String(value)]),
            ['Resource', path],
            ['RequestId', requestId],
          ]
            .map(([name = '', text = '']) => `<${name}>${escapeXml(text)}</${name}>`)
            .join('')}</Error>`,
  }),
};
