import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { type Caller, DEFAULT_ACCOUNT_ID, rootCaller } from './core/caller';
import type { HttpRequest, HttpResponse } from './core/http';
import type { AwsService } from './core/service';

// AWS's own clients without a socket: their requests are answered in the same process.

/** A request as AWS SDK clients pass it to their request handlers. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * The configuration of an SDK client that talks to one service in this process, past credentials
 * and signatures: `new KinesisClient(inProcess(createKinesis()))`.
 * @param caller whose requests they are; the owner of the default account in us-east-1 unless given
 */
export function inProcess(service: AwsService, caller: Caller = OWNER) {
  return {
    region: caller.region,
    credentials: { accessKeyId: caller.accessKeyId, secretAccessKey: 'secret' },
    endpoint: 'http://127.0.0.1:4566',
    maxAttempts: 1,
    requestHandler: answeredBy((request) =>
      service.handle({ ...request, caller, requestId: randomUUID() }),
    ),
  };
}

const OWNER = rootCaller({ accountId: DEFAULT_ACCOUNT_ID, region: 'us-east-1' });

/**
 * The `requestHandler` of an SDK client whose requests are answered in this process:
 * `answeredBy((request) => aws.handle(request))` with the `aws` of `createAws`.
 */
export function answeredBy(answer: (request: HttpRequest) => HttpResponse | Promise<HttpResponse>) {
  return {
    async handle(sdkRequest: SdkRequest) {
      const request = await httpRequest(sdkRequest);
      const response = await answer(request);
      const texts = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
      return {
        response: {
          statusCode: response.status,
          headers: Object.fromEntries(texts),
          body: request.method === 'HEAD' ? Readable.from([]) : bodyOf(response, request),
        },
      };
    },
  };
}

/** The body of an answer as the SDK's handlers give it: whole, or as it comes. */
function bodyOf({ body, stream }: HttpResponse, { headers }: HttpRequest): Readable | Uint8Array {
  if (stream === undefined) {
    const bytes = Buffer.from(body as Buffer);
    return isReadByClient(headers) ? bytes : Readable.from([bytes]);
  }
  const gone = new AbortController();
  const readable = Readable.from(stream(gone.signal));
  readable.once('close', () => gone.abort());
  return readable;
}

/**
 * True for a request whose answer an SDK client reads itself, also from bytes: to make a stream of them
 * costs as much as the answer. S3's client hands objects on as streams, and code that calls the handler
 * without a client expects one.
 */
const isReadByClient = (headers: HttpRequest['headers']): boolean =>
  headers['amz-sdk-invocation-id'] !== undefined &&
  !/\/s3\/aws4_request/.test(headers.authorization ?? '');

/** The request as the server would read it off the wire. */
export async function httpRequest(request: SdkRequest): Promise<HttpRequest> {
  const { method, path, headers } = request;
  return {
    method,
    path,
    query: queryString(request.query),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    rawHeaders: Object.entries(headers).flat(),
    body: await bytesOf(request.body),
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
  };
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function queryString(query: SdkRequest['query'] = {}): string {
  return Object.entries(query)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((item) =>
        item === null ? encode(name) : `${encode(name)}=${encode(item)}`,
      ),
    )
    .join('&');
}

async function bytesOf(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (body instanceof Uint8Array) return Buffer.concat([body]);
  if (typeof body === 'string') return Buffer.from(body);
  const chunks: Buffer[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
