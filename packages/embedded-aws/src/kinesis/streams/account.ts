import type { Scope } from '../../core/caller';
import type { Stream } from './stream';

/** The MinimumThroughputBillingCommitment of an account, times in milliseconds since 1970. */
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

  /** The stream with this name, brought up to date; undefined if it does not exist. */
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

  /** All streams, brought up to date and sorted by name. */
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
