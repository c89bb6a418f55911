import { setTimeout as sleep } from 'node:timers/promises';
import { isLoopback } from '../../stage/rates';

/** Kinesis allows five reads a second and shard, to all its readers together. */
const READ_EVERY_MS = 210;

/** Two of them, which leaves the others to consumers. */
const SHARED_EVERY_MS = 500;

/** How often a shard is read: as often as it may be on this machine, less where others read it too. */
export const readEveryMs = (
  {
    AWS_ENDPOINT_URL: endpoint = '',
    AWS_ENDPOINT_URL_KINESIS: own = endpoint,
  }: NodeJS.ProcessEnv = process.env,
): number => (isLoopback(own) ? READ_EVERY_MS : SHARED_EVERY_MS);

/** Time, so that tests need not wait for it. */
export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};

/** Spaces out reads of one shard, by all readers of this process. */
export class Pace {
  readonly #clock: Clock;
  readonly #everyMs: number;
  /** The first moment at which a shard may be read again. */
  readonly #free = new Map<string, number>();

  constructor(clock: Clock = systemClock, everyMs: number = readEveryMs()) {
    this.#clock = clock;
    this.#everyMs = everyMs;
  }

  /** Waits for a turn to read the shard. @throws the signal's AbortError */
  async turn(stream: string, shardId: string, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const shard = `${stream}/${shardId}`;
    const now = this.#clock.now();
    const at = Math.max(now, this.#free.get(shard) ?? 0);
    this.#free.set(shard, at + this.#everyMs);
    if (at > now) await this.#clock.sleep(at - now, signal);
  }

  /** Leaves the shard alone for a while, because Kinesis refused a read. */
  rest(stream: string, shardId: string, ms: number): void {
    const shard = `${stream}/${shardId}`;
    const until = this.#clock.now() + ms;
    this.#free.set(shard, Math.max(until, this.#free.get(shard) ?? 0));
  }
}
