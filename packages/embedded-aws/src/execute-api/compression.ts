import { promisify } from 'node:util';
import { deflate, gunzip, gzip, inflate } from 'node:zlib';
import { Body } from './body';
import type { Exchange } from './exchange';
import { GatewayError } from './gateway-error';
import type { MethodAnswer } from './integration-response';
import { MAX_PAYLOAD_BYTES } from './integrations';
import { payloadTooLarge } from './payload-size';

const COMPRESSORS = { gzip: promisify(gzip), deflate: promisify(deflate) } as const;
const DECOMPRESSORS = { gzip: promisify(gunzip), deflate: promisify(inflate) } as const;
type Encoding = keyof typeof COMPRESSORS;

/**
 * Decompresses the body of a request, before it is validated and mapped. Every API does so: only the
 * compression of answers has to be turned on. The header stays visible to templates.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-make-request-with-compressed-payload.html
 * @throws GatewayError 415 for other codings, and for a body that is not compressed as its header says;
 *   413 for one that is too large when decompressed (inferred from the limit on payloads)
 */
export function decompressRequest(exchange: Exchange): Promise<void> | void {
  const { headers, body } = exchange.http;
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity') return undefined;
  if (!isEncoding(encoding)) throw unsupported();
  // A request without a body, such as a GET, has nothing to decompress.
  if (body.length === 0) return undefined;
  return decompressed(body, encoding).then((plain) => exchange.replaceBody(plain));
}

async function decompressed(body: Buffer, encoding: Encoding): Promise<Buffer> {
  try {
    return await DECOMPRESSORS[encoding](body, { maxOutputLength: MAX_PAYLOAD_BYTES });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw code === 'ERR_BUFFER_TOO_LARGE' ? payloadTooLarge(cause) : unsupported(cause);
  }
}

function unsupported(cause?: unknown): GatewayError {
  return new GatewayError('UNSUPPORTED_MEDIA_TYPE', 'Unsupported Media Type', { cause });
}

/** Compresses an answer that is large enough, for a client that accepts it. */
export function compressAnswer(
  answer: MethodAnswer,
  { http, definition: { minimumCompressionSize } }: Exchange,
): MethodAnswer | Promise<MethodAnswer> {
  if (minimumCompressionSize === undefined || answer.body.length < minimumCompressionSize) {
    return answer;
  }
  const encoding = acceptedEncoding(http.headers['accept-encoding']);
  if (encoding === undefined || answer.headers.has('content-encoding')) return answer;
  return compressed(answer, encoding);
}

async function compressed(answer: MethodAnswer, encoding: Encoding): Promise<MethodAnswer> {
  const body = await COMPRESSORS[encoding](answer.body.bytes);
  answer.headers.set('Content-Encoding', encoding);
  return { ...answer, body: Body.of(body) };
}

/**
 * The coding of highest priority. If API Gateway has none of that priority, the answer is not compressed,
 * nor is it for `*`, or for `identity` before the others. Of equal ones the first is taken (inferred).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-enable-compression.html
 */
function acceptedEncoding(accept: string | undefined): Encoding | undefined {
  if (accept === undefined) return undefined;
  const codings = accept.split(',').map((item) => {
    const [name = '', ...parameters] = item.toLowerCase().split(';');
    const weight = /^\s*q=([\d.]+)\s*$/.exec(parameters.join(';'))?.[1] ?? '1';
    return { name: name.trim(), weight: Number(weight) };
  });
  const highest = Math.max(...codings.map(({ weight }) => weight));
  if (!(highest > 0)) return undefined;
  const first = codings
    .filter(({ weight }) => weight === highest)
    .find(({ name }) => name === 'identity' || isEncoding(name))?.name;
  return first !== undefined && isEncoding(first) ? first : undefined;
}

function isEncoding(encoding: string): encoding is Encoding {
  return Object.hasOwn(COMPRESSORS, encoding);
}
