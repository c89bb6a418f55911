import type { EventRecord } from './event';

/** How far a shard's records are handled, in their order, while several batches are under way. */
export class Checkpoint {
  readonly #records: readonly EventRecord[];
  readonly #handled = new Set<string>();
  #next = 0;

  constructor(records: readonly EventRecord[]) {
    this.#records = records;
  }

  /**
   * Notes records that need not be delivered again.
   * @returns the sequence number up to which all are; undefined as long as the first one is not
   */
  handled(records: readonly EventRecord[]): string | undefined {
    for (const { record } of records) this.#handled.add(record.sequenceNumber);
    for (;;) {
      const next = this.#records[this.#next]?.record.sequenceNumber;
      if (next === undefined || !this.#handled.delete(next)) break;
      this.#next++;
    }
    return this.#records[this.#next - 1]?.record.sequenceNumber;
  }

  get isComplete(): boolean {
    return this.#next === this.#records.length;
  }
}
