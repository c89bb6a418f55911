import { SignatureV4 } from '@smithy/signature-v4';
import { AwsError } from '../../src/core/errors';
import type { HttpRequest } from '../../src/core/http';
import { httpRequest } from '../../src/in-process';
import { type VerifyOptions, verifySignature } from '../../src/server/signature';
import { Sha256 } from '../support/sha256';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
export const KEY = 'AKIAIOSFODNN7EXAMPLE';
const NOW = new Date('2026-11-22T10:15:30Z');
/** That time of the day of `options`. */
export const at = (time: string) => new Date(`2026-11-22T${time}Z`);

/** A verifier that knows one key, at 10:15:30. */
export const options: VerifyOptions = {
  secretFor: (accessKeyId) => (accessKeyId === KEY ? SECRET : undefined),
  now: NOW,
};

/** A request before it is signed; left out, it is an empty POST to the root. */
export interface Plain {
  method?: string;
  path?: string;
  query?: Record<string, string | string[]>;
  headers?: Record<string, string>;
  body?: string;
  protocol?: string;
}

/** Options of a signature; `presignFor` (seconds) puts it into the query. */
export interface Signing {
  service?: string;
  token?: string;
  date?: Date;
  presignFor?: number;
}

/** A request as the SDK's own signer signs it. */
export async function signed(
  {
    method = 'POST',
    path = '/',
    query = {},
    headers = {},
    body = '',
    protocol = 'HTTP/1.1',
  }: Plain,
  { service = 'kinesis', token, date = NOW, presignFor }: Signing = {},
): Promise<HttpRequest> {
  const signer = new SignatureV4({
    service,
    region: 'us-east-1',
    credentials: {
      accessKeyId: KEY,
      secretAccessKey: SECRET,
      ...(token && { sessionToken: token }),
    },
    sha256: Sha256 as never,
    uriEscapePath: service !== 's3',
  });
  const request = {
    method,
    path,
    query,
    headers: { host: '127.0.0.1:4566', ...headers },
    body,
    protocol: 'http:',
    hostname: '127.0.0.1',
  };
  const result =
    presignFor === undefined
      ? await signer.sign(request, { signingDate: date })
      : await signer.presign(request, { signingDate: date, expiresIn: presignFor });
  return { ...(await httpRequest(result)), protocol };
}

/** Headers of the JSON protocol. */
export const json = {
  'x-amz-target': 'Kinesis_20131202.PutRecord',
  'content-type': 'application/x-amz-json-1.1',
};
/** Headers of the query protocol. */
export const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** The error with which a request is rejected. @throws if it is accepted */
export function fault(request: HttpRequest, more: Partial<VerifyOptions> = {}): AwsError {
  try {
    verifySignature(request, { ...options, ...more });
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  throw new Error('the signature was accepted');
}
