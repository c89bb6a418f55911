import type { Scope } from '../../core/caller';
import { partitionOf } from '../../core/caller';
import type { RecordDistribution, StreamMode } from '../members';
import type { Consumer } from './consumer';
import { type HashKeyRange, type HexKey, hexKey } from './hash-key';
import type { RecordOwner, RecordSink, ShardTip } from './record-sink';
import { SequenceCounters } from './sequence-counter';
import { type Lineage, openingOf, Shard, type ShardOpening } from './shard';
import { applyChange, type StreamChange } from './stream-change';

export type StreamStatus = 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';

const HOUR_MS = 3_600_000;
/** Reads check the age of each record; the sweep frees the memory of records that nobody reads. */
const SWEEP_MS = 60_000;

/**
 * How long before a stream its first shards began, by their sequence numbers: 2 to 7 seconds on AWS
 * (kinesalite, test/createStream.js).
 */
const SHARDS_BEFORE_STREAM_MS = 4_000;

/** The initial state of a stream. */
export interface StreamSettings {
  readonly name: string;
  readonly scope: Scope;
  readonly mode: StreamMode;
  readonly maxRecordSizeInKiB: number;
  readonly ranges: readonly HashKeyRange[];
  readonly tags: ReadonlyMap<string, string>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly activeAt: number;
  readonly warmThroughputMiBps?: number | undefined;
  readonly recordDistribution?: RecordDistribution | undefined;
  /** Creates the sink in which records are persisted, if any; called with the stream. */
  readonly sink?: (stream: RecordOwner) => RecordSink;
}

/** A pending change, and when it is due in milliseconds since 1970. */
export interface PendingUpdate {
  readonly dueAt: number;
  readonly change: StreamChange;
}

/** The state of a stream that does not follow from the clock and its shards. */
export interface StreamProgress {
  readonly wasActive: boolean;
  readonly update?: PendingUpdate | undefined;
  /** The index of the next shard; expired shards keep their indexes. */
  readonly nextShardIndex: number;
}

/**
 * One data stream. Its state follows from the clock: `settle` must bring it up to date before use.
 */
export class Stream implements RecordOwner {
  readonly name: string;
  readonly arn: string;
  readonly accountId: string;
  readonly createdAt: number;
  readonly tags: Map<string, string>;
  readonly consumers = new Map<string, Consumer>();
  readonly shardLevelMetrics = new Set<string>();
  /** In the order of their indexes, without those that have expired. */
  readonly shards: Shard[] = [];
  readonly #byIndex = new Map<number, Shard>();
  readonly #counters = new SequenceCounters();
  /** Times of the actions that have a daily quota, by action. */
  readonly usage = new Map<string, readonly number[]>();
  mode: StreamMode;
  retentionHours = 24;
  maxRecordSizeInKiB: number;
  /** The KMS key that encrypts the records; undefined without encryption. */
  keyId: string | undefined;
  policy: string | undefined;
  /** The requested warm throughput of an on-demand stream. */
  warmThroughputMiBps: number | undefined;
  /** USER_PARTITION_KEY: a record's partition key chooses its shard. AUTO: the service does. */
  recordDistribution: RecordDistribution;
  /** Where records are persisted; undefined if they live only in memory. */
  readonly sink: RecordSink | undefined;
  readonly activeAt: number;
  /** Never reset, so that a clock that is set back does not make the stream unavailable again. */
  #wasActive = false;
  #goneAt: number | undefined;
  #update: PendingUpdate | undefined;
  /** The open shards in the order of their ranges, and the start of each range. */
  #open: Shard[] = [];
  #starts: HexKey[] = [];
  #nextShardIndex = 0;
  #sweptAt: number;
  /** The open shard that gets the next record if the service distributes records. */
  #turn = 0;

  constructor(settings: StreamSettings) {
    const { accountId, region } = settings.scope;
    this.name = settings.name;
    this.accountId = accountId;
    this.arn = streamArnOf(settings.scope, settings.name, partitionOf(region));
    this.mode = settings.mode;
    this.maxRecordSizeInKiB = settings.maxRecordSizeInKiB;
    this.tags = new Map(settings.tags);
    this.createdAt = settings.createdAt;
    this.activeAt = settings.activeAt;
    this.#sweptAt = settings.createdAt;
    this.warmThroughputMiBps = settings.warmThroughputMiBps;
    this.recordDistribution = settings.recordDistribution ?? 'USER_PARTITION_KEY';
    this.sink = settings.sink?.(this);
    const shardsOpenedAt = settings.createdAt - SHARDS_BEFORE_STREAM_MS;
    for (const range of settings.ranges) this.openShard(range, shardsOpenedAt);
    this.indexShards();
  }

  /** The oldest arrival time of a record that has not expired, in milliseconds since 1970. */
  trimHorizon(now: number): number {
    return now - this.retentionHours * HOUR_MS;
  }

  /** Applies everything that has become due. */
  settle(now: number): void {
    if (now >= this.activeAt) this.#wasActive = true;
    this.applyUpdate(now);
    if (this.consumers.size > 0) this.#forgetGoneConsumers(now);
    if (now - this.#sweptAt >= SWEEP_MS) this.sweep(now);
  }

  #forgetGoneConsumers(now: number): void {
    for (const [name, consumer] of this.consumers) {
      if (consumer.isGone(now)) this.consumers.delete(name);
    }
  }

  /** Applies the pending change if it is due. */
  applyUpdate(now: number): void {
    if (this.#update === undefined || now < this.#update.dueAt) return;
    const { change, dueAt } = this.#update;
    this.#update = undefined;
    applyChange(this, change, dueAt);
  }

  /**
   * Drops records older than the retention period, and the closed shards that have become empty.
   */
  sweep(now: number): void {
    this.#sweptAt = now;
    const horizon = this.trimHorizon(now);
    for (const shard of this.shards) shard.log.trim(horizon);
    const retained = this.shards.filter((shard) => !isExpired(shard, horizon));
    if (retained.length < this.shards.length) this.#retainShards(retained);
    this.sink?.trim(horizon);
  }

  #retainShards(retained: readonly Shard[]): void {
    // Element by element: a stream may have more shards than a call can have arguments.
    this.shards.length = 0;
    this.#byIndex.clear();
    for (const shard of retained) this.#addShard(shard);
  }

  get status(): StreamStatus {
    if (this.#goneAt !== undefined) return 'DELETING';
    if (!this.#wasActive) return 'CREATING';
    return this.#update === undefined ? 'ACTIVE' : 'UPDATING';
  }

  /** Reads and writes are possible from the first time the stream is ACTIVE until it is deleted. */
  get isOpenForData(): boolean {
    return this.#wasActive;
  }

  isGone(now: number): boolean {
    return this.#goneAt !== undefined && now >= this.#goneAt;
  }

  delete(goneAt: number): void {
    this.#goneAt ??= goneAt;
  }

  /** Starts a change; the stream is UPDATING until the change is due. */
  update(dueAt: number, change: StreamChange): void {
    this.#update = { dueAt, change };
  }

  /** When the deletion completes, in milliseconds since 1970; undefined unless DELETING. */
  get goneAt(): number | undefined {
    return this.#goneAt;
  }

  get progress(): StreamProgress {
    const nextShardIndex = this.#nextShardIndex;
    return { wasActive: this.#wasActive, update: this.#update, nextShardIndex };
  }

  /** Continues where an earlier process stopped. */
  resume({ wasActive, update, nextShardIndex }: StreamProgress): void {
    this.#wasActive = wasActive;
    this.#update = update;
    this.#nextShardIndex = nextShardIndex;
  }

  /** The latest positions of the shards that ever held a record. */
  tips(): ShardTip[] {
    return this.shards.filter(({ log }) => log.next > 1).map(({ tip }) => tip);
  }

  /** Rolls back the records of a shard, starting at an index. */
  rollBack(shardIndex: number, index: number): void {
    this.shard(shardIndex)?.log.truncate(index);
  }

  /** A shard by its index, unless it has expired. */
  shard(index: number): Shard | undefined {
    return this.#byIndex.get(index);
  }

  /** Returns true if a shard with this index was ever opened, even if it has expired since. */
  hasEverHad(shardIndex: number): boolean {
    return shardIndex < this.#nextShardIndex;
  }

  get openShards(): readonly Shard[] {
    return this.#open;
  }

  /**
   * The shards that clients can see: none while CREATING, closed ones until their records expire.
   */
  visibleShards(now: number): Shard[] {
    if (!this.#wasActive) return [];
    const horizon = this.trimHorizon(now);
    return this.shards.filter((shard) => !isExpired(shard, horizon));
  }

  /** The open shard for a hash key; without a key, the shards take turns. */
  shardFor(key: HexKey | undefined): Shard {
    const shard = this.#open[key === undefined ? this.#nextInTurn() : this.#openIndexOf(key)];
    if (shard === undefined) throw new Error(`Stream ${this.name} has no open shard.`);
    return shard;
  }

  #nextInTurn(): number {
    this.#turn = (this.#turn + 1) % this.#open.length;
    return this.#turn;
  }

  #openIndexOf(key: HexKey): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? '') <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Adds a shard. Call `indexShards` after all changes. */
  openShard(range: HashKeyRange, now: number, lineage?: Lineage): Shard {
    return this.reopenShard(this.#nextShardIndex++, range, openingOf(now, lineage), lineage);
  }

  /**
   * Restores a shard of an earlier process; shards must be restored in the order of their indexes.
   */
  reopenShard(index: number, range: HashKeyRange, opening: ShardOpening, lineage?: Lineage): Shard {
    const context = { counter: this.#counters.of(index), sink: this.sink };
    return this.#addShard(new Shard(index, range, opening, context, lineage));
  }

  #addShard(shard: Shard): Shard {
    this.shards.push(shard);
    this.#byIndex.set(shard.index, shard);
    return shard;
  }

  /** Updates the index of open shards, after shards were opened or closed. */
  indexShards(): void {
    this.#open = this.shards
      .filter(({ closedAt }) => closedAt === undefined)
      .sort((a, b) => (a.range.start < b.range.start ? -1 : 1));
    this.#starts = this.#open.map(({ range }) => hexKey(range.start));
  }
}

/** A closed shard exists for as long as its last record may not have expired. */
function isExpired({ closedAt }: Shard, horizon: number): boolean {
  return closedAt !== undefined && closedAt < horizon;
}

/** `arn:aws:kinesis:us-east-1:123456789012:stream/name` */
export function streamArnOf(
  { accountId, region }: Scope,
  name: string,
  partition: string = partitionOf(region),
): string {
  return `arn:${partition}:kinesis:${region}:${accountId}:stream/${name}`;
}
