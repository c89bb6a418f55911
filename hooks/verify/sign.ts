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

type Credentials = ConstructorParameters<typeof SignatureV4>[0]['credentials'];

/** A request as SDK clients hand it to their connections. */
interface PlainRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The headers of a request to an AWS service, with those that sign it. */
export async function signedHeaders(
  service: string,
  region: string,
  credentials: Credentials,
  request: PlainRequest,
): Promise<Record<string, string>> {
  const { hostname, port, headers } = request;
  const host = port === undefined ? hostname : `${hostname}:${port}`;
  const signer = signerFor(service, region, credentials);
  return (await signer.sign({ ...request, headers: { host, ...headers } })).headers;
}

/** Signs and presigns requests to a service. S3 alone signs paths as they are. */
export const signerFor = (service: string, region: string, credentials: Credentials): SignatureV4 =>
  new SignatureV4({
    service,
    region,
    credentials,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
  });

/** Signs for `execute-api`, which a stage that is open ignores, or for another service. */
export function signWith(region: string, credentials: Credentials, service = 'execute-api'): Sign {
  const signer = signerFor(service, region, credentials);
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
