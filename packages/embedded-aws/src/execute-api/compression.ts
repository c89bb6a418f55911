import { promisify } from 'node:util';
import { deflate, gunzip, gzip, inflate } from 'node:zlib';
import type { Exchange } from './exchange';
import { GatewayError } from './gateway-error';
import type { MethodAnswer } from './integration-response';
import { MAX_PAYLOAD_BYTES } from './integrations';

const COMPRESSORS = { gzip: promisify(gzip), deflate: promisify(deflate) } as const;
const DECOMPRESSORS = { gzip: promisify(gunzip), deflate: promisify(inflate) } as const;
type Encoding = keyof typeof COMPRESSORS;

/**
 * Decompresses the body of a request, when the API has compression turned on.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html
 * @throws GatewayError 415 for other encodings, 400 for a body that is not compressed as it says
 */
export function decompressRequest(exchange: Exchange): Promise<void> | void {
  const { http, definition } = exchange;
  const encoding = http.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (definition.minimumCompressionSize === undefined || encoding === 'identity') return undefined;
  if (!isEncoding(encoding)) {
    throw new GatewayError('UNSUPPORTED_MEDIA_TYPE', 'Unsupported Media Type');
  }
  return decompressed(http.body, encoding).then((body) => exchange.replaceBody(body));
}

async function decompressed(body: Buffer, encoding: Encoding): Promise<Buffer> {
  try {
    return await DECOMPRESSORS[encoding](body, { maxOutputLength: MAX_PAYLOAD_BYTES });
  } catch (cause) {
    throw new GatewayError('DEFAULT_4XX', 'Could not decompress the request body', {
      status: 400,
      cause,
    });
  }
}

/** Compresses an answer that is large enough, for a client that accepts it. */
export async function compressAnswer(
  answer: MethodAnswer,
  { http, definition: { minimumCompressionSize } }: Exchange,
): Promise<MethodAnswer> {
  if (minimumCompressionSize === undefined || answer.body.length < minimumCompressionSize) {
    return answer;
  }
  const encoding = acceptedEncoding(http.headers['accept-encoding']);
  if (encoding === undefined || answer.headers.has('content-encoding')) return answer;
  const body = await COMPRESSORS[encoding](answer.body);
  answer.headers.set('Content-Encoding', encoding);
  return { ...answer, body };
}

function acceptedEncoding(accept: string | undefined): Encoding | undefined {
  return (accept ?? '')
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .filter((item) => !/;\s*q=0(\.0*)?$/.test(item))
    .map((item) => item.split(';')[0] ?? '')
    .find(isEncoding);
}

function isEncoding(encoding: string): encoding is Encoding {
  return Object.hasOwn(COMPRESSORS, encoding);
}
