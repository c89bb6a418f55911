import { toAwsError } from '../../core/errors';
import type { MappedFunction } from './mapped-function';
import type { EventSourceMapping } from './mapping';
import { followShards, readableShards, startOfStream } from './progress';
import type { EventSourceRuntime } from './runtime';
import { ShardWorker } from './shard-worker';
import { sourceOf } from './source';
import { describeSource, type SourceStream } from './stream';
import { Wait } from './waits';

/** How long until a poller looks at its stream again, if no shard ends before. */
const LOOK_MS = 2_000;

/** Hands a stream's records to a function, for one mapping, as long as it is enabled. */
export class Poller {
  readonly #mapping: EventSourceMapping;
  readonly #target: MappedFunction;
  readonly #runtime: EventSourceRuntime;
  /** By shard id. */
  readonly #workers = new Map<string, Promise<void>>();
  /** Stops the workers: those of a stream that is gone, or all of them. */
  #work = new AbortController();
  #isStopped = false;
  #retentionMs = Number.POSITIVE_INFINITY;
  readonly #nextLook = new Wait();
  /** Resolves when nothing of it goes on. */
  readonly ended: Promise<void>;

  constructor(mapping: EventSourceMapping, target: MappedFunction, runtime: EventSourceRuntime) {
    this.#mapping = mapping;
    this.#target = target;
    this.#runtime = runtime;
    this.ended = this.#run();
  }

  /** Begins no call any more; those that are under way still count. */
  stop(): void {
    this.#isStopped = true;
    this.#work.abort();
    this.#nextLook.end();
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      try {
        await this.#follow();
      } catch (error) {
        this.#report(error);
      }
      await this.#nextLook.for(LOOK_MS);
    }
    await this.#endWorkers();
  }

  /** Starts workers for the shards that can be read. */
  async #follow(): Promise<void> {
    const mapping = this.#mapping;
    const source = sourceOf(mapping.sourceArn);
    const stream = describeSource(this.#runtime, source);
    if (stream === undefined) {
      mapping.lastResult = `PROBLEM: Stream not found: ${mapping.sourceArn}`;
      await this.#forget(0);
      return;
    }
    mapping.progress ??= startOfStream(this.#runtime, mapping, source, stream);
    // In a later stream of the same name, every record is new.
    if (mapping.progress.streamCreatedAt !== stream.createdAt) await this.#forget(stream.createdAt);
    this.#retentionMs = stream.retentionMs;
    this.#startWorkers(stream);
  }

  #startWorkers(stream: SourceStream): void {
    const { progress, sourceArn } = this.#mapping;
    if (progress === undefined) return;
    followShards(progress, stream.shards);
    for (const { ShardId } of readableShards(progress, stream.shards)) {
      const shard = progress.shards.get(ShardId);
      if (shard === undefined || this.#workers.has(ShardId)) continue;
      const worker = new ShardWorker(
        {
          mapping: this.#mapping,
          source: sourceOf(sourceArn),
          target: this.#target,
          runtime: this.#runtime,
          retentionMs: () => this.#retentionMs,
          signal: this.#work.signal,
        },
        ShardId,
        shard,
      );
      const running = worker.run().then(
        () => {
          this.#workers.delete(ShardId);
          // Its children may be read now.
          this.#nextLook.end();
        },
        (error) => {
          // The next look starts another one.
          this.#workers.delete(ShardId);
          this.#report(error);
        },
      );
      this.#workers.set(ShardId, running);
    }
  }

  /** Ends the work on a stream that is gone. */
  async #forget(streamCreatedAt: number): Promise<void> {
    this.#work.abort();
    await this.#endWorkers();
    if (!this.#isStopped) this.#work = new AbortController();
    if (this.#mapping.progress === undefined) return;
    this.#mapping.progress = { streamCreatedAt, shards: new Map() };
  }

  async #endWorkers(): Promise<void> {
    await Promise.all(this.#workers.values());
  }

  #report(error: unknown): void {
    this.#runtime.report(
      `Event source mapping ${this.#mapping.uuid}: ${toAwsError(error).message}`,
    );
  }
}
