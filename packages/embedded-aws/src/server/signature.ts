import { createHmac } from 'node:crypto';
import { AwsError } from '../core/errors';
import type { HttpRequest } from '../core/http';
import { canonicalPath, canonicalRequest, sha256 } from './canonical-request';
import {
  areChunksSigned,
  type SeedSignature,
  SIGNED_CHUNKS,
  SIGNED_CHUNKS_AND_TRAILER,
} from './chunk-signatures';
import { scopeError, TERMINATOR } from './credential-error';
import type { CredentialScope } from './credentials';
import { sameText } from './same-text';
import { signatureError } from './signature-errors';
import { parseAuthorization, type SignatureParameters } from './signature-parameters';
import { verifyVersionTwo, versionTwoScope } from './signature-v2';

/** Inputs of the verification, besides the request. */
export interface VerifyOptions {
  /** The secret of an access key; undefined for unknown keys. */
  readonly secretFor: (accessKeyId: string) => string | undefined;
  /** True if an access key has expired; if absent, keys do not expire. */
  readonly isExpired?: (accessKeyId: string) => boolean;
  /** The session token that comes with temporary keys; undefined for long-term ones. */
  readonly sessionTokenFor?: (accessKeyId: string) => string | undefined;
  /** The service that must be signed for; any when absent. */
  readonly expectedService?: string;
  /** The region that must be signed for; any when absent. */
  readonly expectedRegion?: string;
  /** The clock. */
  readonly now?: Date;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const MINUTE = 60 * 1000;
const LONGEST_PRESIGNED = 604_800;

/**
 * Checks a request's Signature Version 4, in its Authorization header or its query, in the order in
 * which AWS does: the parameters, the time, the scope, the key, the signature. Of Version 2 it takes
 * presigned requests.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 * @throws AwsError with the code, status and text of the service that was called
 */
export function verifySignature(request: HttpRequest, options: VerifyOptions): CredentialScope {
  const versionTwo = versionTwoScope(request);
  if (versionTwo !== undefined && (options.expectedService ?? 's3') === 's3') {
    return verifyVersionTwo(request, versionTwo, options);
  }
  const parameters = parseAuthorization(request);
  const now = options.now ?? new Date();
  checkTime(request, parameters, now);
  checkSignedHeaders(request, parameters);
  const scope = checkScope(request, parameters, options);
  if (options.isExpired?.(scope.accessKeyId)) {
    throw signatureError('expired', request, scope.service);
  }
  const secret = options.secretFor(scope.accessKeyId);
  if (secret === undefined) throw signatureError('unknownKey', request, scope.service);
  checkToken(request, parameters, scope, options);
  const seed = seedOf(request, parameters, scope, secret);
  if (!sameText(seed.signature, parameters.signature) || !isBodySigned(request, scope, seed)) {
    throw signatureError('mismatch', request, scope.service);
  }
  return scope;
}

/** `20261122T101530Z` as a Date, or undefined. */
function parseTime(text: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

const basicFormat = (date: Date): string => date.toISOString().replace(/[-:]|\.\d{3}/g, '');

function checkTime(request: HttpRequest, parameters: SignatureParameters, now: Date): void {
  const { timestamp, service, isPresigned } = parameters;
  const signed = parseTime(timestamp);
  if (signed === undefined) {
    throw signatureError(
      'incomplete',
      request,
      service,
      `Date must be in ISO-8601 'basic format'. Got '${timestamp}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  const minutes = service === 's3' ? 15 : 5;
  const skew = minutes * MINUTE;
  if (signed.getTime() > now.getTime() + skew) {
    const limit = basicFormat(new Date(now.getTime() + skew));
    throw skewed(
      request,
      service,
      `Signature not yet current: ${timestamp} is still later than ${limit} (${basicFormat(now)} + ${minutes} min.)`,
    );
  }
  if (isPresigned) {
    checkExpiry(request, parameters, signed, now);
  } else if (signed.getTime() < now.getTime() - skew) {
    throw skewed(request, service, expired(timestamp, now, minutes));
  }
}

function expired(timestamp: string, now: Date, minutes: number): string {
  const limit = basicFormat(new Date(now.getTime() - minutes * MINUTE));
  return `Signature expired: ${timestamp} is now earlier than ${limit} (${basicFormat(now)} - ${minutes} min.)`;
}

function skewed(request: HttpRequest, service: string | undefined, message: string): AwsError {
  const text =
    service === 's3'
      ? 'The difference between the request time and the current time is too large.'
      : message;
  return signatureError('skew', request, service, text);
}

function checkExpiry(
  request: HttpRequest,
  { expires, service, timestamp }: SignatureParameters,
  signed: Date,
  now: Date,
): void {
  const seconds = /^\d{1,7}$/.test(expires) ? Number(expires) : Number.NaN;
  if (!(seconds >= 1 && seconds <= LONGEST_PRESIGNED)) {
    throw new AwsError(
      'AuthorizationQueryParametersError',
      seconds > LONGEST_PRESIGNED
        ? 'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds'
        : 'X-Amz-Expires should be a number',
    );
  }
  const end = signed.getTime() + seconds * 1000;
  if (end > now.getTime()) return;
  if (service === 's3') throw new AwsError('AccessDenied', 'Request has expired', { status: 403 });
  throw signatureError(
    'skew',
    request,
    service,
    `Signature expired: ${timestamp} is now earlier than ${basicFormat(now)} (${basicFormat(new Date(end))} expired)`,
  );
}

function checkSignedHeaders(request: HttpRequest, parameters: SignatureParameters): void {
  const { signedHeaders, service, isPresigned } = parameters;
  if (!signedHeaders.includes('host') && !signedHeaders.includes(':authority')) {
    throw signatureError(
      'mismatch',
      request,
      service,
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  }
  if (service !== 's3' || isPresigned) return;
  const unsigned = Object.keys(request.headers).filter(
    (name) => name.startsWith('x-amz-') && !signedHeaders.includes(name),
  );
  if (unsigned.length > 0) {
    throw new AwsError(
      'AccessDenied',
      'There were headers present in the request which were not signed',
      { status: 403, details: { HeadersNotSigned: unsigned.join(', ') } },
    );
  }
}

/** All faults of the scope are reported at once. */
function checkScope(
  request: HttpRequest,
  parameters: SignatureParameters,
  { expectedRegion, expectedService }: VerifyOptions,
): CredentialScope {
  const { algorithm } = parameters;
  if (algorithm !== ALGORITHM) {
    throw signatureError(
      'incomplete',
      request,
      parameters.service,
      `Unsupported AWS 'algorithm': '${algorithm}' (only ${ALGORITHM} for now). `,
    );
  }
  const error = scopeError(request, parameters, {
    region: expectedRegion,
    service: expectedService,
  });
  if (error !== undefined) throw error;
  const [accessKeyId = '', , region = '', service = ''] = parameters.credential.split('/');
  return { accessKeyId, region, service };
}

function checkToken(
  request: HttpRequest,
  { token }: SignatureParameters,
  { accessKeyId, service }: CredentialScope,
  { sessionTokenFor }: VerifyOptions,
): void {
  const expected = sessionTokenFor?.(accessKeyId);
  if (expected !== undefined && !sameText(expected, token ?? '')) {
    throw signatureError('badToken', request, service);
  }
}

/** The signature that a request should have, and the inputs for those of its chunks. */
function seedOf(
  request: HttpRequest,
  parameters: SignatureParameters,
  { region, service }: CredentialScope,
  secret: string,
): SeedSignature {
  const { timestamp, signedHeaders } = parameters;
  const day = timestamp.slice(0, 8);
  const scope = `${day}/${region}/${service}/${TERMINATOR}`;
  const canonical = canonicalRequest(
    request,
    signedHeaders,
    canonicalPath(request.path, service),
    payloadHash(request, service, parameters.isPresigned),
  );
  const text = [ALGORITHM, timestamp, scope, sha256(canonical)].join('\n');
  const key = [day, region, service, TERMINATOR].reduce<Buffer>(
    (parent, part) => createHmac('sha256', parent).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  const signature = createHmac('sha256', key).update(text).digest('hex');
  return { key, timestamp, scope, signature };
}

/** The request's own signature does not cover a body in signed chunks. */
function isBodySigned(
  { headers, body }: HttpRequest,
  { service }: CredentialScope,
  seed: SeedSignature,
): boolean {
  const stated = headers['x-amz-content-sha256'] ?? '';
  if (service !== 's3' || !CHUNKS.includes(stated)) return true;
  return areChunksSigned(body, seed, stated === SIGNED_CHUNKS_AND_TRAILER);
}

const UNSIGNED = 'UNSIGNED-PAYLOAD';
/** Unsigned chunks; S3 checks their trailers. */
const UNSIGNED_CHUNKS = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
const CHUNKS: readonly string[] = [SIGNED_CHUNKS, SIGNED_CHUNKS_AND_TRAILER];

/** The payload hash in the signature. Only S3 lets a client leave the body unsigned. */
function payloadHash(
  { headers, body }: HttpRequest,
  service: string,
  isPresigned: boolean,
): string {
  const stated = headers['x-amz-content-sha256'];
  if (service !== 's3') return sha256(body);
  if (stated === undefined) return isPresigned ? UNSIGNED : sha256(body);
  if ([UNSIGNED, UNSIGNED_CHUNKS, ...CHUNKS].includes(stated)) return stated;
  if (stated.startsWith('STREAMING-')) {
    throw new AwsError(
      'NotImplemented',
      `The embedded AWS does not verify the signatures of chunks (${stated}).`,
      { status: 501 },
    );
  }
  if (stated !== sha256(body)) {
    throw new AwsError(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  return stated;
}
