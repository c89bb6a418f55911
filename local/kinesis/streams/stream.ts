import type { Scope } from '../../core/caller';
import { partitionOf } from '../../core/caller';
import type { StreamMode } from '../shapes/members';
import type { Consumer } from './consumer';
import { type HashKeyRange, type HexKey, hexKey } from './hash-key';
import type { RecordOwner, RecordSink, ShardTip } from './record-sink';
import { type Lineage, Shard } from './shard';
import { applyChange, type StreamChange } from './stream-change';

export type StreamStatus = 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';

const HOUR_MS = 3_600_000;

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
  /** Where records are written down, if anywhere; told how to ask the stream. */
  readonly sink?: (stream: RecordOwner) => RecordSink;
}

/** A change under way, and when it is due in milliseconds since 1970. */
export interface PendingUpdate {
  readonly dueAt: number;
  readonly change: StreamChange;
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
  readonly shards: Shard[] = [];
  mode: StreamMode;
  retentionHours = 24;
  maxRecordSizeInKiB: number;
  /** The KMS key that records are encrypted with; undefined for none. */
  keyId: string | undefined;
  policy: string | undefined;
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
    if (this.#update !== undefined && now >= this.#update.dueAt) {
      const { change, dueAt } = this.#update;
      this.#update = undefined;
      applyChange(this, change, dueAt);
    }
    for (const [name, consumer] of this.consumers) {
      if (consumer.isGone(now)) this.consumers.delete(name);
    }
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

  get pendingUpdate(): PendingUpdate | undefined {
    return this.#update;
  }

  /** When it will be gone; undefined unless it is DELETING. */
  get goneAt(): number | undefined {
    return this.#goneAt;
  }

  /** Puts back a state that does not follow from the clock alone. */
  resume(wasActive: boolean, update: PendingUpdate | undefined): void {
    this.#wasActive = wasActive;
    this.#update = update;
  }

  /** Where the shards have arrived that ever held a record. */
  tips(): ShardTip[] {
    return this.shards.filter(({ log }) => log.next > 1).map(({ tip }) => tip);
  }

  /** Takes back the records of a shard from an index on. */
  takeBack(shardIndex: number, index: number): void {
    this.shards[shardIndex]?.log.truncate(index);
  }

  get openShards(): readonly Shard[] {
    return this.#open;
  }

  /** The shards there are to see: none while CREATING, closed ones until their records expire. */
  visibleShards(now: number): Shard[] {
    if (!this.#wasActive) return [];
    const horizon = this.trimHorizon(now);
    return this.shards.filter(({ closedAt }) => closedAt === undefined || closedAt >= horizon);
  }

  /** The open shard whose range holds a hash key. */
  shardFor(key: HexKey): Shard {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? '') <= key) low = middle;
      else high = middle - 1;
    }
    const shard = this.#open[low];
    if (shard === undefined) throw new Error(`Stream ${this.name} has no open shard.`);
    return shard;
  }

  /** Adds a shard; `indexShards` must follow once all changes are made. */
  openShard(range: HashKeyRange, now: number, lineage?: Lineage): Shard {
    const shard = new Shard(this.shards.length, range, now, lineage, this.sink);
    this.shards.push(shard);
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

/** `arn:aws:kinesis:us-east-1:123456789012:stream/name` */
export function streamArnOf(
  { accountId, region }: Scope,
  name: string,
  partition: string = partitionOf(region),
): string {
  return `arn:${partition}:kinesis:${region}:${accountId}:stream/${name}`;
}
