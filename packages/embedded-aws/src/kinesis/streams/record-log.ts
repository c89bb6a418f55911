import { RecordChunk, type StoredRecord } from './record-chunk';

export type { StoredRecord } from './record-chunk';

/**
 * A shard's records, numbered from 1 without gaps, so that positions can be computed. They are
 * stored in chunks: an append copies at most one chunk, and expired records are freed a chunk at a
 * time.
 */
export class RecordLog {
  #chunks: RecordChunk[] = [];
  #first = 1;
  #next = 1;

  /** Index of the oldest record that has not expired; equals `next` if there is none. */
  get first(): number {
    return this.#first;
  }

  /** Index of the next record. */
  get next(): number {
    return this.#next;
  }

  /** Sets the index of the next record and drops all records before it. Never moves backwards. */
  skipTo(next: number): void {
    if (next <= this.#next) return;
    this.#chunks = [];
    this.#first = next;
    this.#next = next;
  }

  append(record: StoredRecord): number {
    let chunk = this.#chunks.at(-1);
    if (chunk?.add(record) !== true) {
      chunk?.seal();
      chunk = new RecordChunk(this.#next, chunk);
      chunk.add(record);
      this.#chunks.push(chunk);
    }
    return this.#next++;
  }

  /** Rolls back the newest records, starting at an index. */
  truncate(next: number): void {
    if (next >= this.#next) return;
    this.#next = Math.max(next, this.#first);
    for (let chunk = this.#chunks.at(-1); chunk !== undefined; chunk = this.#chunks.at(-1)) {
      chunk.truncate(Math.max(this.#next - chunk.base, 0));
      if (chunk.count > 0) return;
      this.#chunks.pop();
    }
  }

  /** The record with this index; undefined if it has expired or is not written yet. */
  at(index: number): StoredRecord | undefined {
    if (index < this.#first || index >= this.#next) return undefined;
    const chunk = this.#chunkOf(index);
    return chunk?.at(index - chunk.base);
  }

  /**
   * Arrival time of the record with this index, in milliseconds since 1970; undefined if it has
   * expired or is not written yet.
   */
  arrivedAt(index: number): number | undefined {
    if (index < this.#first || index >= this.#next) return undefined;
    const chunk = this.#chunkOf(index);
    return chunk?.arrivedAt(index - chunk.base);
  }

  /** The index in the sequence number of a record, which must not have expired. */
  #sequenceAt(index: number): number {
    const chunk = this.#chunkOf(index);
    return chunk?.sequenceAt(index - chunk.base) ?? Number.POSITIVE_INFINITY;
  }

  /** Index of the first record that arrived at or after a time; `next` if there is none. */
  firstSince(time: number): number {
    return this.#firstThat((index) => (this.arrivedAt(index) ?? Number.POSITIVE_INFINITY) >= time);
  }

  /**
   * Index of the first record whose sequence number has at least this index; `next` if there is none.
   */
  firstAt(sequence: number): number {
    return this.#firstThat((index) => this.#sequenceAt(index) >= sequence);
  }

  #firstThat(isReached: (index: number) => boolean): number {
    let low = this.#first;
    let high = this.#next;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (isReached(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Drops the records that arrived before a time. */
  trim(before: number): void {
    if ((this.arrivedAt(this.#first) ?? before) >= before) return;
    this.trimTo(this.firstSince(before));
  }

  /** Drops the records before an index. */
  trimTo(first: number): void {
    if (first <= this.#first) return;
    this.#first = Math.min(first, this.#next);
    const firstKept = this.#chunks.findIndex(({ base, count }) => base + count > this.#first);
    this.#chunks.splice(0, firstKept === -1 ? this.#chunks.length : firstKept);
  }

  #chunkOf(index: number): RecordChunk | undefined {
    let low = 0;
    let high = this.#chunks.length - 1;
    // Binary search: most reads are near the tip, but no read may take more than a few steps.
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#chunks[middle]?.base ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return this.#chunks[low];
  }
}
