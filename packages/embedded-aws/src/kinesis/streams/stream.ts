import type { Scope } from '../../core/caller';
import { partitionOf } from '../../core/caller';
import type { RecordDistribution, StreamMode } from '../members';
import type { Consumer } from './consumer';
import { type HashKeyRange, type HexKey, hexKey } from './hash-key';
import type { RecordOwner, RecordSink, ShardTip } from './record-sink';
import { type Lineage, Shard } from './shard';
import { applyChange, type StreamChange } from './stream-change';

export type StreamStatus = 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';

const HOUR_MS = 3_600_000;
/** Reading looks at each record's age; this is for the memory of what nobody reads. */
const SWEEP_MS = 60_000;

/** What a stream starts as. */
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
  /** Where records are written down, if anywhere; told how to ask the stream. */
  readonly sink?: (stream: RecordOwner) => RecordSink;
}

/** A change under way, and when it is due in milliseconds since 1970. */
export interface PendingUpdate {
  readonly dueAt: number;
  readonly change: StreamChange;
}

/** What of a stream does not follow from the clock and its shards. */
export interface StreamProgress {
  readonly wasActive: boolean;
  readonly update?: PendingUpdate | undefined;
  /** Shards that expired have used up their numbers. */
  readonly nextShardIndex: number;
}

/** One data stream. Its state follows from the clock: `settle` brings it up to date, before use. */
export class Stream implements RecordOwner {
  readonly name: string;
  readonly arn: string;
  readonly accountId: string;
  readonly createdAt: number;
  readonly tags: Map<string, string>;
  readonly consumers = new Map<string, Consumer>();
  readonly shardLevelMetrics = new Set<string>();
  /** In the order of their indexes, but for those that have expired. */
  readonly shards: Shard[] = [];
  readonly #byIndex = new Map<number, Shard>();
  /** When actions that are limited by the day were done, by the action's name. */
  readonly usage = new Map<string, readonly number[]>();
  mode: StreamMode;
  retentionHours = 24;
  maxRecordSizeInKiB: number;
  /** The KMS key that records are encrypted with; undefined for none. */
  keyId: string | undefined;
  policy: string | undefined;
  /** What an on-demand stream was asked to be ready for. */
  warmThroughputMiBps: number | undefined;
  /** Who decides which shard a record goes to: its key, or the service. */
  recordDistribution: RecordDistribution;
  /** Where records are written as well; undefined when they live in memory alone. */
  readonly sink: RecordSink | undefined;
  readonly activeAt: number;
  /** Stays once reached, so that a clock that is set back does not close the stream again. */
  #wasActive = false;
  #goneAt: number | undefined;
  #update: PendingUpdate | undefined;
  /** The open shards in the order of their ranges, and where each range starts. */
  #open: Shard[] = [];
  #starts: HexKey[] = [];
  #nextShardIndex = 0;
  #sweptAt: number;
  /** Which open shard is next when the service distributes records. */
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
    for (const range of settings.ranges) this.openShard(range, settings.createdAt);
    this.indexShards();
  }

  /** Milliseconds since 1970 of the oldest record that is kept. */
  trimHorizon(now: number): number {
    return now - this.retentionHours * HOUR_MS;
  }

  /** Does what has become due. */
  settle(now: number): void {
    if (now >= this.activeAt) this.#wasActive = true;
    this.applyUpdate(now);
    for (const [name, consumer] of this.consumers) {
      if (consumer.isGone(now)) this.consumers.delete(name);
    }
    if (now - this.#sweptAt >= SWEEP_MS) this.sweep(now);
  }

  /** Makes the change that is under way, if it is due. */
  applyUpdate(now: number): void {
    if (this.#update === undefined || now < this.#update.dueAt) return;
    const { change, dueAt } = this.#update;
    this.#update = undefined;
    applyChange(this, change, dueAt);
  }

  /** Forgets records that are older than the retention period, and closed shards with them. */
  sweep(now: number): void {
    this.#sweptAt = now;
    const horizon = this.trimHorizon(now);
    for (const shard of this.shards) shard.log.trim(horizon);
    const kept = this.shards.filter((shard) => !isExpired(shard, horizon));
    if (kept.length < this.shards.length) this.#keepShards(kept);
    this.sink?.trim(horizon);
  }

  #keepShards(kept: readonly Shard[]): void {
    // Not as arguments: a stream may have more shards than a call takes.
    this.shards.length = 0;
    this.#byIndex.clear();
    for (const shard of kept) this.#take(shard);
  }

  get status(): StreamStatus {
    if (this.#goneAt !== undefined) return 'DELETING';
    if (!this.#wasActive) return 'CREATING';
    return this.#update === undefined ? 'ACTIVE' : 'UPDATING';
  }

  /** Records are taken and given until the stream is gone, but not before it is ACTIVE. */
  get isOpenForData(): boolean {
    return this.#wasActive;
  }

  isGone(now: number): boolean {
    return this.#goneAt !== undefined && now >= this.#goneAt;
  }

  delete(goneAt: number): void {
    this.#goneAt ??= goneAt;
  }

  /** Starts a change; the stream is UPDATING until it is due and applied. */
  update(dueAt: number, change: StreamChange): void {
    this.#update = { dueAt, change };
  }

  /** When it will be gone; undefined unless it is DELETING. */
  get goneAt(): number | undefined {
    return this.#goneAt;
  }

  get progress(): StreamProgress {
    const nextShardIndex = this.#nextShardIndex;
    return { wasActive: this.#wasActive, update: this.#update, nextShardIndex };
  }

  /** Goes on where an earlier process stopped. */
  resume({ wasActive, update, nextShardIndex }: StreamProgress): void {
    this.#wasActive = wasActive;
    this.#update = update;
    this.#nextShardIndex = nextShardIndex;
  }

  /** Where the shards have arrived that ever held a record. */
  tips(): ShardTip[] {
    return this.shards.filter(({ log }) => log.next > 1).map(({ tip }) => tip);
  }

  /** Takes back the records of a shard from an index on. */
  takeBack(shardIndex: number, index: number): void {
    this.shard(shardIndex)?.log.truncate(index);
  }

  /** A shard by its index, unless it has expired. */
  shard(index: number): Shard | undefined {
    return this.#byIndex.get(index);
  }

  /** Whether a shard with this index was opened at some time. */
  everHad(shardIndex: number): boolean {
    return shardIndex < this.#nextShardIndex;
  }

  get openShards(): readonly Shard[] {
    return this.#open;
  }

  /** The shards there are to see: none while CREATING, closed ones until their records expire. */
  visibleShards(now: number): Shard[] {
    if (!this.#wasActive) return [];
    const horizon = this.trimHorizon(now);
    return this.shards.filter((shard) => !isExpired(shard, horizon));
  }

  /** The open shard whose range holds a hash key; without a key, one after the other. */
  shardFor(key: HexKey | undefined): Shard {
    const shard = this.#open[key === undefined ? this.#nextTurn() : this.#placeOf(key)];
    if (shard === undefined) throw new Error(`Stream ${this.name} has no open shard.`);
    return shard;
  }

  #nextTurn(): number {
    this.#turn = (this.#turn + 1) % this.#open.length;
    return this.#turn;
  }

  #placeOf(key: HexKey): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? '') <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Adds a shard; `indexShards` must follow once all changes are made. */
  openShard(range: HashKeyRange, now: number, lineage?: Lineage): Shard {
    return this.reopenShard(this.#nextShardIndex++, range, now, lineage);
  }

  /** Puts back a shard that an earlier process had; they must come in the order of their indexes. */
  reopenShard(index: number, range: HashKeyRange, openedAt: number, lineage?: Lineage): Shard {
    return this.#take(new Shard(index, range, openedAt, lineage, this.sink));
  }

  #take(shard: Shard): Shard {
    this.shards.push(shard);
    this.#byIndex.set(shard.index, shard);
    return shard;
  }

  /** Makes the open shards findable after shards were opened or closed. */
  indexShards(): void {
    this.#open = this.shards
      .filter(({ closedAt }) => closedAt === undefined)
      .sort((a, b) => (a.range.start < b.range.start ? -1 : 1));
    this.#starts = this.#open.map(({ range }) => hexKey(range.start));
  }
}

/** A closed shard is there as long as its last record can be. */
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
