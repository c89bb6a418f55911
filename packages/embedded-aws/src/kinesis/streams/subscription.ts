import type { AwsError } from '../../core/errors';
import type { Shard } from './shard';

/** A subscription lasts five minutes; then the consumer must subscribe again (API reference). */
const SUBSCRIPTION_MS = 300_000;
/** A new subscription cannot be taken over for this long (API reference). */
const PROTECTED_MS = 5_000;

/** A subscription of one consumer with enhanced fan-out to one shard. */
export class Subscription {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly shard: Shard;
  /** Index of the next record to push. */
  next: number;
  /** Milliseconds since 1970 until which pushes pause, because earlier ones used up the rate. */
  pausedUntil = 0;
  #endedBy: AwsError | undefined;

  constructor(shard: Shard, next: number, startedAt: number) {
    this.shard = shard;
    this.next = next;
    this.startedAt = startedAt;
  }

  /** Why another party ended the subscription; undefined unless it did. */
  get endedBy(): AwsError | undefined {
    return this.#endedBy;
  }

  /** Ends the subscription and wakes its reader at once. */
  end(reason: AwsError): void {
    this.#endedBy ??= reason;
    this.shard.arrivals.notify();
  }

  isOver(now: number): boolean {
    return now - this.startedAt >= SUBSCRIPTION_MS;
  }

  isProtected(now: number): boolean {
    return now - this.startedAt < PROTECTED_MS;
  }
}
