import { AwsError } from '../core/errors';
import type { HttpRequest } from '../core/http';
import { type DialectName, dialectOf } from './dialect';

/** The ways in which a signature can be wrong that have a code of their own. */
const SIGNATURE_FAULTS = [
  'missing',
  'incomplete',
  'mismatch',
  'skew',
  'unknownKey',
  'badToken',
  'expired',
] as const;
export type SignatureFault = (typeof SIGNATURE_FAULTS)[number];

/** Error codes of the faults in a service's protocol. */
type Dialect = Readonly<Record<SignatureFault, readonly [code: string, status: number]>>;

/** AWS JSON and REST-JSON differ in the status only. */
const json = (status: number): Dialect => ({
  missing: ['MissingAuthenticationTokenException', status],
  incomplete: ['IncompleteSignatureException', status],
  mismatch: ['InvalidSignatureException', status],
  skew: ['InvalidSignatureException', status],
  unknownKey: ['UnrecognizedClientException', status],
  badToken: ['UnrecognizedClientException', status],
  expired: ['ExpiredTokenException', status],
});

const DIALECTS = {
  json: json(400),
  rest: json(403),
  query: {
    missing: ['MissingAuthenticationToken', 403],
    incomplete: ['IncompleteSignature', 400],
    mismatch: ['SignatureDoesNotMatch', 403],
    skew: ['SignatureDoesNotMatch', 403],
    unknownKey: ['InvalidClientTokenId', 403],
    badToken: ['InvalidClientTokenId', 403],
    expired: ['ExpiredToken', 403],
  },
  s3: {
    missing: ['AccessDenied', 403],
    incomplete: ['AuthorizationHeaderMalformed', 400],
    mismatch: ['SignatureDoesNotMatch', 403],
    skew: ['RequestTimeTooSkewed', 403],
    unknownKey: ['InvalidAccessKeyId', 403],
    badToken: ['InvalidToken', 400],
    expired: ['ExpiredToken', 400],
  },
} as const satisfies Record<DialectName, Dialect>;

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const INVALID_TOKEN = 'The security token included in the request is invalid.';

/** Texts that do not depend on the request. S3 has its own. */
const TEXTS = {
  missing: { default: 'Missing Authentication Token', s3: 'Access Denied' },
  mismatch: {
    default: MISMATCH,
    s3: 'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  },
  unknownKey: {
    default: INVALID_TOKEN,
    s3: 'The AWS Access Key Id you provided does not exist in our records.',
  },
  badToken: {
    default: INVALID_TOKEN,
    s3: 'The provided token is malformed or otherwise invalid.',
  },
  expired: {
    default: 'The security token included in the request is expired',
    s3: 'The provided token has expired.',
  },
} as const;

/**
 * A signature fault in the words of the service that was called.
 * @param service the credential scope's, when it is known
 * @param message for faults whose text depends on the request
 */
export function signatureError(
  fault: SignatureFault,
  request: HttpRequest,
  service: string | undefined,
  message?: string,
): AwsError {
  const name = dialectOf(request, service);
  const [code, status] = DIALECTS[name][fault];
  const texts = Object.hasOwn(TEXTS, fault) ? TEXTS[fault as keyof typeof TEXTS] : undefined;
  const text = message ?? texts?.[name === 's3' ? 's3' : 'default'] ?? MISMATCH;
  return new AwsError(code, text, { status });
}
