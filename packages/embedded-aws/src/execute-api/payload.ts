import type { ApiDefinition, ContentHandling } from '../apigateway/model';
import { Body } from './body';
import { configurationError } from './gateway-error';
import type { Invocation } from './invocation';
import { mediaType } from './mapping-template';
import type { MethodRequest } from './method-request';

/** A payload after API Gateway's conversion between text and bytes. */
export interface Payload {
  /** Bytes that no template can read. */
  readonly isBinary: boolean;
  readonly body: Body;
  text(): string;
  /** The value whose JSON the text is, where it is known. */
  readonly written?: unknown;
}

/**
 * True for the API's binary media types, which may have a wildcard behind the slash and none before it:
 * `image/*`, `*\/*` (recorded: LocalStack's test_aws_proxy_binary_response).
 */
export function isBinaryType(
  contentType: string | undefined,
  { binaryMediaTypes }: Pick<ApiDefinition, 'binaryMediaTypes'>,
): boolean {
  if (contentType === undefined || binaryMediaTypes.length === 0) return false;
  const type = mediaType(contentType).toLowerCase();
  return binaryMediaTypes.some((pattern) => {
    const media = pattern.toLowerCase().replaceAll('~1', '/');
    if (media === '*/*') return true;
    if (media.startsWith('*/')) return false;
    if (media === type) return true;
    return media.endsWith('/*') && type.startsWith(media.slice(0, -1));
  });
}

/**
 * True for a request whose payload is bytes. One without a type is JSON (documented), and bytes where
 * the API takes every type for binary (recorded: the preflights of SAM#553 and aws-simple#167).
 */
export function isBinaryRequest(
  request: Pick<MethodRequest, 'header'>,
  definition: Pick<ApiDefinition, 'binaryMediaTypes'>,
): boolean {
  return isBinaryType(request.header('content-type') ?? 'application/json', definition);
}

/**
 * The request's payload in the form that the integration declares.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 */
export function requestPayload({ request, integration, definition }: Invocation): Payload {
  const isBinary = isBinaryRequest(request, definition);
  if (!isBinary && integration.contentHandling !== 'CONVERT_TO_BINARY') {
    return textPayload(request.body);
  }
  return converted(request.body, isBinary, integration.contentHandling);
}

/** Of several types that a client accepts API Gateway looks at the first. */
export function firstAccepted(accept: string | undefined): string | undefined {
  return accept?.split(',')[0];
}

/**
 * The backend's payload as the client wants it.
 * @param accept the client's Accept header, whose first type decides for binary
 */
export function responsePayload(
  body: Body,
  contentType: string | undefined,
  accept: string | undefined,
  handling: ContentHandling | undefined,
  definition: ApiDefinition,
): Payload {
  const isBinary = isBinaryType(contentType, definition);
  const wantsBinary = isBinaryType(firstAccepted(accept), definition);
  const implied = wantsBinary ? 'CONVERT_TO_BINARY' : 'CONVERT_TO_TEXT';
  return converted(body, isBinary, handling ?? implied);
}

/**
 * Bytes become base64 text, base64 text becomes bytes; a payload that already has the right form is
 * unchanged.
 */
function converted(body: Body, isBinary: boolean, handling: ContentHandling | undefined): Payload {
  if (handling === 'CONVERT_TO_TEXT' && isBinary)
    return textPayload(Body.of(body.bytes.toString('base64')));
  if (handling === 'CONVERT_TO_BINARY' && !isBinary)
    return binaryPayload(Body.of(decodedBase64(body.bytes.toString('latin1'))));
  return isBinary ? binaryPayload(body) : textPayload(body);
}

function textPayload(body: Body): Payload {
  return {
    isBinary: false,
    get body() {
      return body.asUtf8();
    },
    text: () => body.text,
    written: body.written,
  };
}

function binaryPayload(body: Body): Payload {
  return { isBinary: true, body, text: () => body.bytes.toString('base64') };
}

/**
 * Other text than base64 is refused, blanks included (recorded: LocalStack's
 * test_apigw_s3_binary_support_request_convert_to_binary, 2025-03-17).
 * @throws GatewayError 500
 */
export function decodedBase64(text: string): Buffer {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.replace(/=+$/, '').length % 4 === 1) {
    throw configurationError('Unable to base64 decode the body');
  }
  return Buffer.from(text, 'base64');
}
