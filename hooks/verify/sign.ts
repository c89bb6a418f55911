import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Sign } from './exchange';

/** SHA-256 as the signer wants it: a class that hashes, with a key when it has a secret. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined
        ? createHash('sha256')
        : createHmac('sha256', typeof secret === 'string' ? secret : bytesOf(secret));
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {}
}

function bytesOf(value: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
}

/** Signs for `execute-api`; a stage that is open ignores the signature. */
export function signWith(
  region: string,
  credentials: ConstructorParameters<typeof SignatureV4>[0]['credentials'],
): Sign {
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  return async (request) => {
    const url = new URL(request.url);
    // The bytes: as text, a byte order mark is lost, and what is no UTF-8 changes.
    const body =
      request.body === null ? undefined : new Uint8Array(await request.clone().arrayBuffer());
    const signed = await signer.sign({
      method: request.method,
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port && { port: Number(url.port) }),
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { host: url.host, ...Object.fromEntries(request.headers) },
      ...(body !== undefined && { body }),
    });
    const { host: _host, ...headers } = signed.headers;
    return new Request(request, { headers });
  };
}
