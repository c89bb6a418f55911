import { RecordChunk, type StoredRecord } from './record-chunk';

export type { StoredRecord } from './record-chunk';

/**
 * A shard's records, numbered from 1 without gaps, so that a position is found by arithmetic.
 * They lie in chunks: appending never copies more than one of them, and what has expired is freed a
 * chunk at a time.
 */
export class RecordLog {
  #chunks: RecordChunk[] = [];
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

  /** Lets the next record have this index: those before it are forgotten. Never goes back. */
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

  /** Takes back the newest records, from an index on. */
  truncate(next: number): void {
    if (next >= this.#next) return;
    this.#next = Math.max(next, this.#first);
    for (let chunk = this.#chunks.at(-1); chunk !== undefined; chunk = this.#chunks.at(-1)) {
      chunk.truncate(Math.max(this.#next - chunk.base, 0));
      if (chunk.count > 0) return;
      this.#chunks.pop();
    }
  }

  /** The record with this index; undefined when it is expired or not written yet. */
  at(index: number): StoredRecord | undefined {
    if (index < this.#first || index >= this.#next) return undefined;
    const chunk = this.#chunkOf(index);
    return chunk?.at(index - chunk.base);
  }

  /** When the record with this index arrived; undefined when it is expired or not written yet. */
  arrivedAt(index: number): number | undefined {
    if (index < this.#first || index >= this.#next) return undefined;
    const chunk = this.#chunkOf(index);
    return chunk?.arrivedAt(index - chunk.base);
  }

  /** Index of the first record that arrived at or after a time; `next` when there is none. */
  firstSince(time: number): number {
    let low = this.#first;
    let high = this.#next;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.arrivedAt(middle) ?? Number.POSITIVE_INFINITY) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Forgets the records that arrived before a time. */
  trim(before: number): void {
    if ((this.arrivedAt(this.#first) ?? before) >= before) return;
    this.trimTo(this.firstSince(before));
  }

  /** Forgets the records before an index. */
  trimTo(first: number): void {
    if (first <= this.#first) return;
    this.#first = Math.min(first, this.#next);
    const kept = this.#chunks.findIndex(({ base, count }) => base + count > this.#first);
    this.#chunks.splice(0, kept === -1 ? this.#chunks.length : kept);
  }

  #chunkOf(index: number): RecordChunk | undefined {
    let low = 0;
    let high = this.#chunks.length - 1;
    // Most reads are near the tip, but none pays for more than a few steps.
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#chunks[middle]?.base ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return this.#chunks[low];
  }
}
