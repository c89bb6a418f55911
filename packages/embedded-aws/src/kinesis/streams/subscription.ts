import type { AwsError } from '../../core/errors';
import type { Shard } from './shard';

/** A subscription lasts five minutes, then the consumer must subscribe again (API reference). */
const SUBSCRIPTION_MS = 300_000;
/** For so long after a successful call nobody else takes over (API reference). */
const PROTECTED_MS = 5_000;

/** One reading of one shard by one consumer with enhanced fan-out. */
export class Subscription {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly shard: Shard;
  /** Index of the next record to push. */
  next: number;
  /** Milliseconds since 1970 before which no more is pushed: what was pushed uses up the rate. */
  pausedUntil = 0;
  #endedBy: AwsError | undefined;

  constructor(shard: Shard, next: number, startedAt: number) {
    this.shard = shard;
    this.next = next;
    this.startedAt = startedAt;
  }

  /** Why it was ended from outside; undefined while it was not. */
  get endedBy(): AwsError | undefined {
    return this.#endedBy;
  }

  /** Ends it; its reader is told at once. */
  end(reason: AwsError): void {
    this.#endedBy ??= reason;
    this.shard.arrivals.ring();
  }

  isOver(now: number): boolean {
    return now - this.startedAt >= SUBSCRIPTION_MS;
  }

  isProtected(now: number): boolean {
    return now - this.startedAt < PROTECTED_MS;
  }
}
