import { createHash, createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { signerFor } from '../../../hooks/verify/sign';
import type { Bench, Probe } from './probe';
import type { ProbeAnswer } from './recorder';
import { bucketOf, bucketResource, emptied, emptyBucket } from './throwaway-api';
import { requireStatus, withStack } from './throwaway-stack';

const codeOf = ({ body }: ProbeAnswer): string => /<Code>(\w+)/.exec(body)?.[1] ?? 'none';
const inShort = (answer: ProbeAnswer): string => `${answer.status} ${codeOf(answer)}`;

function whereOf({ run }: Bench): URL {
  const { region, endpoint } = run.place;
  return new URL(endpoint ?? `https://s3.${region}.amazonaws.com`);
}

/** Of S3's list of buckets, signed in its address at a time and for some seconds. */
async function presigned(
  bench: Bench,
  signingDate: Date,
  expiresIn: number,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { region } = bench.run.place;
  const credentials = await bench.run.clients.s3.config.credentials();
  const { protocol, hostname, port, host } = whereOf(bench);
  const { query = {} } = await signerFor('s3', region, credentials).presign(
    {
      method: 'GET',
      protocol,
      hostname,
      ...(port && { port: Number(port) }),
      path: '/',
      headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    },
    { signingDate, expiresIn },
  );
  const search = new URLSearchParams(
    Object.entries({ ...query, ...more }).map(
      ([name, value]) => [name, String(value)] as [string, string],
    ),
  );
  const answer = await bench.recorder.service('s3', `/?${search}`, { unsigned: true });
  // The list names the account's buckets: only that it came is kept.
  if (answer.status === 200) {
    const request = { operation: 'ListBuckets', presigned: { signingDate, expiresIn } };
    bench.recorder.exchanges.splice(-1, 1, { request, answer: { status: 200 } });
  }
  return answer.status === 200 ? '200' : inShort(answer);
}

const sha256 = (value: string | Buffer): string => createHash('sha256').update(value).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

interface Upload {
  /** `STREAMING-AWS4-HMAC-SHA256-PAYLOAD`, or with `-TRAILER` behind it. */
  readonly type: string;
  readonly chunks: readonly string[];
  readonly spoil?: 'chunk' | 'trailer';
}

const wrong = (signature: string): string =>
  signature.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));

/**
 * Sends an object in chunks, each of which is signed with the signature before it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
async function upload(bench: Bench, { type, chunks, spoil }: Upload): Promise<string> {
  const { run, recorder } = bench;
  const { region } = run.place;
  const credentials = await run.clients.s3.config.credentials();
  const { protocol, hostname, port, host } = whereOf(bench);
  const path = `/${bucketOf(run)}/probe`;
  const data = Buffer.from(chunks.join(''));
  const isTrailed = type.endsWith('-TRAILER');
  const { headers } = await signerFor('s3', region, credentials).sign({
    method: 'PUT',
    protocol,
    hostname,
    ...(port && { port: Number(port) }),
    path,
    headers: {
      host,
      'content-encoding': 'aws-chunked',
      'x-amz-content-sha256': type,
      'x-amz-decoded-content-length': String(data.length),
      ...(isTrailed && { 'x-amz-trailer': 'x-amz-checksum-crc32' }),
    },
  });
  const date = headers['x-amz-date'] ?? '';
  const scope = [date.slice(0, 8), region, 's3', 'aws4_request'];
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  let [, before = ''] = /Signature=(\w+)/.exec(headers.authorization ?? '') ?? [];
  const signed = (kind: string, ...hashes: readonly string[]) => {
    const text = [`AWS4-HMAC-SHA256-${kind}`, date, scope.join('/'), before, ...hashes].join('\n');
    before = hmac(key, text).toString('hex');
    return before;
  };
  const parts = [...chunks, ''].map((chunk, index) => {
    const signature = signed('PAYLOAD', sha256(''), sha256(chunk));
    const sent = spoil === 'chunk' && index === 1 ? wrong(signature) : signature;
    const head = `${Buffer.byteLength(chunk).toString(16)};chunk-signature=${sent}\r\n`;
    return chunk === '' && isTrailed ? head : `${head}${chunk}\r\n`;
  });
  if (isTrailed) {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(data));
    const trailer = `x-amz-checksum-crc32:${sum.toString('base64')}`;
    const signature = signed('TRAILER', sha256(`${trailer}\n`));
    const sent = spoil === 'trailer' ? wrong(signature) : signature;
    parts.push(`${trailer}\r\nx-amz-trailer-signature:${sent}\r\n\r\n`);
  }
  const { host: _, ...rest } = headers;
  const request = { method: 'PUT', headers: rest, body: parts.join(''), unsigned: true };
  const answer = await recorder.service('s3', path, request);
  return answer.status === 200 ? '200' : inShort(answer);
}

const SIGNED = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
/** All chunks but the last have 8 KiB at least. */
const CHUNKS = ['a'.repeat(8_192), 'é'];

/** Signatures that no client of the SDK sends so. */
export const signatureProbes: readonly Probe[] = [
  {
    name: 'presigned',
    question: 'Is a presigned request good for as long as it says, and a week at most?',
    rows: ['cloudformation: presigned requests'],
    expected: {
      good: '200',
      over: '403 AccessDenied',
      'too long': '400 AuthorizationQueryParametersError',
    },
    async ask(bench) {
      const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
      const good = await presigned(bench, minutesAgo(1), 600);
      const over = await presigned(bench, minutesAgo(5), 60);
      // The signer makes none that is good for longer.
      const more = { 'X-Amz-Expires': '604801' };
      return { good, over, 'too long': await presigned(bench, minutesAgo(0), 604_800, more) };
    },
  },
  {
    name: 'signature-v2',
    question: 'Does S3 take a URL that is presigned with Signature Version 2?',
    rows: ['cloudformation: Signature Version 2'],
    expected: { answer: '404 NoSuchKey' },
    async ask({ run, recorder }) {
      const { accessKeyId, secretAccessKey } = await run.clients.s3.config.credentials();
      const Expires = String(Math.floor(Date.now() / 1000) + 600);
      const Signature = createHmac('sha1', secretAccessKey)
        .update(`GET\n\n\n${Expires}\n/${bucketOf(run)}/absent`)
        .digest('base64');
      const query = new URLSearchParams({ AWSAccessKeyId: accessKeyId, Expires, Signature });
      const path = `/${bucketOf(run)}/absent?${query}`;
      return { answer: inShort(await recorder.service('s3', path, { unsigned: true })) };
    },
  },
  {
    name: 'signed-chunks',
    question: "Is each chunk's signature verified, and a trailer's?",
    rows: ['cloudformation: uploads in signed chunks, with signed trailers or without'],
    expected: {
      chunks: '200',
      'a chunk spoilt': '403 SignatureDoesNotMatch',
      trailer: '200',
      'a trailer spoilt': '403 SignatureDoesNotMatch',
    },
    ask: (bench) =>
      withStack(bench, 'calls', async (stack) => {
        await emptyBucket(bench.run);
        requireStatus(await stack.create(bucketResource(bench.run)), 'CREATE_COMPLETE');
        return emptied(bench, async () => {
          const type = `${SIGNED}-TRAILER`;
          const chunks = CHUNKS;
          return {
            chunks: await upload(bench, { type: SIGNED, chunks }),
            'a chunk spoilt': await upload(bench, { type: SIGNED, chunks, spoil: 'chunk' }),
            trailer: await upload(bench, { type, chunks }),
            'a trailer spoilt': await upload(bench, { type, chunks, spoil: 'trailer' }),
          };
        });
      }),
  },
];
