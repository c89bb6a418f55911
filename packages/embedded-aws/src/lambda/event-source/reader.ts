import type { Caller } from '../../core/caller';
import { AwsError } from '../../core/errors';
import type { StreamRecord } from './event';
import type { EventSourceRuntime } from './runtime';
import type { Source } from './source';

/** Records that were read. */
export interface ShardRead {
  readonly records: readonly StreamRecord[];
  /** True if the shard is closed, and these are its last. */
  readonly isEnd: boolean;
}

/** Reads a shard from a position on. */
export interface ShardReader {
  /**
   * The next records, at most `limit` of them.
   * @param waitMs how long to wait where there is none; the next call may return what has come
   * @throws AwsError of Kinesis; the next call reads on where this one would have
   */
  read(limit: number, waitMs: number, signal: AbortSignal): Promise<ShardRead>;
}

/** A reader's shard, and the rights to read it. */
export interface Reading {
  readonly kinesis: EventSourceRuntime['kinesis'];
  readonly source: Source;
  readonly shardId: string;
  /** The session that reads. @throws AwsError */
  readonly role: () => Caller;
  /** The input of GetShardIterator that says where reading begins. */
  readonly start: { readonly type: string; readonly value?: string | number | undefined };
}

/** GetRecords gives no more at once. */
const MOST_RECORDS = 10_000;

export function readerOf(reading: Reading): ShardReader {
  return reading.source.consumerArn === undefined
    ? new PollingReader(reading)
    : new SubscribingReader(reading, reading.source.consumerArn);
}

interface RecordView {
  readonly SequenceNumber: string;
  readonly PartitionKey: string | undefined;
  readonly Data: { readonly bytes: Buffer };
  readonly ApproximateArrivalTimestamp: { readonly milliseconds: number };
}

const recordOf = (view: RecordView): StreamRecord => ({
  partitionKey: view.PartitionKey ?? '',
  sequenceNumber: view.SequenceNumber,
  data: view.Data.bytes,
  arrivedAt: view.ApproximateArrivalTimestamp.milliseconds,
});

/** Where reading goes on: after the last record that was read. */
class Position {
  readonly #start: Reading['start'];
  #after: string | undefined;

  constructor(start: Reading['start']) {
    this.#start = start;
  }

  moveTo(records: readonly StreamRecord[]): void {
    this.#after = records.at(-1)?.sequenceNumber ?? this.#after;
  }

  get type(): string {
    return this.#after === undefined ? this.#start.type : 'AFTER_SEQUENCE_NUMBER';
  }

  get sequenceNumber(): string | undefined {
    if (this.#after !== undefined) return this.#after;
    return this.#start.type === 'AFTER_SEQUENCE_NUMBER' ? String(this.#start.value) : undefined;
  }

  /** Seconds since 1970. */
  get timestamp(): number | undefined {
    return this.type === 'AT_TIMESTAMP' ? Number(this.#start.value) / 1000 : undefined;
  }
}

/** GetRecords, again as soon as the shard has a record. */
class PollingReader implements ShardReader {
  readonly #reading: Reading;
  readonly #position: Position;
  #iterator: string | undefined;

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#position = new Position(reading.start);
  }

  async read(limit: number, waitMs: number, signal: AbortSignal): Promise<ShardRead> {
    const { kinesis, source, shardId } = this.#reading;
    const read = this.#get(limit);
    if (read.records.length > 0 || read.isEnd || waitMs <= 0) return read;
    // No second read now: a shard takes five in a second, of all its readers.
    await kinesis.tail(source.streamArn, shardId)?.arrival(waitMs, signal);
    return read;
  }

  #get(limit: number): ShardRead {
    try {
      return this.#getRecords(limit);
    } catch (error) {
      this.#iterator = undefined;
      // A function may take longer than the five minutes that an iterator is good for.
      if (error instanceof AwsError && error.code === 'ExpiredIteratorException') {
        return this.#getRecords(limit);
      }
      throw error;
    }
  }

  #getRecords(limit: number): ShardRead {
    const { kinesis, source, shardId, role } = this.#reading;
    const caller = role();
    const position = this.#position;
    this.#iterator ??= kinesis.invoke(caller, 'GetShardIterator', {
      StreamARN: source.streamArn,
      ShardId: shardId,
      ShardIteratorType: position.type,
      StartingSequenceNumber: position.sequenceNumber,
      Timestamp: position.timestamp,
    }).ShardIterator;
    const answer = kinesis.invoke(caller, 'GetRecords', {
      ShardIterator: this.#iterator,
      Limit: Math.min(limit, MOST_RECORDS),
    });
    const records = answer.Records.map(recordOf);
    position.moveTo(records);
    const next = 'NextShardIterator' in answer ? answer.NextShardIterator : undefined;
    this.#iterator = next;
    return { records, isEnd: next === undefined };
  }
}

interface SubscriptionEvent {
  readonly Records: readonly RecordView[];
}

/** SubscribeToShard, again when a subscription's five minutes are over. */
class SubscribingReader implements ShardReader {
  readonly #reading: Reading;
  readonly #consumerArn: string;
  readonly #position: Position;
  #events: AsyncIterator<SubscriptionEvent> | undefined;
  /** Asked for, and not there yet when the last read ended. */
  #pending: Promise<IteratorResult<SubscriptionEvent>> | undefined;
  #rest: StreamRecord[] = [];
  #isEnd = false;

  constructor(reading: Reading, consumerArn: string) {
    this.#reading = reading;
    this.#consumerArn = consumerArn;
    this.#position = new Position(reading.start);
  }

  async read(limit: number, waitMs: number, signal: AbortSignal): Promise<ShardRead> {
    if (this.#rest.length === 0 && !this.#isEnd) await this.#receive(waitMs, signal);
    const records = this.#rest.splice(0, limit);
    return { records, isEnd: this.#isEnd && this.#rest.length === 0 };
  }

  async #receive(waitMs: number, signal: AbortSignal): Promise<void> {
    this.#events ??= this.#subscribe(signal);
    this.#pending ??= this.#events.next();
    // It may be rejected when no read waits for it.
    this.#pending.catch(() => {});
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), Math.max(waitMs, 0));
      timer.unref();
    });
    try {
      const result = await Promise.race([this.#pending, late]);
      if (result === undefined) return;
      this.#pending = undefined;
      if (result.done) this.#events = undefined;
      else this.#take(result.value);
    } catch (error) {
      this.#pending = undefined;
      this.#events = undefined;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #take(event: SubscriptionEvent): void {
    this.#rest = event.Records.map(recordOf);
    this.#position.moveTo(this.#rest);
    this.#isEnd = 'ChildShards' in event;
  }

  #subscribe(signal: AbortSignal): AsyncIterator<SubscriptionEvent> {
    const { kinesis, shardId, role } = this.#reading;
    const { type, sequenceNumber, timestamp } = this.#position;
    const stream = kinesis.invoke(role(), 'SubscribeToShard', {
      ConsumerARN: this.#consumerArn,
      ShardId: shardId,
      StartingPosition: { Type: type, SequenceNumber: sequenceNumber, Timestamp: timestamp },
    });
    return stream.events(signal)[Symbol.asyncIterator]();
  }
}
