import type { ApiDefinition, ContentHandling } from '../apigateway/model';
import { configurationError } from './gateway-error';
import type { Invocation } from './invocation';
import { mediaType } from './mapping-template';

/** A payload after API Gateway's conversion between text and bytes. */
export interface Payload {
  /** Bytes that no template can read. */
  readonly isBinary: boolean;
  readonly bytes: Buffer;
  text(): string;
}

/** True for the API's binary media types, which may have a wildcard (`image/*`). */
function isBinaryType(
  contentType: string | undefined,
  { binaryMediaTypes }: Pick<ApiDefinition, 'binaryMediaTypes'>,
): boolean {
  if (contentType === undefined || binaryMediaTypes.length === 0) return false;
  const type = mediaType(contentType).toLowerCase();
  return binaryMediaTypes.some((pattern) => {
    const media = pattern.toLowerCase().replaceAll('~1', '/');
    if (media === '*/*' || media === type) return true;
    return media.endsWith('/*') && type.startsWith(media.slice(0, -1));
  });
}

/**
 * The request's payload in the form that the integration declares.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 */
export function requestPayload({ request, integration, definition }: Invocation): Payload {
  const isBinary = isBinaryType(request.headers.get('content-type'), definition);
  if (!isBinary && integration.contentHandling !== 'CONVERT_TO_BINARY') {
    return { isBinary: false, bytes: request.body, text: () => request.text() };
  }
  return converted(request.body, isBinary, integration.contentHandling);
}

/**
 * The backend's payload as the client wants it.
 * @param accept the client's Accept header, whose first type decides for binary
 */
export function responsePayload(
  body: Buffer,
  contentType: string | undefined,
  accept: string | undefined,
  handling: ContentHandling | undefined,
  definition: ApiDefinition,
): Payload {
  const isBinary = isBinaryType(contentType, definition);
  const wantsBinary = isBinaryType(accept?.split(',')[0], definition);
  const implied = wantsBinary ? 'CONVERT_TO_BINARY' : 'CONVERT_TO_TEXT';
  return converted(body, isBinary, handling ?? implied);
}

/**
 * Bytes become base64 text, base64 text becomes bytes; a payload that already has the right form is
 * unchanged.
 */
function converted(
  body: Buffer,
  isBinary: boolean,
  handling: ContentHandling | undefined,
): Payload {
  if (handling === 'CONVERT_TO_TEXT' && isBinary)
    return textPayload(Buffer.from(body.toString('base64')));
  if (handling === 'CONVERT_TO_BINARY' && !isBinary) return binaryPayload(fromBase64(body));
  return isBinary ? binaryPayload(body) : textPayload(body);
}

function textPayload(bytes: Buffer): Payload {
  return { isBinary: false, bytes, text: () => bytes.toString('utf8') };
}

function binaryPayload(bytes: Buffer): Payload {
  return { isBinary: true, bytes, text: () => bytes.toString('base64') };
}

function fromBase64(body: Buffer): Buffer {
  const text = body.toString('latin1').trim();
  if (!/^[A-Za-z0-9+/\s]*={0,2}$/.test(text)) {
    throw configurationError('Unable to base64 decode the body');
  }
  return Buffer.from(text, 'base64');
}
