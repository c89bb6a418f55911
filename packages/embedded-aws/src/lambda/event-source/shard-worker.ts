import { AwsError } from '../../core/errors';
import { batchesOf, lanesOf } from './batches';
import { Checkpoint } from './checkpoint';
import { type Collected, collect } from './collect';
import { type DeliveryPorts, deliver } from './delivery';
import { tellDiscarded } from './discarded';
import type { EventRecord } from './event';
import { compileFilters, type Filter } from './filter/criteria';
import type { EventSourceMapping, ShardProgress } from './mapping';
import { type Reading, readerOf, type ShardReader } from './reader';
import { noAccess } from './rights';
import type { Source } from './source';
import { pause } from './waits';
import type { Work } from './work';

const RETRY_READ_MS = 1_000;

/** Reads one shard of a mapping's stream to its end, and has its records handled. */
export class ShardWorker {
  readonly #work: Work;
  readonly #shardId: string;
  readonly #progress: ShardProgress;
  readonly #reader: ShardReader;
  /** Batching windows begin when a call ends. */
  #windowStart: number;
  #filters:
    | { readonly patterns: readonly string[]; readonly filter: Filter | undefined }
    | undefined;

  constructor(work: Work, shardId: string, progress: ShardProgress) {
    this.#work = work;
    this.#shardId = shardId;
    this.#progress = progress;
    this.#reader = readerOf({
      kinesis: work.runtime.kinesis,
      source: work.source,
      shardId,
      role: () => work.target.role(),
      start: startOf(work.mapping, progress),
    });
    this.#windowStart = work.runtime.now();
  }

  /** Resolves at the shard's end, when it has expired, or soon after the signal. */
  async run(): Promise<void> {
    const { signal, runtime } = this.#work;
    while (!signal.aborted && !this.#isOver) {
      const collected = await this.#collect();
      if (signal.aborted || collected === undefined) continue;
      if (collected.records.length > 0 && !(await this.#deliver(collected.records))) return;
      this.#progress.after = collected.readTo ?? this.#progress.after;
      this.#progress.isDone = collected.isEnd;
      this.#windowStart = runtime.now();
    }
  }

  get #isOver(): boolean {
    const { progress } = this.#work.mapping;
    // A shard whose records have all expired is no longer followed.
    return this.#progress.isDone || progress?.shards.get(this.#shardId) !== this.#progress;
  }

  /** @returns undefined if nothing can be read at present */
  async #collect(): Promise<Collected | undefined> {
    const { mapping, source, target, runtime, signal } = this.#work;
    const { settings } = mapping;
    try {
      return await collect({
        reader: this.#reader,
        settings,
        isOutdated: () => mapping.settings !== settings,
        filter: this.#filterOf(settings.Filters),
        origin: { source, shardId: this.#shardId, roleArn: target.roleArn },
        windowEnd: this.#windowStart + settings.MaximumBatchingWindowInSeconds * 1000,
        now: () => runtime.now(),
        signal,
      });
    } catch (error) {
      const problem = problemOf(error, source);
      if (problem !== undefined) mapping.lastResult = problem;
      // Readers that a shard's quota keeps out must not all come back at the same moment.
      await pause(RETRY_READ_MS * (0.5 + Math.random()), signal);
      return undefined;
    }
  }

  #filterOf(patterns: readonly string[]): Filter | undefined {
    if (this.#filters?.patterns !== patterns) {
      this.#filters = { patterns, filter: compileFilters(patterns) };
    }
    return this.#filters.filter;
  }

  /** @returns false if the mapping stopped before all records were handled */
  async #deliver(records: readonly EventRecord[]): Promise<boolean> {
    const { BatchSize, ParallelizationFactor } = this.#work.mapping.settings;
    const checkpoint = new Checkpoint(records);
    const ports = this.#ports(checkpoint);
    const lanes = lanesOf(records, ParallelizationFactor).map(async (lane) => {
      for (const batch of batchesOf(lane, BatchSize)) {
        if (!(await deliver(batch, ports))) return;
      }
    });
    await Promise.all(lanes);
    return checkpoint.isComplete;
  }

  #ports(checkpoint: Checkpoint): DeliveryPorts {
    const { mapping, target, runtime, retentionMs, signal } = this.#work;
    return {
      settings: () => mapping.settings,
      retentionMs,
      signal,
      now: () => runtime.now(),
      call: (records) => this.#call(records),
      handled: (records) => {
        this.#progress.after = checkpoint.handled(records) ?? this.#progress.after;
      },
      discard: (discarded) => tellDiscarded(discarded, this.#work, this.#shardId),
      pause: (milliseconds) => {
        const { revision } = target;
        const { settings } = mapping;
        // A function that was just mended is tried at once, and so is a mapping that was changed.
        const isChanged = () => target.revision !== revision || mapping.settings !== settings;
        return pause(milliseconds, signal, isChanged);
      },
    };
  }

  async #call(records: readonly EventRecord[]) {
    const { mapping, target } = this.#work;
    try {
      const result = await target.call(records);
      mapping.lastResult = result.failed ? CALL_FAILED : 'OK';
      return result;
    } catch (error) {
      mapping.lastResult = CALL_FAILED;
      throw error;
    }
  }
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html */
const CALL_FAILED = 'PROBLEM: Function call failed';

/** Where reading begins, as GetShardIterator takes it. */
function startOf({ start }: EventSourceMapping, { after }: ShardProgress): Reading['start'] {
  if (after !== undefined) return { type: 'AFTER_SEQUENCE_NUMBER', value: after };
  if (start.type === 'AT_TIMESTAMP') return { type: start.type, value: start.timestamp };
  // Also with LATEST: a shard without a position began later than the mapping.
  return { type: 'TRIM_HORIZON' };
}

/** The reason why a mapping cannot read; undefined for one that passes by itself. */
function problemOf(error: unknown, { streamArn }: Source): string | undefined {
  if (!(error instanceof AwsError)) throw error;
  if (error.code === 'ProvisionedThroughputExceededException') return undefined;
  // A subscription of five seconds ago, to the same shard, is not over.
  if (error.code === 'ResourceInUseException') return undefined;
  if (error.code === 'ResourceNotFoundException') return `PROBLEM: ${error.message}`;
  return `PROBLEM: ${noAccess(streamArn)}`;
}
