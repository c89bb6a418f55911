/** A record as a shard keeps it. */
export interface StoredRecord {
  /** Empty when the record came without. */
  readonly partitionKey: string;
  readonly data: Buffer;
  /** Milliseconds since 1970; never less than that of the record before. */
  readonly arrivedAt: number;
  readonly encrypted: boolean;
}

/** Small enough to free memory soon, large enough that there are few. */
const CHUNK = 1024;

/**
 * A shard's records, numbered from 1 without gaps, so that a position is found by arithmetic.
 * They lie in chunks: appending never copies what is stored, and what has expired is freed a
 * chunk at a time.
 */
export class RecordLog {
  #chunks: StoredRecord[][] = [];
  /** Index of the first record of the first chunk. */
  #base = 1;
  #first = 1;
  #next = 1;

  /** Index of the oldest record that is not expired; equals `next` when there is none. */
  get first(): number {
    return this.#first;
  }

  /** Index that the next record gets. */
  get next(): number {
    return this.#next;
  }

  append(record: StoredRecord): number {
    const offset = this.#next - this.#base;
    if (offset % CHUNK === 0) this.#chunks.push([record]);
    else this.#chunks[this.#chunks.length - 1]?.push(record);
    return this.#next++;
  }

  /** The record with this index; undefined when it is expired or not written yet. */
  at(index: number): StoredRecord | undefined {
    if (index < this.#first || index >= this.#next) return undefined;
    const offset = index - this.#base;
    return this.#chunks[Math.floor(offset / CHUNK)]?.[offset % CHUNK];
  }

  /** Index of the first record that arrived at or after a time; `next` when there is none. */
  firstSince(time: number): number {
    let low = this.#first;
    let high = this.#next;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.at(middle)?.arrivedAt ?? Number.POSITIVE_INFINITY) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Forgets the records that arrived before a time. */
  trim(before: number): void {
    if ((this.at(this.#first)?.arrivedAt ?? before) >= before) return;
    this.#first = this.firstSince(before);
    const expired = Math.floor((this.#first - this.#base) / CHUNK);
    if (expired === 0) return;
    this.#chunks.splice(0, expired);
    this.#base += expired * CHUNK;
  }
}
