import type { Endpoint } from '../endpoints/shared/endpoint';
import { takesBody } from '../endpoints/shared/good-request';

/** An error that the API may return. */
export interface ErrorRow {
  /** The envelope's `code`. */
  readonly code: string;
  readonly status: number;
  /** Its origin: Kinesis, or API Gateway before or instead of calling Kinesis. */
  readonly from: 'Kinesis' | 'gateway' | 'either';
  /** When it is returned, for the documentation. */
  readonly when: string;
  /**
   * The endpoints that may return it: all, those that accept a body, or those that list its code.
   */
  readonly of: 'all' | 'bodies' | 'listed';
  /**
   * Set where the answer is API Gateway's own, which no API customizes: a message alone, without the
   * envelope and this service's headers. The code stands in no answer then.
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
   */
  readonly isBare?: true;
  /** Set where only an authorizer answers so: stages and streams without one do not. */
  readonly isAuthorizers?: true;
}

/**
 * Every error of the API. An endpoint lists the errors that the API reference has for its action,
 * besides those common to all actions. templates/Error.response.vtl sets the status.
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Operations.html
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/CommonErrors.html
 */
const table = [
  {
    code: 'ValidationException',
    status: 400,
    from: 'either',
    when: 'a parameter or a member of the body is missing, mistyped or out of bounds, or the body is not JSON',
    of: 'all',
  },
  {
    code: 'SerializationException',
    status: 400,
    from: 'Kinesis',
    when: 'a value is not of the type that Kinesis takes: text for a number, data that is not base64',
    of: 'listed',
  },
  {
    code: 'InvalidArgumentException',
    status: 400,
    from: 'Kinesis',
    when: 'a value is well formed but Kinesis cannot use it: an iterator or token it never returned, a hash key or a time out of range',
    of: 'all',
  },
  {
    code: 'ExpiredNextTokenException',
    status: 400,
    from: 'Kinesis',
    when: 'the `next-token` is older than five minutes',
    of: 'listed',
  },
  {
    code: 'ExpiredIteratorException',
    status: 400,
    from: 'Kinesis',
    when: 'the shard iterator is older than five minutes',
    of: 'listed',
  },
  {
    code: 'KMSDisabledException',
    status: 400,
    from: 'Kinesis',
    when: "the stream's encryption key is disabled",
    of: 'listed',
  },
  {
    code: 'KMSInvalidStateException',
    status: 400,
    from: 'Kinesis',
    when: "the state of the stream's encryption key does not allow using it",
    of: 'listed',
  },
  {
    code: 'KMSNotFoundException',
    status: 400,
    from: 'Kinesis',
    when: "the stream's encryption key does not exist",
    of: 'listed',
  },
  {
    code: 'KMSOptInRequired',
    status: 400,
    from: 'Kinesis',
    when: 'the account has no access to KMS',
    of: 'listed',
  },
  {
    code: 'UNAUTHORIZED',
    status: 401,
    from: 'gateway',
    when: 'the token is missing, malformed, expired, of another user pool, of the wrong kind or without the scope, or the authorizer does not know the caller',
    of: 'all',
    isAuthorizers: true,
  },
  {
    code: 'AccessDeniedException',
    status: 403,
    from: 'Kinesis',
    when: "the API's role may not do this to the stream: it is outside the parameter `streams`",
    of: 'all',
  },
  {
    code: 'KMSAccessDeniedException',
    status: 403,
    from: 'Kinesis',
    when: "the API's role may not use the stream's encryption key",
    of: 'listed',
  },
  {
    code: 'MISSING_AUTHENTICATION_TOKEN',
    status: 403,
    from: 'gateway',
    when: 'the request is not signed, or there is no such path or method',
    of: 'all',
  },
  {
    code: 'INVALID_SIGNATURE',
    status: 403,
    from: 'gateway',
    when: 'the signature does not match the request: wrong secret, wrong scope, expired, or the request was changed in transit',
    of: 'all',
  },
  {
    code: 'DEFAULT_4XX',
    status: 403,
    from: 'gateway',
    when: 'the session token of temporary credentials is missing or belongs to others',
    of: 'all',
  },
  {
    code: 'ACCESS_DENIED',
    status: 403,
    from: 'gateway',
    when: 'the identity that signed may not call this endpoint, or the authorizer denies it',
    of: 'all',
  },
  {
    code: 'INVALID_API_KEY',
    status: 403,
    from: 'gateway',
    when: 'the API key is missing, unknown or disabled, on a stage that requires one',
    of: 'all',
  },
  {
    code: 'ResourceNotFoundException',
    status: 404,
    from: 'Kinesis',
    when: 'there is no such stream, or no such shard in it',
    of: 'listed',
  },
  {
    code: 'ResourceInUseException',
    status: 409,
    from: 'Kinesis',
    when: 'a stream of that name already exists, or its state does not allow this',
    of: 'listed',
  },
  {
    code: 'REQUEST_TOO_LARGE',
    status: 413,
    from: 'gateway',
    when: 'the body is larger than 10 MiB',
    of: 'bodies',
    isBare: true,
  },
  {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    status: 415,
    from: 'gateway',
    when: 'the content type is neither `application/json` nor `application/x-amz-json-1.1`',
    of: 'all',
  },
  {
    code: 'ProvisionedThroughputExceededException',
    status: 429,
    from: 'Kinesis',
    when: 'a shard has taken or returned as much as it can in this second',
    of: 'listed',
  },
  {
    code: 'KMSThrottlingException',
    status: 429,
    from: 'Kinesis',
    when: 'KMS gets more requests than it takes',
    of: 'listed',
  },
  {
    code: 'LimitExceededException',
    status: 429,
    from: 'either',
    when: "a limit of the Kinesis account, or the API key's quota (then `Retry-After` is an hour)",
    of: 'all',
  },
  {
    code: 'ThrottlingException',
    status: 429,
    from: 'either',
    when: 'more requests a second than the stage (`throttleRate`, `throttleBurst`) or Kinesis takes',
    of: 'all',
  },
  {
    code: 'AUTHORIZER_CONFIGURATION_ERROR',
    status: 500,
    from: 'gateway',
    when: 'the authorizer failed, took too long, or could not be called',
    of: 'all',
    isAuthorizers: true,
  },
  {
    code: 'API_CONFIGURATION_ERROR',
    status: 500,
    from: 'gateway',
    when: "Kinesis's answer is larger than API Gateway's 10 MiB: read with a `limit`",
    of: 'all',
  },
  {
    code: 'InternalFailure',
    status: 502,
    from: 'Kinesis',
    when: 'Kinesis failed',
    of: 'all',
  },
  {
    code: 'InternalFailureException',
    status: 502,
    from: 'Kinesis',
    when: 'Kinesis failed; actions that read and write records return this code',
    of: 'listed',
  },
  {
    code: 'BadGateway',
    status: 502,
    from: 'gateway',
    when: 'the answer did not come from Kinesis',
    of: 'all',
  },
  {
    code: 'ServiceUnavailable',
    status: 503,
    from: 'Kinesis',
    when: 'Kinesis cannot take requests at the moment',
    of: 'all',
  },
  {
    code: 'INTEGRATION_TIMEOUT',
    status: 504,
    from: 'gateway',
    when: 'Kinesis did not answer within 29 seconds; whether it acted is not known',
    of: 'all',
  },
] as const satisfies readonly ErrorRow[];

/** The codes that endpoints list. */
export type ErrorCode = Extract<(typeof table)[number], { of: 'listed' }>['code'];

export const errors: readonly ErrorRow[] = table;

/** True unless the answer is API Gateway's own. */
export const hasEnvelope = (code: string): boolean =>
  errors.every((row) => row.code !== code || row.isBare === undefined);

/** Errors of actions that encrypt or decrypt records. */
export const KMS_ERRORS = [
  'KMSDisabledException',
  'KMSInvalidStateException',
  'KMSNotFoundException',
  'KMSOptInRequired',
  'KMSAccessDeniedException',
  'KMSThrottlingException',
] as const satisfies readonly ErrorCode[];

/** The errors that an endpoint may return, in the order of the table. */
export function errorsOf(endpoint: Pick<Endpoint, 'errors' | 'requests'>): ErrorRow[] {
  const listed: readonly string[] = endpoint.errors;
  return errors.filter(
    ({ code, of }) =>
      of === 'all' || (of === 'bodies' ? takesBody(endpoint) : listed.includes(code)),
  );
}

/** Statuses after which clients may retry; the answer has `Retry-After`. */
export const RETRY_AFTER_STATUSES: readonly number[] = [429, 503];
