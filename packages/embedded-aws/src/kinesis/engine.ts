import { AwsError } from '../core/errors';
import { Regional } from '../core/regional';
import { invalidArgument, streamNotActive, streamNotFound } from './errors';
import { type MeterOf, StreamMeters } from './metrics';
import type { Call } from './operation';
import type { CompleteOptions } from './options';
import { Account } from './streams/account';
import type { RecordStorage } from './streams/record-sink';
import { type Stream, streamArnOf } from './streams/stream';
import { TokenSealer } from './wire/sealed-token';

/** The state and options that all operations share. */
export interface Engine {
  readonly options: CompleteOptions;
  readonly accounts: Regional<Account>;
  readonly sealer: TokenSealer;
  readonly durability: Durability | undefined;
  /** Takes the metrics of streams; undefined without a CloudWatch. */
  readonly meters: StreamMeters | undefined;
}

/** Persistence of the service's state. Without it, everything lives in memory. */
export interface Durability {
  readonly records: RecordStorage;
  /**
   * Persists every other change before the response to the request that made it is sent.
   * @throws AwsError
   */
  readonly changed: () => void;
}

export function createEngine(
  options: CompleteOptions,
  durability?: Durability,
  meterOf?: MeterOf,
): Engine {
  return {
    options,
    accounts: new Regional((scope) => new Account(scope)),
    sealer: new TokenSealer(),
    durability,
    meters: meterOf && new StreamMeters(meterOf),
  };
}

/** How a request identifies a stream: by name, by ARN, or by both if they agree. */
export interface StreamReference {
  readonly StreamName?: string;
  readonly StreamARN?: string;
}

/** A stream's owner and name; the stream need not exist. */
export interface StreamIdentity {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
}

const ARN = /^arn:[^:]+:kinesis:([^:]*):(\d{12}):stream\/([^/]+)/;

/** @throws AwsError InvalidArgumentException if both are missing, or if they disagree */
export function identify(call: Call, reference: StreamReference): StreamIdentity {
  const { StreamName: name, StreamARN: arn } = reference;
  if (arn === undefined) {
    const { accountId, region } = call.caller;
    if (name !== undefined) return { accountId, region, name };
    throw invalidArgument('Either StreamName or StreamARN should be provided.');
  }
  const identity = identifyArn(arn);
  if (name !== undefined && name !== identity.name) {
    throw invalidArgument(`StreamName ${name} does not match the stream of StreamARN ${arn}.`);
  }
  return identity;
}

/**
 * Parses the ARN of a stream or of one of its consumers.
 * @throws AwsError InvalidArgumentException
 */
export function identifyArn(arn: string): StreamIdentity {
  const [, region, accountId, name] = ARN.exec(arn) ?? [];
  if (region === undefined || accountId === undefined || name === undefined) {
    throw invalidArgument(`${arn} is not the ARN of a stream.`);
  }
  return { accountId, region, name };
}

/**
 * Finds the stream that a request refers to, after authorizing the caller to act on it.
 * @throws AwsError AccessDeniedException, ResourceNotFoundException
 */
export function authorizedStream(call: Call, reference: StreamReference): Stream {
  const identity = identify(call, reference);
  // The lookup comes first only to get the ARN: an unauthorized caller must not learn whether the
  // stream exists.
  const stream = findStream(call, identity);
  if (stream === undefined) authorizeStream(call, identity);
  else authorize(call, stream.accountId, stream.arn);
  if (stream !== undefined) return stream;
  throw streamNotFound(identity.name, identity.accountId);
}

/**
 * Like {@link authorizedStream}, for actions that IAM authorizes on `*` rather than on a stream.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisdatastreams.html
 */
export function streamForAll(call: Call, reference: StreamReference): Stream {
  const identity = identify(call, reference);
  authorize(call, identity.accountId, '*');
  const stream = findStream(call, identity);
  if (stream !== undefined) return stream;
  throw streamNotFound(identity.name, identity.accountId);
}

/** @throws AwsError AccessDeniedException */
export function authorizeStream(call: Call, identity: StreamIdentity): void {
  const arn = streamArnOf(identity, identity.name);
  authorize(call, identity.accountId, arn);
}

/**
 * Authorizes the call's action on a resource with IAM, and rejects resources of other accounts.
 * @throws AwsError AccessDeniedException
 */
export function authorize(call: Call, accountId: string, arn: string): void {
  const action = `kinesis:${call.action}`;
  call.caller.authorize(action, arn);
  if (accountId === call.caller.accountId) return;
  // Resource policies on streams are stored and returned, but never evaluated.
  throw new AwsError(
    'AccessDeniedException',
    `User: ${call.caller.arn} is not authorized to perform: ${action} on resource: ${arn} ` +
      `because no resource-based policy allows the ${action} action`,
  );
}

export function findStream(call: Call, identity: StreamIdentity): Stream | undefined {
  // An endpoint serves only its own region; streams of other regions do not exist for it.
  if (identity.region !== call.caller.region) return undefined;
  return call.engine.accounts.in(identity).find(identity.name, call.now);
}

/** The streams of the caller's account and region. */
export function ownAccount(call: Call): Account {
  return call.engine.accounts.in(call.caller);
}

/** @throws AwsError ResourceInUseException unless the stream is ACTIVE */
export function requireActive(stream: Stream): void {
  const { name, accountId, status } = stream;
  if (status !== 'ACTIVE') throw streamNotActive(name, accountId, status);
}

/**
 * Reads and writes do not see a stream until it has been ACTIVE once.
 * @throws AwsError ResourceNotFoundException
 */
export function requireData(stream: Stream): void {
  if (!stream.isOpenForData) throw streamNotFound(stream.name, stream.accountId);
}
