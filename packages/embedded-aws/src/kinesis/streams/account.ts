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
  /** Their names, in order. */
  readonly #names: string[] = [];

  constructor(scope: Scope) {
    this.scope = scope;
  }

  /** The stream with this name, brought up to date; undefined if it does not exist. */
  find(name: string, now: number): Stream | undefined {
    const stream = this.#streams.get(name);
    if (stream === undefined) return undefined;
    if (stream.isGone(now)) {
      this.#streams.delete(name);
      this.#names.splice(this.#positionAfter(name) - 1, 1);
      stream.sink?.remove();
      return undefined;
    }
    stream.settle(now);
    return stream;
  }

  add(stream: Stream): void {
    const { name } = stream;
    if (!this.#streams.has(name)) this.#names.splice(this.#positionAfter(name), 0, name);
    this.#streams.set(name, stream);
  }

  /** All streams, brought up to date and sorted by name. */
  list(now: number): Stream[] {
    return this.listAfter('', Number.POSITIVE_INFINITY, now);
  }

  /** Like {@link list}, for the first streams that come after a name; no others are looked at. */
  listAfter(name: string, most: number, now: number): Stream[] {
    const streams: Stream[] = [];
    // The end of a stream that is gone takes its name away: the next one moves up to its place.
    for (let at = this.#positionAfter(name); at < this.#names.length && streams.length < most; ) {
      const stream = this.find(this.#names[at] ?? '', now);
      if (stream === undefined) continue;
      streams.push(stream);
      at++;
    }
    return streams;
  }

  /** The position of the first name that comes after one. */
  #positionAfter(name: string): number {
    let low = 0;
    let high = this.#names.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#names[middle] ?? '') <= name) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  openShardCount(now: number): number {
    return this.list(now).reduce((sum, stream) => sum + stream.openShards.length, 0);
  }
}
