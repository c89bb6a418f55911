import {
  type _Record,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
} from '@aws-sdk/client-kinesis';
import type { StreamRecord } from '../format/record';
import type { Clock, Pace } from './pace';
import type { Position } from './position';
import { isNamed, isThrottling } from './problem';

/** One answer of GetRecords. */
export interface ShardPage {
  readonly records: readonly StreamRecord[];
  /** Kinesis has no more at the moment. */
  readonly atTip: boolean;
  /** The shard is closed and read to its end. */
  readonly ended: boolean;
  /** Kinesis refused: the shard's other readers use its quota. */
  readonly throttled?: boolean;
}

/** The dependencies of a reader. */
export interface ReaderContext {
  readonly kinesis: KinesisClient;
  readonly pace: Pace;
  readonly clock: Clock;
}

/** How long a shard is left alone that has refused a read. */
const THROTTLED_REST_MS = 1_000;

/** An iterator that expired is replaced; one that expires at once, again and again, is a defect. */
const REPLACEMENTS_IN_A_ROW = 3;

/** Reads one shard on from where it stands. */
export class ShardReader {
  readonly shardId: string;
  /** Milliseconds behind the tip at the last read; undefined before the first, null at the end. */
  lag: number | null | undefined;
  /** The record that was read last. */
  last: Pick<StreamRecord, 'sequenceNumber' | 'arrivedAt'> | undefined;
  readonly #context: ReaderContext;
  readonly #stream: string;
  readonly #start: Position;
  #openedAt: Date | undefined;
  #iterator: string | undefined;

  constructor(context: ReaderContext, stream: string, shardId: string, start: Position) {
    this.#context = context;
    this.#stream = stream;
    this.shardId = shardId;
    this.#start = start;
  }

  /** Fixes the place: for LATEST, what arrives from now on belongs to the reading. */
  async open(signal: AbortSignal): Promise<void> {
    if (this.#iterator !== undefined) return;
    const now = new Date(this.#context.clock.now());
    this.#iterator = await this.#newIterator(signal);
    this.#openedAt ??= now;
  }

  /**
   * Reads on.
   * @param limit records at most, 1 to 10,000
   * @throws Kinesis's errors, except for expired iterators and throttling
   */
  async read(limit: number, signal: AbortSignal): Promise<ShardPage> {
    for (let replaced = 0; ; replaced++) {
      await this.#context.pace.turn(this.#stream, this.shardId, signal);
      try {
        await this.open(signal);
        return await this.#getRecords(limit, signal);
      } catch (error) {
        if (isThrottling(error)) {
          this.#context.pace.rest(this.#stream, this.shardId, THROTTLED_REST_MS);
          return { records: [], atTip: false, ended: false, throttled: true };
        }
        if (!isNamed(error, 'ExpiredIteratorException')) throw error;
        if (replaced === REPLACEMENTS_IN_A_ROW) throw error;
        this.#iterator = undefined;
      }
    }
  }

  async #getRecords(limit: number, signal: AbortSignal): Promise<ShardPage> {
    const answer = await this.#context.kinesis.send(
      new GetRecordsCommand({ ShardIterator: this.#iterator, Limit: limit }),
      { abortSignal: signal },
    );
    const records = (answer.Records ?? []).map((record) => recordOf(this.shardId, record));
    const newest = records.at(-1);
    if (newest !== undefined) {
      this.last = { sequenceNumber: newest.sequenceNumber, arrivedAt: newest.arrivedAt };
    }
    this.#iterator = answer.NextShardIterator;
    const ended = answer.NextShardIterator === undefined;
    this.lag = ended ? null : (answer.MillisBehindLatest ?? 0);
    // A full page ends at its limit, even at the tip.
    return { records, ended, atTip: this.lag === 0 && records.length < limit };
  }

  async #newIterator(signal: AbortSignal): Promise<string | undefined> {
    const position = this.#place();
    const answer = await this.#context.kinesis.send(
      new GetShardIteratorCommand({
        StreamName: this.#stream,
        ShardId: this.shardId,
        ShardIteratorType: position.type,
        ...('timestamp' in position && { Timestamp: position.timestamp }),
        ...('sequenceNumber' in position && { StartingSequenceNumber: position.sequenceNumber }),
      }),
      { abortSignal: signal },
    );
    return answer.ShardIterator;
  }

  /** Where to take a new iterator: after what was read, else where reading began. */
  #place(): Position {
    if (this.last !== undefined) {
      return { type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber: this.last.sequenceNumber };
    }
    // Latest was then: by now it would leave out what has arrived since.
    if (this.#start.type === 'LATEST' && this.#openedAt !== undefined) {
      return { type: 'AT_TIMESTAMP', timestamp: this.#openedAt };
    }
    return this.#start;
  }
}

function recordOf(shardId: string, record: _Record): StreamRecord {
  return {
    shardId,
    sequenceNumber: record.SequenceNumber ?? '',
    partitionKey: record.PartitionKey ?? '',
    arrivedAt: record.ApproximateArrivalTimestamp?.getTime() ?? 0,
    data: record.Data ?? new Uint8Array(),
    ...(record.EncryptionType === 'KMS' && { encryptionType: record.EncryptionType }),
  };
}
