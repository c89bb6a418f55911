import type { Caller } from '../core/caller';
import { type AwsError, notImplemented, toAwsError } from '../core/errors';
import type { AwsRequest, HttpRequest, HttpResponse } from '../core/http';
import type { AwsService } from '../core/service';
import { violationsOf } from '../core/shapes/constraints';
import { readStructure } from '../core/shapes/read';
import { constraintError } from '../core/validation';
import type { Persistent } from '../state/persistent';
import { createEngine, type Durability, type Engine, ownAccount } from './engine';
import { answerEventStream, EventStream } from './event-stream';
import type { Fault, FaultTarget } from './faults/fault';
import { streamNameIn } from './faults/target';
import { requireCallRate } from './faults/throttling';
import type { MeterOf } from './metrics';
import type { Call, Operation } from './operation';
import { OPERATIONS, REFUSED } from './operations';
import { completeOptions, type KinesisOptions } from './options';
import { creationOf, type StartStreams, startError } from './start-streams';
import { kinesisState } from './state';
import { type Tail, tailOf } from './tail';
import { answer, answerError } from './wire/protocol';
import { isAddressed, type RequestForm, readForm } from './wire/request-form';

export { AwsError } from '../core/errors';
export type { Durability } from './engine';
export type { Fault, FaultInjector, FaultTarget } from './faults/fault';
export type { FaultError, FaultPlan, FaultRule } from './faults/rules';
export type { KinesisOptions } from './options';
export type { StartStreams } from './start-streams';
export type { Tail } from './tail';

/** The actions that this Kinesis supports. */
export type KinesisAction = keyof typeof OPERATIONS;

/** The output of an action. Bytes and times in it are `WireBlob` and `WireTime`. */
export type KinesisOutput<Action extends KinesisAction> =
  (typeof OPERATIONS)[Action] extends Operation<infer Output> ? Output : never;

/** The Kinesis Data Streams of the embedded AWS. */
export interface Kinesis extends AwsService {
  /** State that survives a restart. Records are persisted through {@link Durability} instead. */
  readonly state: Persistent;
  /**
   * Runs one action in process. It skips the wire format but parses, validates and authorizes the
   * input like a request.
   * @param input as in JSON: `{ StreamName: 'orders', ShardCount: 2 }`; data may be base64 or bytes
   * @throws AwsError as the service would return it
   */
  invoke<Action extends KinesisAction>(
    caller: Caller,
    action: Action,
    input: Readonly<Record<string, unknown>>,
  ): KinesisOutput<Action>;
  /**
   * Creates those of these streams that do not exist; they are ACTIVE at once.
   * @throws OptionError when the account's quota does not allow one
   */
  createMissing(caller: Caller, streams: StartStreams): void;
  /** The end of a shard; undefined if the stream or the shard does not exist. */
  tail(streamArn: string, shardId: string): Tail | undefined;
}

const TABLE: ReadonlyMap<string, Operation> = new Map(Object.entries(OPERATIONS));

const isAction = (name: string): boolean => TABLE.has(name) || REFUSED.has(name);

/** Recorded by kinesalite's test/connection.js; `*` goes to the pages only that the user has allowed. */
const PAGE_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,x-amzn-ErrorMessage,Date',
} as const;

/**
 * Creates a Kinesis service without streams. It keeps everything in memory and starts no timers.
 * @param durability where state and records are persisted as well. Default: nowhere
 * @param meterOf makes the meters of streams' metrics. Default: nothing is measured
 */
export function createKinesis(
  options: KinesisOptions = {},
  durability?: Durability,
  meterOf?: MeterOf,
): Kinesis {
  const engine = createEngine(completeOptions(options), durability, meterOf);
  return {
    state: kinesisState(engine),
    signingName: 'kinesis',
    handle: (request) => handle(engine, request),
    unsigned: { isFor: isAddressed, refuse },
    pageHeaders: PAGE_HEADERS,
    invoke: (caller, action, input) => run(callOf(engine, caller, action), input) as never,
    createMissing: (caller, streams) => createMissing(engine, caller, streams),
    tail: (streamArn, shardId) => tailOf(engine, streamArn, shardId),
  };
}

function createMissing(engine: Engine, caller: Caller, streams: StartStreams): void {
  // No client has connected yet, so there is nothing to wait for.
  const options = { ...engine.options, createMs: 0, enforceQuotas: false };
  const call = callOf({ ...engine, options }, caller, 'CreateStream');
  for (const [name, count] of Object.entries(streams)) {
    if (ownAccount(call).find(name, call.now) !== undefined) continue;
    try {
      run(call, creationOf(name, count));
    } catch (error) {
      throw startError(name, error);
    }
  }
}

function handle(engine: Engine, request: AwsRequest): HttpResponse | Promise<HttpResponse> {
  const form = readForm(request, request.requestId, isAction);
  if ('status' in form) return form;
  const { codec, action, input } = form;
  try {
    requireOperation(action);
    const { faults } = engine.options;
    const target = faults && { action, streamName: streamNameIn(engine, input) };
    const fault = target && faults(target);
    if (fault?.delayMs === undefined) return perform(engine, request, form, target, fault);
    return delay(fault.delayMs).then(() => perform(engine, request, form, target, fault));
  } catch (thrown) {
    return answerError(codec, request.requestId, toAwsError(thrown));
  }
}

/** Runs a request's action, unless it meets with a fault. Never throws. */
function perform(
  engine: Engine,
  request: AwsRequest,
  { codec, action, input }: RequestForm,
  target: FaultTarget | undefined,
  fault: Fault | undefined,
): HttpResponse {
  try {
    if (fault?.error !== undefined) throw fault.error;
    if (fault?.answer !== undefined) return fault.answer;
    const call = callOf(engine, request.caller, action, fault);
    if (target !== undefined) requireCallRate(call, target);
    const output = run(call, input);
    if (output instanceof EventStream) return answerEventStream(codec, request, output);
    return answer(codec, request.requestId, output);
  } catch (thrown) {
    return answerError(codec, request.requestId, toAwsError(thrown));
  }
}

/** The form of a request is looked at before its credentials. */
function refuse(request: HttpRequest, requestId: string, error: AwsError): HttpResponse {
  const form = readForm(request, requestId, isAction);
  return 'status' in form ? form : answerError(form.codec, requestId, error);
}

function callOf(engine: Engine, caller: Caller, action: string, fault?: Fault): Call {
  return { engine, caller, action, now: engine.options.now(), fault };
}

function run(call: Call, input: Readonly<Record<string, unknown>>): unknown {
  const operation = requireOperation(call.action);
  const value = readStructure(operation.input, input);
  check(operation, value, call);
  try {
    return operation.run(value as never, call);
  } finally {
    // Persist every change before the response leaves, whatever the outcome. Nothing else runs
    // until then, so that subscribers do not see a record that may still be rolled back.
    persist(call);
  }
}

/** Actions that change no streams; some of them write records. */
const CHANGES_NO_STREAM = /^(Describe|Get|List|PutRecords?$|SubscribeToShard$)/;

function persist({ engine: { durability }, action }: Call): void {
  if (durability === undefined) return;
  durability.records.commit();
  if (!CHANGES_NO_STREAM.test(action)) durability.changed();
}

/**
 * Tries the stricter input first, because most requests satisfy it.
 * @throws AwsError ValidationException naming every violation (up to ten), in AWS's words:
 *   `1 validation error detected: Value '' at 'partitionKey' failed to satisfy constraint: …`
 */
function check({ input, stricter }: Operation, value: Record<string, unknown>, call: Call): void {
  const violations = violationsOf(stricter?.input ?? input, value);
  if (violations.length === 0) return;
  const isExempt =
    stricter !== undefined &&
    violationsOf(input, value).length === 0 &&
    stricter.unless(value as never, call);
  if (!isExempt) throw constraintError('ValidationException', violations);
}

function requireOperation(action: string): Operation {
  const found = TABLE.get(action);
  if (found === undefined) throw notImplemented('kinesis', action);
  return found;
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
