/** Shards with neighbouring indexes that share a counter (kinesalite, actions/putRecords.js). */
const SHARDS = 5;

/** Counts the records of a few shards, so that their sequence numbers rise across them as on AWS. */
export class SequenceCounter {
  #next = 1;

  /** The index in the next sequence number. */
  get next(): number {
    return this.#next;
  }

  take(): number {
    return this.#next++;
  }

  /** Never moves backwards. */
  skipTo(next: number): void {
    if (next > this.#next) this.#next = next;
  }
}

/** The counters of a stream. */
export class SequenceCounters {
  readonly #counters = new Map<number, SequenceCounter>();

  of(shardIndex: number): SequenceCounter {
    const group = Math.floor(shardIndex / SHARDS);
    const counter = this.#counters.get(group) ?? new SequenceCounter();
    this.#counters.set(group, counter);
    return counter;
  }
}
