import { QUOTAS } from '../../apigateway/quotas';

/** The largest payload of any request or response, 10 MiB. */
export const MAX_PAYLOAD_BYTES = QUOTAS.payloadBytes;

/** A backend's answer exceeds API Gateway's limit. */
export class PayloadTooLargeError extends Error {
  override readonly name = 'PayloadTooLargeError';

  /** @param reported the length that the backend announced, if it did */
  constructor(reported?: number, options?: ErrorOptions) {
    const length = reported === undefined ? '' : ` of reported length ${reported}`;
    super(
      `Integration response${length} is larger than allowed maximum of ${MAX_PAYLOAD_BYTES} bytes.`,
      options,
    );
  }
}

/**
 * Reads a payload to its end, or stops at API Gateway's limit: the rest is then neither read nor
 * kept, and the stream that it comes from is destroyed.
 * @throws PayloadTooLargeError; the stream's own error
 */
export async function readPayload(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > MAX_PAYLOAD_BYTES) throw new PayloadTooLargeError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
