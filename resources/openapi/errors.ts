import { type Action, routes } from '../routes';

/** One error that clients may get. */
export interface ErrorRow {
  /** The envelope's `code`. */
  readonly code: string;
  readonly status: number;
  /** Who says it: Kinesis, or API Gateway before Kinesis is called or in its place. */
  readonly from: 'Kinesis' | 'gateway' | 'either';
  /** When it is given, in the documentation's words. */
  readonly when: string;
  /** The routes that may give it. */
  readonly actions: readonly Action[];
}

const ALL: readonly Action[] = routes.map(({ action }) => action);
const except = (...left: readonly Action[]) => ALL.filter((action) => !left.includes(action));

const BODIES = ['CreateStream', 'PutRecord', 'PutRecords'] as const satisfies readonly Action[];
const DATA = [
  'PutRecord',
  'PutRecords',
  'GetShardIterator',
  'GetRecords',
] as const satisfies readonly Action[];
/** The actions that encrypt or decrypt. */
const ENCRYPTING = ['PutRecord', 'PutRecords', 'GetRecords'] as const satisfies readonly Action[];

/**
 * Every error of the API. Which of Kinesis's errors an action gives is what its page in the API
 * reference lists, and what that reference calls common to all; the status is the one that
 * templates/Error.response.vtl makes of it.
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Operations.html
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/CommonErrors.html
 */
export const errors: readonly ErrorRow[] = [
  {
    code: 'ValidationException',
    status: 400,
    from: 'either',
    when: 'a parameter or a member of the body is missing, mistyped or out of bounds, or the body is no JSON',
    actions: ALL,
  },
  {
    code: 'SerializationException',
    status: 400,
    from: 'Kinesis',
    when: 'a value is of another type than Kinesis takes: text for a number, data that is no base64',
    actions: except('DeleteStream'),
  },
  {
    code: 'InvalidArgumentException',
    status: 400,
    from: 'Kinesis',
    when: 'a value is well formed and still none that Kinesis can use: an iterator or token it never gave, a hash key or a time out of range',
    actions: ALL,
  },
  {
    code: 'ExpiredNextTokenException',
    status: 400,
    from: 'Kinesis',
    when: 'the `next-token` is older than five minutes',
    actions: ['ListStreams', 'ListShards'],
  },
  {
    code: 'ExpiredIteratorException',
    status: 400,
    from: 'Kinesis',
    when: 'the shard iterator is older than five minutes',
    actions: ['GetRecords'],
  },
  ...[
    ['KMSDisabledException', "the stream's encryption key is disabled"],
    ['KMSInvalidStateException', "the stream's encryption key is in no state to be used"],
    ['KMSNotFoundException', "the stream's encryption key is not there"],
    ['KMSOptInRequired', 'the account has no access to KMS'],
  ].map(([code = '', when = '']) => ({
    code,
    status: 400,
    from: 'Kinesis' as const,
    when,
    actions: ENCRYPTING,
  })),
  {
    code: 'AccessDeniedException',
    status: 403,
    from: 'Kinesis',
    when: "the API's role may not do this to the stream: it is outside the parameter `streams`",
    actions: ALL,
  },
  {
    code: 'KMSAccessDeniedException',
    status: 403,
    from: 'Kinesis',
    when: "the API's role may not use the stream's encryption key",
    actions: ENCRYPTING,
  },
  {
    code: 'MISSING_AUTHENTICATION_TOKEN',
    status: 403,
    from: 'gateway',
    when: 'the request is not signed, or there is no such path or method',
    actions: ALL,
  },
  {
    code: 'INVALID_SIGNATURE',
    status: 403,
    from: 'gateway',
    when: 'the signature is not that of the request: wrong secret, wrong scope, too old, or changed on its way',
    actions: ALL,
  },
  {
    code: 'DEFAULT_4XX',
    status: 403,
    from: 'gateway',
    when: 'the session token of temporary credentials is missing or not theirs',
    actions: ALL,
  },
  {
    code: 'ACCESS_DENIED',
    status: 403,
    from: 'gateway',
    when: 'whoever signed may not call this route',
    actions: ALL,
  },
  {
    code: 'INVALID_API_KEY',
    status: 403,
    from: 'gateway',
    when: 'the API key is missing, unknown or disabled, on a stage that asks for one',
    actions: ALL,
  },
  {
    code: 'ResourceNotFoundException',
    status: 404,
    from: 'Kinesis',
    when: 'there is no such stream, or no such shard in it',
    actions: except('ListStreams', 'CreateStream'),
  },
  {
    code: 'ResourceInUseException',
    status: 409,
    from: 'Kinesis',
    when: 'a stream of that name is there already, or is in a state in which this cannot be done',
    actions: ['CreateStream', 'DeleteStream', 'ListShards'],
  },
  {
    code: 'REQUEST_TOO_LARGE',
    status: 413,
    from: 'gateway',
    when: 'the body is larger than 10 MiB',
    actions: BODIES,
  },
  {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    status: 415,
    from: 'gateway',
    when: 'the content type is neither `application/json` nor `application/x-amz-json-1.1`',
    actions: ALL,
  },
  {
    code: 'ProvisionedThroughputExceededException',
    status: 429,
    from: 'Kinesis',
    when: 'a shard has taken or given all that it can in this second',
    actions: DATA,
  },
  {
    code: 'KMSThrottlingException',
    status: 429,
    from: 'Kinesis',
    when: 'KMS gets more requests than it takes',
    actions: ENCRYPTING,
  },
  {
    code: 'LimitExceededException',
    status: 429,
    from: 'either',
    when: "a limit of the Kinesis account, or the API key's quota (then `Retry-After` is an hour)",
    actions: ALL,
  },
  {
    code: 'ThrottlingException',
    status: 429,
    from: 'either',
    when: 'more requests a second than the stage (`throttleRate`, `throttleBurst`) or Kinesis takes',
    actions: ALL,
  },
  {
    code: 'API_CONFIGURATION_ERROR',
    status: 500,
    from: 'gateway',
    when: "Kinesis's answer is larger than API Gateway's 10 MiB: read with a `limit`",
    actions: ALL,
  },
  {
    code: 'InternalFailure',
    status: 502,
    from: 'Kinesis',
    when: 'Kinesis failed',
    actions: ALL,
  },
  {
    code: 'InternalFailureException',
    status: 502,
    from: 'Kinesis',
    when: 'Kinesis failed, in the words of the actions that carry data',
    actions: DATA,
  },
  {
    code: 'BadGateway',
    status: 502,
    from: 'gateway',
    when: 'what came back is no answer of Kinesis',
    actions: ALL,
  },
  {
    code: 'ServiceUnavailable',
    status: 503,
    from: 'Kinesis',
    when: 'Kinesis cannot take requests at the moment',
    actions: ALL,
  },
  {
    code: 'INTEGRATION_TIMEOUT',
    status: 504,
    from: 'gateway',
    when: 'Kinesis did not answer within 29 seconds; whether it acted is not known',
    actions: ALL,
  },
];

/** The errors that a route may give. */
export function errorsOf(action: Action): ErrorRow[] {
  return errors.filter(({ actions }) => actions.includes(action));
}

/** Statuses that tell the client to come back, with the header `Retry-After`. */
export const RETRY_AFTER_STATUSES: readonly number[] = [429, 503];
