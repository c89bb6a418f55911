import { createHmac } from 'node:crypto';
import { AwsError } from '../core/errors';
import type { HttpRequest } from '../core/http';
import type { CredentialScope } from './credentials';
import { sameText } from './same-text';
import type { VerifyOptions } from './signature';
import { signatureError } from './signature-errors';

// Presigned URLs of Signature Version 2: what boto3 and the AWS CLI make by default for S3 in us-east-1.
// S3 takes them there, for new buckets too (L, 21-02-2026; boto/botocore#3791).

const REGION = 'us-east-1';

/** The parameters that make a presigned URL. */
const PARAMETERS = ['AWSAccessKeyId', 'Expires', 'Signature'] as const;

/**
 * Parameters that are part of what is signed.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
 */
const SIGNED_PARAMETERS: ReadonlySet<string> = new Set([
  ...['acl', 'cors', 'delete', 'lifecycle', 'location', 'logging', 'notification'],
  ...['partNumber', 'policy', 'requestPayment', 'restore', 'tagging', 'torrent'],
  ...['uploadId', 'uploads', 'versionId', 'versioning', 'versions', 'website'],
  ...['response-cache-control', 'response-content-disposition', 'response-content-encoding'],
  ...['response-content-language', 'response-content-type', 'response-expires'],
]);

/** The scope of a request that is presigned with Signature Version 2; undefined for others. */
export function versionTwoScope({ query, headers }: HttpRequest): CredentialScope | undefined {
  if (headers.authorization !== undefined || !query.includes('AWSAccessKeyId=')) return undefined;
  const accessKeyId = new URLSearchParams(query).get('AWSAccessKeyId');
  return accessKeyId === null ? undefined : { accessKeyId, region: REGION, service: 's3' };
}

/** @throws AwsError in S3's words */
export function verifyVersionTwo(
  request: HttpRequest,
  scope: CredentialScope,
  { secretFor, isExpired, sessionTokenFor, now = new Date() }: VerifyOptions,
): CredentialScope {
  const query = new URLSearchParams(request.query);
  const [, expires, signature] = PARAMETERS.map((name) => query.get(name));
  if (!expires || !signature || !scope.accessKeyId) {
    throw denied(
      'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
    );
  }
  if (!/^\d{1,15}$/.test(expires)) {
    throw denied(`Invalid date (should be seconds since epoch): ${expires}`);
  }
  const end = new Date(Number(expires) * 1000);
  if (end < now) {
    throw denied('Request has expired', {
      Expires: end.toISOString().replace(/\.\d{3}/, ''),
      ServerTime: now.toISOString().replace(/\.\d{3}/, ''),
    });
  }
  if (isExpired?.(scope.accessKeyId)) throw signatureError('expired', request, 's3');
  const secret = secretFor(scope.accessKeyId);
  if (secret === undefined) throw signatureError('unknownKey', request, 's3');
  const token = sessionTokenFor?.(scope.accessKeyId);
  const given = query.get('x-amz-security-token') ?? request.headers['x-amz-security-token'];
  if (token !== undefined && !sameText(token, given ?? '')) {
    throw signatureError('badToken', request, 's3');
  }
  const isSigned = signedPaths(request.path).some((path) => {
    const text = signedText({ ...request, path }, query, expires);
    return sameText(createHmac('sha1', secret).update(text).digest('base64'), signature);
  });
  if (!isSigned) throw signatureError('mismatch', request, 's3');
  return scope;
}

const denied = (message: string, details: Readonly<Record<string, string>> = {}) =>
  new AwsError('AccessDenied', message, { status: 403, details });

/** Clients sign a bucket's path with the slash that they do not send. */
const signedPaths = (path: string): readonly string[] =>
  /^\/[^/]+$/.test(path) ? [`${path}/`, path] : [path];

function signedText(
  { method, path, headers }: HttpRequest,
  query: URLSearchParams,
  expires: string,
): string {
  // boto3 puts the headers into the query, too.
  const header = (name: string) => headers[name] ?? query.get(name) ?? '';
  const amazon = new Map(
    [...Object.entries(headers), ...query]
      .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
      .filter(([name]) => name.startsWith('x-amz-')),
  );
  const parameters = [...query]
    .filter(([name]) => SIGNED_PARAMETERS.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  return [
    method,
    header('content-md5'),
    header('content-type'),
    expires,
    ...[...amazon].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}:${value}`),
    parameters.length === 0 ? path : `${path}?${parameters.join('&')}`,
  ].join('\n');
}
