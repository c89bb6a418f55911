import type { Caller } from '../core/caller';
import { AwsError, notImplemented, toAwsError } from '../core/errors';
import type { AwsRequest, HttpResponse } from '../core/http';
import type { AwsService } from '../core/service';
import type { Persistent } from '../state/persistent';
import { createEngine, type Durability, type Engine } from './engine';
import type { Operation } from './operation';
import { OPERATIONS } from './operations';
import { completeOptions, type Fault, type KinesisOptions } from './options';
import { checkConstraints } from './shapes/constraints';
import { readStructure } from './shapes/read';
import { kinesisState } from './state';
import {
  actionOf,
  answer,
  answerError,
  answerForeignType,
  CBOR_CODEC,
  type Codec,
  contentTypeOf,
  JSON_CODEC,
} from './wire/protocol';

export type { Durability } from './engine';
export type { Fault, FaultTarget, KinesisOptions } from './options';

/** The actions that this Kinesis has. */
export type KinesisAction = keyof typeof OPERATIONS;

/** What an action answers. Bytes and times in it are `WireBlob` and `WireTime`. */
export type KinesisOutput<Action extends KinesisAction> =
  (typeof OPERATIONS)[Action] extends Operation<infer Output> ? Output : never;

/** The Kinesis Data Streams of the embedded AWS. */
export interface Kinesis extends AwsService {
  /** What of it outlives the process; records do through {@link Durability}. */
  readonly state: Persistent;
  /**
   * Runs one action in process, past the wire but through the same reading, checks and
   * authorisation as a request.
   * @param input as in JSON: `{ StreamName: 'orders', ShardCount: 2 }`; data may be base64 or bytes
   * @throws AwsError as the service would answer
   */
  invoke<Action extends KinesisAction>(
    caller: Caller,
    action: Action,
    input: Readonly<Record<string, unknown>>,
  ): KinesisOutput<Action>;
}

const CODECS: ReadonlyMap<string, Codec> = new Map(
  [JSON_CODEC, CBOR_CODEC].map((codec) => [codec.contentType, codec]),
);

const TABLE: ReadonlyMap<string, Operation> = new Map(Object.entries(OPERATIONS));

/**
 * A Kinesis with no streams. It holds everything in memory and no timers.
 * @param durability where everything is written as well; nowhere unless it is given
 */
export function createKinesis(options: KinesisOptions = {}, durability?: Durability): Kinesis {
  const engine = createEngine(completeOptions(options), durability);
  return {
    state: kinesisState(engine),
    signingName: 'kinesis',
    handle: (request) => handle(engine, request),
    invoke: (caller, action, input) => run(engine, caller, action, input) as never,
  };
}

async function handle(engine: Engine, request: AwsRequest): Promise<HttpResponse> {
  const codec = CODECS.get(contentTypeOf(request));
  if (codec === undefined) return answerForeignType(request);
  try {
    const action = actionOf(request);
    requireOperation(action);
    const input = codec.decode(request.body);
    const fault = engine.options.faults({ action, streamName: streamNameIn(input) });
    if (fault !== undefined) await suffer(action, fault);
    if (fault?.answer !== undefined) return fault.answer;
    return answer(codec, request.requestId, run(engine, request.caller, action, input));
  } catch (thrown) {
    return answerError(codec, request.requestId, toAwsError(thrown));
  }
}

function run(
  engine: Engine,
  caller: Caller,
  action: string,
  input: Readonly<Record<string, unknown>>,
): unknown {
  const { input: shape, run: act } = requireOperation(action);
  const value = readStructure(shape, input);
  checkConstraints(shape, value);
  try {
    return act(value as never, { engine, caller, action, now: engine.options.now() });
  } finally {
    // Whatever the answer is, what it tells of must be written before it leaves.
    keep(engine, action);
  }
}

/** Actions that change records at most, or nothing. */
const CHANGES_NO_STREAM = /^(Describe|Get|List|PutRecords?$|SubscribeToShard$)/;

function keep({ durability }: Engine, action: string): void {
  if (durability === undefined) return;
  durability.records.commit();
  if (!CHANGES_NO_STREAM.test(action)) durability.changed();
}

function requireOperation(action: string): Operation {
  const found = TABLE.get(action);
  if (found === undefined) throw notImplemented('kinesis', action);
  return found;
}

/** Lets happen to a request what the options' fault injector has for it. */
async function suffer(action: string, fault: Fault): Promise<void> {
  if (fault.delayMs !== undefined) await delay(fault.delayMs);
  const error = fault.error ?? throttling(action, fault);
  if (error !== undefined) throw error;
}

/** PutRecords fails record by record, and sees to that itself. */
function throttling(action: string, { throttledShare = 0 }: Fault): AwsError | undefined {
  if (action === 'PutRecords' || Math.random() >= throttledShare) return undefined;
  return new AwsError('ProvisionedThroughputExceededException', 'Rate exceeded');
}

function streamNameIn(input: Readonly<Record<string, unknown>>): string | undefined {
  const { StreamName: name, StreamARN: arn } = input;
  if (typeof name === 'string') return name;
  return typeof arn === 'string' ? arn.split('/')[1] : undefined;
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
