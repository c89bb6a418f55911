import type { Exchange } from './exchange';
import { GatewayError } from './gateway-error';
import { MAX_PAYLOAD_BYTES } from './integrations/payload-limit';

/** @throws GatewayError 413 `Request Too Long` for a body beyond 10 MiB */
export function limitPayload({ http }: Exchange): void {
  if (http.body.length > MAX_PAYLOAD_BYTES) {
    throw payloadTooLarge();
  }
}

export function payloadTooLarge(cause?: unknown): GatewayError {
  return new GatewayError('REQUEST_TOO_LARGE', 'Request Too Long', { cause });
}
