/** `count` records of `bytes` each, as text that needs no escaping in JSON. */
export interface Payload {
  readonly count: number;
  readonly bytes: number;
}

/** Number of different partition keys: enough to reach all shards. */
const KEYS = 32;

const text = (bytes: number) =>
  'abcdefghij klmnopqr '.repeat(Math.ceil(bytes / 20)).slice(0, bytes);

/** A request to a deployed API, as bytes for raw sockets. */
export function apiRequest(
  invokeUrl: string,
  method: string,
  path: string,
  { body = '', headers = {} }: { body?: string; headers?: Readonly<Record<string, string>> } = {},
): Buffer {
  const url = new URL(invokeUrl);
  return httpRequest(method, `${url.pathname}${path}`, url.host, body, {
    'content-type': 'application/json',
    ...headers,
  });
}

/**
 * A call of Kinesis's JSON protocol. The signature is invalid: no server measured here checks it.
 * @param accessKeyId twelve digits are an account of their own on the embedded AWS
 */
export function kinesisRequest(
  port: number,
  action: string,
  input: unknown,
  accessKeyId = 'local',
): Buffer {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  return httpRequest('POST', '/', `127.0.0.1:${port}`, JSON.stringify(input), {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `Kinesis_20131202.${action}`,
    'x-amz-date': date,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${date.slice(0, 8)}/us-east-1/kinesis/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
  });
}

/** The same records as {@link kinesisPuts}, as requests to the API. */
export function apiPuts(invokeUrl: string, stream: string, { count, bytes }: Payload): Buffer[] {
  return variants(count, (key) =>
    count === 1
      ? apiRequest(invokeUrl, 'PUT', `/streams/${stream}/record`, {
          body: JSON.stringify({ Data: text(bytes), PartitionKey: key(0) }),
        })
      : apiRequest(invokeUrl, 'PUT', `/streams/${stream}/records`, {
          body: JSON.stringify({
            records: Array.from({ length: count }, (_, index) => ({
              data: text(bytes),
              'partition-key': key(index),
            })),
          }),
        }),
  );
}

/** PutRecord for one record, PutRecords for more. */
export function kinesisPuts(port: number, stream: string, { count, bytes }: Payload): Buffer[] {
  const Data = Buffer.from(text(bytes)).toString('base64');
  return variants(count, (key) =>
    count === 1
      ? kinesisRequest(port, 'PutRecord', { StreamName: stream, Data, PartitionKey: key(0) })
      : kinesisRequest(port, 'PutRecords', {
          StreamName: stream,
          Records: Array.from({ length: count }, (_, index) => ({
            Data,
            PartitionKey: key(index),
          })),
        }),
  );
}

/** Single records come in one variant per key; a batch contains all keys. */
function variants(count: number, make: (key: (index: number) => string) => Buffer): Buffer[] {
  return Array.from({ length: count === 1 ? KEYS : 1 }, (_, variant) =>
    make((index) => `key-${(variant + index) % KEYS}`),
  );
}

function httpRequest(
  method: string,
  path: string,
  host: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
