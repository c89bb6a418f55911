import { AwsError } from '../core/errors';
import type { HttpRequest } from '../core/http';
import { sha256 } from './canonical-request';
import { signatureError } from './signature-errors';

/** The parameters of a request's signature, not yet verified. */
export interface SignatureParameters {
  readonly isPresigned: boolean;
  readonly algorithm: string;
  /** `keyid/date/region/service/aws4_request` */
  readonly credential: string;
  /** The credential's service, if it has one; it decides the wording of errors. */
  readonly service: string | undefined;
  /** Lower-cased, in the order in which they were signed. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** The time of signing, `20261122T101530Z`. */
  readonly timestamp: string;
  /** Lifetime of a presigned request in seconds; empty in a header. */
  readonly expires: string;
  readonly token: string | undefined;
}

const PRESIGNED_PARAMETERS = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
  'X-Amz-Date',
] as const;

/**
 * Reads a signature out of the Authorization header or the query.
 * @throws AwsError for a request without one (`Missing Authentication Token`), or with parts missing
 */
export function parseAuthorization(request: HttpRequest): SignatureParameters {
  const { authorization } = request.headers;
  requireOnePlace(request);
  if (authorization !== undefined) return parseHeader(request, authorization);
  const query = new URLSearchParams(request.query);
  const isPresigned = isInQuery(query);
  if (query.has('AWSAccessKeyId')) throw versionTwo();
  if (!isPresigned) throw signatureError('missing', request, undefined);
  return parseQuery(request, query);
}

/**
 * The algorithm alone shows a signature in the query; S3 goes by any of its parameters.
 * Recorded for Kinesis by kinesalite's test/connection.js.
 */
function isInQuery(query: URLSearchParams): boolean {
  if (query.has('X-Amz-Algorithm')) return true;
  const isS3 = serviceOf(query.get('X-Amz-Credential') ?? undefined) === 's3';
  return isS3 && PRESIGNED_PARAMETERS.some((name) => query.has(name));
}

/**
 * Refuses a request with a signature both in its header and in its query.
 * @throws AwsError
 */
export function requireOnePlace(request: HttpRequest): void {
  if (request.query === '' || request.headers.authorization === undefined) return;
  if (!new URLSearchParams(request.query).has('X-Amz-Algorithm')) return;
  if (/Credential=[^,]*\/s3\//.test(request.headers.authorization)) {
    throw new AwsError(
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    );
  }
  throw signatureError(
    'mismatch',
    request,
    undefined,
    "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
  );
}

/** The embedded AWS takes Signature Version 2 in presigned URLs only, as clients of today make them. */
const versionTwo = (): AwsError =>
  new AwsError(
    'InvalidRequest',
    'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
  );

const serviceOf = (credential: string | undefined): string | undefined => credential?.split('/')[3];

const namesIn = (signedHeaders: string): string[] => signedHeaders.toLowerCase().split(';');

function parseHeader(request: HttpRequest, authorization: string): SignatureParameters {
  const [algorithm = '', ...rest] = authorization.trim().split(/\s+/);
  if (algorithm === 'AWS') throw versionTwo();
  const parts = readParts(request, authorization, rest.join(' '));
  const { Credential: credential, Signature: signature, SignedHeaders: signedHeaders } = parts;
  const service = serviceOf(credential);
  const timestamp = request.headers['x-amz-date'] ?? dateHeader(request);
  const problems = [
    ...['Credential', 'Signature', 'SignedHeaders']
      .filter((name) => !parts[name])
      .map((name) => `Authorization header requires '${name}' parameter. `),
    ...(timestamp === undefined
      ? ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "]
      : []),
  ];
  if (!credential || !signature || !signedHeaders || timestamp === undefined) {
    throw signatureError(
      'incomplete',
      request,
      service,
      `${problems.join('')}(Hashed with SHA-256 and encoded with Base64) Authorization=${hashed(authorization)}`,
    );
  }
  return {
    isPresigned: false,
    algorithm,
    credential,
    service,
    signedHeaders: namesIn(signedHeaders),
    signature,
    timestamp,
    expires: '',
    token: request.headers['x-amz-security-token'],
  };
}

/** AWS shows a header's hash, so that no secret ends up in logs. */
const hashed = (authorization: string): string =>
  Buffer.from(sha256(authorization), 'hex').toString('base64');

/** `Credential=…, SignedHeaders=…, Signature=…`, with commas, spaces or both between. */
function readParts(
  request: HttpRequest,
  authorization: string,
  text: string,
): Readonly<Record<string, string>> {
  const parts = text.split(/[,\s]+/).filter((part) => part !== '');
  if (parts.some((part) => !part.includes('='))) {
    throw signatureError(
      'incomplete',
      request,
      undefined,
      `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hashed(authorization)}'.`,
    );
  }
  return Object.fromEntries(
    parts.map((part) => {
      const mark = part.indexOf('=');
      return [part.slice(0, mark), part.slice(mark + 1)];
    }),
  );
}

/** The Date header in the basic format; unchanged when it cannot be parsed. */
function dateHeader({ headers }: HttpRequest): string | undefined {
  const time = Date.parse(headers.date ?? '');
  return Number.isNaN(time)
    ? headers.date
    : new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function parseQuery(request: HttpRequest, query: URLSearchParams): SignatureParameters {
  const [algorithm, credential, signature, signedHeaders, timestamp] = PRESIGNED_PARAMETERS.map(
    (name) => query.get(name) ?? '',
  );
  const service = serviceOf(credential);
  const missing = PRESIGNED_PARAMETERS.filter((name) => !query.get(name));
  if (!algorithm || !credential || !signature || !signedHeaders || !timestamp) {
    const texts = missing.map((name) => `AWS query-string parameters must include '${name}'. `);
    throw signatureError(
      'incomplete',
      request,
      service,
      `${texts.join('')}Re-examine the query-string parameters.`,
    );
  }
  return {
    isPresigned: true,
    algorithm,
    credential,
    service,
    signedHeaders: namesIn(signedHeaders),
    signature,
    timestamp,
    // Services other than S3 accept presigned requests without a lifetime.
    expires: query.get('X-Amz-Expires') ?? (service === 's3' ? '' : '300'),
    token: query.get('X-Amz-Security-Token') ?? undefined,
  };
}
