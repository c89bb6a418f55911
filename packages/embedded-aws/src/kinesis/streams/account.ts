import type { Scope } from '../../core/caller';
import type { Stream } from './stream';

/** MinimumThroughputBillingCommitment of an account, times in milliseconds. */
export interface BillingCommitment {
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/** The streams of one account in one region. */
export class Account {
  readonly scope: Scope;
  billingCommitment: BillingCommitment = {};
  readonly #streams = new Map<string, Stream>();

  constructor(scope: Scope) {
    this.scope = scope;
  }

  /** The stream of this name as it is now; undefined when there is none (any more). */
  find(name: string, now: number): Stream | undefined {
    const stream = this.#streams.get(name);
    if (stream === undefined) return undefined;
    if (stream.isGone(now)) {
      this.#streams.delete(name);
      stream.sink?.remove();
      return undefined;
    }
    stream.settle(now);
    return stream;
  }

  add(stream: Stream): void {
    this.#streams.set(stream.name, stream);
  }

  /** All streams as they are now, by name. */
  list(now: number): Stream[] {
    return [...this.#streams.keys()]
      .sort()
      .map((name) => this.find(name, now))
      .filter((stream) => stream !== undefined);
  }

  openShardCount(now: number): number {
    return this.list(now).reduce((sum, stream) => sum + stream.openShards.length, 0);
  }
}
