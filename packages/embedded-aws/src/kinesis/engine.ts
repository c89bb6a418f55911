import { AwsError } from '../core/errors';
import { Regional } from '../core/regional';
import { invalidArgument, streamNotActive, streamNotFound } from './errors';
import type { Call } from './operation';
import type { CompleteOptions } from './options';
import { Account } from './streams/account';
import type { RecordStorage } from './streams/record-sink';
import { type Stream, streamArnOf } from './streams/stream';
import { TokenSealer } from './wire/sealed-token';

/** What all operations share. */
export interface Engine {
  readonly options: CompleteOptions;
  readonly accounts: Regional<Account>;
  readonly sealer: TokenSealer;
  readonly durability: Durability | undefined;
}

/** What makes the service's state outlive the process. */
export interface Durability {
  readonly records: RecordStorage;
  /** Writes all else that changed, before the request that changed it is answered. @throws AwsError */
  readonly changed: () => void;
}

export function createEngine(options: CompleteOptions, durability?: Durability): Engine {
  return {
    options,
    accounts: new Regional((scope) => new Account(scope)),
    sealer: new TokenSealer(),
    durability,
  };
}

/** How requests name a stream: by either, or by both when they agree. */
export interface StreamReference {
  readonly StreamName?: string;
  readonly StreamARN?: string;
}

/** A stream's owner and name, before anybody looked whether it exists. */
export interface StreamIdentity {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
}

const ARN = /^arn:[^:]+:kinesis:([^:]*):(\d{12}):stream\/([^/]+)/;

/** @throws AwsError InvalidArgumentException when neither is given, or both and they disagree */
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

/** The stream in the ARN of a stream or of one of its consumers. */
export function identifyArn(arn: string): StreamIdentity {
  const [, region, accountId, name] = ARN.exec(arn) ?? [];
  if (region === undefined || accountId === undefined || name === undefined) {
    throw invalidArgument(`${arn} is not the ARN of a stream.`);
  }
  return { accountId, region, name };
}

/**
 * The stream that a request names, once the caller may act on it.
 * @throws AwsError AccessDeniedException, or ResourceNotFoundException
 */
export function authorizedStream(call: Call, reference: StreamReference): Stream {
  const identity = identify(call, reference);
  // Looked up first only for its ARN: who may not act does not learn whether it exists.
  const stream = findStream(call, identity);
  if (stream === undefined) authorizeStream(call, identity);
  else authorize(call, stream.accountId, stream.arn);
  if (stream !== undefined) return stream;
  throw streamNotFound(identity.name, identity.accountId);
}

/**
 * As {@link authorizedStream}, for the actions that IAM asks about no resource.
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

/** Asks IAM about a resource, and refuses other accounts' resources. */
export function authorize(call: Call, accountId: string, arn: string): void {
  const action = `kinesis:${call.action}`;
  call.caller.authorize(action, arn);
  if (accountId === call.caller.accountId) return;
  // Policies on streams are kept and given back, but nothing here evaluates them.
  throw new AwsError(
    'AccessDeniedException',
    `User: ${call.caller.arn} is not authorized to perform: ${action} on resource: ${arn} ` +
      `because no resource-based policy allows the ${action} action`,
  );
}

export function findStream(call: Call, identity: StreamIdentity): Stream | undefined {
  // An endpoint answers for its own region; a stream elsewhere is no stream to it.
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

/** Puts and gets find no stream until it was ACTIVE once. @throws AwsError ResourceNotFoundException */
export function requireData(stream: Stream): void {
  if (!stream.isOpenForData) throw streamNotFound(stream.name, stream.accountId);
}
