import { promisify } from 'node:util';
import { gunzip as gunzipWithCallback } from 'node:zlib';
import { AwsError, serializationError } from './errors';
import type { AwsRequest } from './http';

const gunzip = promisify(gunzipWithCallback);

/**
 * The request with its body as it was before the client compressed it. SDKs compress large requests of
 * operations that allow it: https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait
 * @param mostBytes of the body before compression
 * @throws AwsError for a body that is not gzip, and 413 for one that grows too large
 */
export async function decompressed(request: AwsRequest, mostBytes: number): Promise<AwsRequest> {
  if (request.headers['content-encoding']?.trim().toLowerCase() !== 'gzip') return request;
  try {
    const body = await gunzip(request.body, { maxOutputLength: mostBytes });
    return { ...request, body };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      const message = `The request has more than ${mostBytes} bytes before compression.`;
      throw new AwsError('RequestEntityTooLarge', message, { status: 413, cause });
    }
    throw serializationError('The request body is not valid gzip.', cause);
  }
}
