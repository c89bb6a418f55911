import { isTestRecord } from '../../stage/test-records';
import type { HashKeyRange } from '../format/hash-key';
import type { StreamRecord } from '../format/record';
import { openRecord } from '../opening/open';
import type { Positions, ShardView } from '../protocol';
import { eachLimited } from './each-limited';
import type { Position } from './position';
import { isNamed } from './problem';
import { type ReaderContext, ShardReader } from './shard-reader';
import { listShards, shardOfSequenceNumber } from './shards';

/** The range to read. */
export interface ReadingPlan {
  readonly stream: string;
  /**
   * One shard's id, or all shards, merged by time of arrival. From a sequence number only its shard is
   * read.
   */
  readonly shard: string | 'all';
  readonly position: Position;
  /** True to give the test records of verification too. */
  readonly testRecords?: boolean;
}

export type ReadingEvent =
  | { readonly kind: 'record'; readonly record: StreamRecord }
  /** Every shard has been read up to what was there when this round began. */
  | { readonly kind: 'tip' }
  /** A shard refuses reads because others use its quota; the reading waits and goes on. */
  | { readonly kind: 'throttled'; readonly shardId: string }
  /** Shards have come that were not there before; those of them that concern it are being read. */
  | { readonly kind: 'resharded' };

/** Requests to Kinesis under way at once. */
const AT_ONCE = 16;
/** Records that may wait to be merged, all shards together. */
const WAITING_RECORDS = 16_000;
const MOST_A_READ = 1_000;

interface Source {
  readonly reader: ShardReader;
  /** Records that were read and not yet returned, as a queue from `next` on. */
  page: readonly StreamRecord[];
  next: number;
  /** Read up to what was there when the round began. */
  caughtUp: boolean;
  ended: boolean;
}

/**
 * Reads shards as one sequence in the order of arrival. Where a shard's next record is not known
 * yet, nothing newer of other shards is given before it.
 */
export class StreamReading {
  /** The limit of one read of one shard: few records for a page, more for a whole stream. */
  pageSize: number = MOST_A_READ;
  /** How many test records were left out. */
  leftOut = 0;
  readonly #context: ReaderContext;
  readonly #plan: ReadingPlan;
  readonly #sources = new Map<string, Source>();
  /** The shards that have been listed, with their hash keys. */
  readonly #known = new Map<string, HashKeyRange>();
  #roundBegan = 0;
  #isOpen = false;
  /** False if only one shard is read. */
  #isWhole = true;
  /** A shard has ended, and its child shards have not been looked up yet. */
  #isReshardDue = false;

  constructor(context: ReaderContext, plan: ReadingPlan) {
    this.#context = context;
    this.#plan = plan;
  }

  /** How far each shard has been read. */
  positions(): Positions {
    const readers = [...this.#sources.values()].map(({ reader }) => reader);
    return Object.fromEntries(
      readers.flatMap(({ shardId, lag, last }) =>
        lag === undefined ? [] : [[shardId, { behind: lag, ...last }]],
      ),
    );
  }

  /**
   * The records of the stream and, when called again after a tip, those that arrived since. It ends
   * when all shards are closed and read to their end. After an error it may be called again and
   * goes on.
   * @throws Kinesis's errors, except for expired iterators and throttling
   */
  async *events(signal: AbortSignal): AsyncGenerator<ReadingEvent, void, undefined> {
    if (!this.#isOpen) await this.#openFirst(signal);
    this.#isOpen = true;
    // Looking for them may have failed when it was due.
    yield* this.#takeInNew(signal);
    while (this.#living().length > 0) {
      yield* this.#round(signal);
      if (this.#living().length > 0) yield { kind: 'tip' };
    }
  }

  async *#round(signal: AbortSignal): AsyncGenerator<ReadingEvent, void, undefined> {
    this.#roundBegan = this.#context.clock.now();
    for (const source of this.#living()) source.caughtUp = false;
    for (;;) {
      const wanting = [...this.#sources.values()].filter(wantsReading);
      if (wanting.length > 0) yield* this.#fetch(wanting, signal);
      yield* this.#give();
      const sources = [...this.#sources.values()];
      if (!sources.some((source) => wantsReading(source) || source.next < source.page.length)) {
        return;
      }
    }
  }

  /** Gives records, oldest first, until a shard's next one is not known. */
  *#give(): Generator<ReadingEvent, void, undefined> {
    for (;;) {
      let oldest: Source | undefined;
      for (const source of this.#sources.values()) {
        if (wantsReading(source)) return;
        if (arrivalOf(source) < (oldest ? arrivalOf(oldest) : Number.POSITIVE_INFINITY)) {
          oldest = source;
        }
      }
      const record = oldest?.page[oldest.next];
      if (oldest === undefined || record === undefined) return;
      oldest.next += 1;
      yield* this.#giveOpened(record);
    }
  }

  *#giveOpened(stored: StreamRecord): Generator<ReadingEvent, void, undefined> {
    for (const record of openRecord(stored, this.#known.get(stored.shardId))) {
      if (this.#plan.testRecords || !isTestRecord(record)) yield { kind: 'record', record };
      else this.leftOut += 1;
    }
  }

  async *#fetch(
    wanting: readonly Source[],
    signal: AbortSignal,
  ): AsyncGenerator<ReadingEvent, void, undefined> {
    const room = Math.floor(WAITING_RECORDS / this.#sources.size);
    const limit = Math.max(1, Math.min(this.pageSize, MOST_A_READ, room));
    const throttled: string[] = [];
    await eachLimited(wanting, AT_ONCE, async (source) => {
      const page = await this.#readOrEnd(source, limit, signal);
      source.page = page.records;
      source.next = 0;
      source.ended = page.ended;
      const newest = page.records.at(-1)?.arrivedAt ?? 0;
      // A shard with continuous writes would otherwise keep the others waiting forever.
      source.caughtUp = page.ended || page.atTip || newest > this.#roundBegan;
      if (page.throttled) throttled.push(source.reader.shardId);
      this.#isReshardDue ||= page.ended;
    });
    for (const shardId of throttled) yield { kind: 'throttled', shardId };
    yield* this.#takeInNew(signal);
  }

  /** Reads the shards too that have come in the place of those that ended. */
  async *#takeInNew(signal: AbortSignal): AsyncGenerator<ReadingEvent, void, undefined> {
    if (!this.#isReshardDue) return;
    const isResharded = this.#isWhole && (await this.#openNew(signal));
    this.#isReshardDue = false;
    if (isResharded) yield { kind: 'resharded' };
  }

  /**
   * A shard of a stream that still exists can be trimmed away while it is read: that is its end.
   */
  async #readOrEnd(source: Source, limit: number, signal: AbortSignal) {
    try {
      return await source.reader.read(limit, signal);
    } catch (error) {
      if (!this.#isWhole || !isNamed(error, 'ResourceNotFoundException')) throw error;
      const shards = await this.#list(signal).catch(() => undefined);
      if (shards === undefined || shards.some(({ id }) => id === source.reader.shardId))
        throw error;
      source.reader.lag = null;
      return { records: [], atTip: true, ended: true };
    }
  }

  async #openFirst(signal: AbortSignal): Promise<void> {
    const { stream, position } = this.#plan;
    const shards = await this.#list(signal);
    for (const { id, range } of shards) this.#known.set(id, range);
    const shard =
      this.#plan.shard === 'all' && 'sequenceNumber' in position
        ? shardOfSequenceNumber(shards, position.sequenceNumber, stream)
        : this.#plan.shard;
    if (shard !== 'all') {
      this.#isWhole = false;
      await this.#open([shard], position, signal);
      return;
    }
    // Nothing will arrive in a closed shard.
    const wanted = position.type === 'LATEST' ? shards.filter(({ closed }) => !closed) : shards;
    await this.#open(idsOf(wanted), position, signal);
  }

  /** Takes in the shards that a split or a merge has made. @returns whether there are any */
  async #openNew(signal: AbortSignal): Promise<boolean> {
    const shards = (await this.#list(signal)).filter(({ id }) => !this.#known.has(id));
    for (const { id, range } of shards) this.#known.set(id, range);
    await this.#open(idsOf(shards), { type: 'TRIM_HORIZON' }, signal);
    return shards.length > 0;
  }

  #list(signal: AbortSignal): Promise<ShardView[]> {
    return listShards(this.#context.kinesis, this.#plan.stream, signal);
  }

  async #open(ids: readonly string[], position: Position, signal: AbortSignal): Promise<void> {
    for (const id of ids) {
      this.#sources.set(id, {
        reader: new ShardReader(this.#context, this.#plan.stream, id, position),
        page: [],
        next: 0,
        caughtUp: false,
        ended: false,
      });
    }
    // Only LATEST has to be fixed now; the others mean the same place whenever they are opened.
    if (position.type !== 'LATEST') return;
    await eachLimited(ids, AT_ONCE, async (id) => this.#sources.get(id)?.reader.open(signal));
  }

  #living(): Source[] {
    return [...this.#sources.values()].filter(({ ended }) => !ended);
  }
}

function wantsReading(source: Source): boolean {
  return source.next >= source.page.length && !source.caughtUp && !source.ended;
}

function arrivalOf({ page, next }: Source): number {
  return page[next]?.arrivedAt ?? Number.POSITIVE_INFINITY;
}

function idsOf(shards: readonly ShardView[]): string[] {
  return shards.map(({ id }) => id);
}
