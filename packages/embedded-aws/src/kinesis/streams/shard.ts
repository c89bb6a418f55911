import { Arrivals } from './arrivals';
import type { HashKeyRange } from './hash-key';
import { RecordLog, type StoredRecord } from './record-log';
import type { RecordSink, ShardTip } from './record-sink';
import type { SequenceCounter } from './sequence-counter';
import { LAST_INDEX, sequenceBase, sequenceNumber } from './sequence-number';
import { Throughput } from './throughput';

const MAX_SHARD_INDEX = 2_147_483_647;

/** The name of a shard, which outlives the shard's expiry. */
export interface ShardName {
  readonly index: number;
  readonly id: string;
}

/** The shards that a shard was created from. */
export interface Lineage {
  readonly parent?: ShardName;
  readonly adjacentParent?: ShardName;
}

export const secondOf = (time: number): number => Math.floor(time / 1000);

/** When a shard began. */
export interface ShardOpening {
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  /** The second in the shard's sequence numbers, which none of its records is earlier than. */
  readonly openedSecond: number;
}

/**
 * A child's sequence numbers follow its parent's: they begin in the second after the one in which
 * the parent ended (kinesalite, test/splitShard.js).
 */
export const openingOf = (openedAt: number, { parent }: Lineage = {}): ShardOpening => ({
  openedAt,
  openedSecond: secondOf(openedAt) + (parent === undefined ? 0 : 1),
});

/** The parts of a stream that its shards share. */
export interface ShardContext {
  readonly counter: SequenceCounter;
  /** Where records are persisted, if anywhere. */
  readonly sink?: RecordSink | undefined;
}

/** One shard: a range of hash keys, and the records whose keys fall into it. */
export class Shard implements ShardOpening {
  readonly index: number;
  readonly id: string;
  readonly range: HashKeyRange;
  readonly parent: ShardName | undefined;
  readonly adjacentParent: ShardName | undefined;
  readonly openedAt: number;
  readonly openedSecond: number;
  readonly children: Shard[] = [];
  readonly log = new RecordLog();
  readonly throughput = new Throughput();
  readonly arrivals = new Arrivals();
  readonly #counter: SequenceCounter;
  readonly #base: bigint;
  #closedAt: number | undefined;
  #lastArrival = 0;
  readonly #sink: RecordSink | undefined;

  constructor(
    index: number,
    range: HashKeyRange,
    { openedAt, openedSecond }: ShardOpening,
    { counter, sink }: ShardContext,
    lineage: Lineage = {},
  ) {
    this.index = index;
    this.#counter = counter;
    this.#sink = sink;
    this.id = shardIdOf(index);
    this.range = range;
    this.openedAt = openedAt;
    this.openedSecond = openedSecond;
    this.#base = sequenceBase(this.openedSecond, index);
    this.parent = this.#linkParent(lineage.parent);
    this.adjacentParent = this.#linkParent(lineage.adjacentParent);
  }

  /** Adds this shard to its parent, but keeps only the name, so that the parent can be freed. */
  #linkParent(parent: ShardName | undefined): ShardName | undefined {
    if (parent instanceof Shard) parent.children.push(this);
    return parent && { index: parent.index, id: parent.id };
  }

  /** When a split or merge closed the shard; undefined while it is open. */
  get closedAt(): number | undefined {
    return this.#closedAt;
  }

  get startingSequenceNumber(): string {
    return sequenceNumber(this.#base, 0n, this.openedSecond);
  }

  get endingSequenceNumber(): string | undefined {
    if (this.#closedAt === undefined) return undefined;
    return sequenceNumber(this.#base, LAST_INDEX, secondOf(this.#closedAt));
  }

  close(now: number): void {
    this.#closedAt = now;
    this.arrivals.notify();
  }

  /**
   * Stores a record and returns its sequence number. Arrival times never decrease within a shard.
   */
  append(partitionKey: string, data: Buffer, now: number, encrypted: boolean): string {
    const arrivedAt = Math.max(now, this.#lastArrival, this.openedAt);
    this.#lastArrival = arrivedAt;
    const sequence = this.#counter.take();
    const record = { partitionKey, data, arrivedAt, encrypted, sequence };
    const index = this.log.append(record);
    this.#sink?.add(this.index, index, record);
    this.arrivals.notify();
    return this.sequenceNumberOf(record);
  }

  get tip(): ShardTip {
    return {
      shardIndex: this.index,
      next: this.log.next,
      lastArrival: this.#lastArrival,
      sequence: this.#counter.next,
    };
  }

  /** Continues where an earlier process stopped. */
  resume({ next, lastArrival, sequence }: ShardTip): void {
    this.log.skipTo(next);
    this.#counter.skipTo(sequence);
    this.#lastArrival = lastArrival;
  }

  /** Restores a record that an earlier process stored. */
  reload(record: StoredRecord): void {
    this.log.append(record);
    this.#counter.skipTo(record.sequence + 1);
    this.#lastArrival = record.arrivedAt;
  }

  sequenceNumberOf({ sequence, arrivedAt }: Pick<StoredRecord, 'sequence' | 'arrivedAt'>): string {
    const second = Math.max(secondOf(arrivedAt), this.openedSecond);
    return sequenceNumber(this.#base, BigInt(sequence), second);
  }

  /**
   * A sequence number after the record before a position, and before the one at it: reading
   * AFTER_SEQUENCE_NUMBER goes on at the position. It is not the record's own, as its second is later.
   */
  sequenceNumberBefore(position: number, now: number): string {
    if (position <= 1) return this.startingSequenceNumber;
    const last = this.log.at(position - 1);
    const sequence = last?.sequence ?? (this.log.at(position)?.sequence ?? this.#counter.next) - 1;
    const arrivedAt = (last?.arrivedAt ?? now) + 1000;
    return this.sequenceNumberOf({ sequence, arrivedAt });
  }
}

/** For example `shardId-000000000007`. Foreign sequence numbers may have a negative index. */
export function shardIdOf(index: number): string {
  if (index < 0) return `shardId--${String(-index).padStart(11, '0')}`;
  return `shardId-${String(index).padStart(12, '0')}`;
}

/**
 * The index in a shard id; undefined if the id is malformed. Like the service, accepts any prefix
 * before a hyphen, and a bare number.
 */
export function parseShardId(id: string): number | undefined {
  const digits = id.split('-')[1] || id;
  const index = /^\d+$/.test(digits) ? Number.parseInt(digits, 10) : Number.NaN;
  return index <= MAX_SHARD_INDEX ? index : undefined;
}
