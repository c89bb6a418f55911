/** Requests that a stage turns away before it looks at what they want. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
}

const SIGNATURE = { status: 403, code: 'INVALID_SIGNATURE' };
const DENIED = { status: 403, code: 'ACCESS_DENIED' };
const NO_KEY = { status: 403, code: 'INVALID_API_KEY' };

/** Of a stage with `authorization=AWS_IAM`, by what is wrong with the request. */
export const unsignedRefusals = {
  'no signature': { status: 403, code: 'MISSING_AUTHENTICATION_TOKEN' },
  'an API key in place of a signature': { status: 403, code: 'MISSING_AUTHENTICATION_TOKEN' },
  'no such path': { status: 403, code: 'MISSING_AUTHENTICATION_TOKEN' },
  'no such method': { status: 403, code: 'MISSING_AUTHENTICATION_TOKEN' },
  'a wrong secret': SIGNATURE,
  'a signature ten minutes old': SIGNATURE,
  'a signature of ten minutes from now': SIGNATURE,
  'a body that was changed': SIGNATURE,
  'a path that was changed': SIGNATURE,
  'a query that was changed': SIGNATURE,
  'a method that was changed': SIGNATURE,
  'a signature for another service': SIGNATURE,
  'a signature for another region': SIGNATURE,
  'an Authorization header that is none': SIGNATURE,
  'temporary credentials without their token': { status: 403, code: 'DEFAULT_4XX' },
  "temporary credentials with another's token": { status: 403, code: 'DEFAULT_4XX' },
  'a user who may only GET, putting': DENIED,
  'a user without permissions': DENIED,
  'a role that an explicit Deny stops': DENIED,
} as const satisfies Readonly<Record<string, Refusal>>;

/** Of a stage with `authorization=API_KEY`. */
export const keyRefusals = {
  'no key': NO_KEY,
  'a wrong key': NO_KEY,
  'a key that is disabled': NO_KEY,
  'more requests at once than throttleBurst': { status: 429, code: 'ThrottlingException' },
  'more requests in a day than quotaPerDay': { status: 429, code: 'LimitExceededException' },
} as const satisfies Readonly<Record<string, Refusal>>;

const UNAUTHORIZED = { status: 401, code: 'UNAUTHORIZED' };

/** Of a stage with `authorization=COGNITO` and scopes. */
export const tokenRefusals = {
  'no token': UNAUTHORIZED,
  'what is no token': UNAUTHORIZED,
  'a token that has expired': UNAUTHORIZED,
  'a token that somebody else signed': UNAUTHORIZED,
  "another pool's token": UNAUTHORIZED,
  'an ID token, which has no scopes': UNAUTHORIZED,
  'a token with other scopes': UNAUTHORIZED,
} as const satisfies Readonly<Record<string, Refusal>>;

/** Of a stage with `authorization=LAMBDA`. */
export const authorizerRefusals = {
  'nothing for the authorizer to look at': UNAUTHORIZED,
  'a caller whom the authorizer does not know': UNAUTHORIZED,
  'a caller whom the authorizer denies': DENIED,
  'a caller whom the authorizer does not allow this endpoint': DENIED,
  'an authorizer that fails': { status: 500, code: 'AUTHORIZER_CONFIGURATION_ERROR' },
} as const satisfies Readonly<Record<string, Refusal>>;

/** The title of a refusal's test. */
export const refusalTitle = ({ status, code }: Refusal, what: string): string =>
  `${status} ${code}: ${what}`;
