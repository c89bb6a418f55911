import type { ReplayRecord } from './exported-record';

/** The most that Kinesis takes in one request: records, and bytes of data and keys. */
const BATCH = { records: 500, bytes: 5 * 1024 * 1024 } as const;

export interface Pending {
  readonly record: ReplayRecord;
  /** True once a request with it had no answer: it may be in the stream. */
  isUnsure: boolean;
}

/**
 * Records that are read and not known to be stored, by partition key. A request takes one record of a
 * key at most, and the key's next one only when that is stored: Kinesis may store the second of two
 * and refuse the first.
 */
export class PendingRecords {
  readonly #byKey = new Map<string, Pending[]>();
  /** Lines that are stored although an earlier one is not, with how many records they have. */
  readonly #ahead = new Map<number, number>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The earliest line with a record that is not stored; undefined if there is none. */
  get firstLine(): number | undefined {
    let first: number | undefined;
    for (const [head] of this.#byKey.values()) {
      if (head !== undefined && head.record.line < (first ?? Number.POSITIVE_INFINITY)) {
        first = head.record.line;
      }
    }
    return first;
  }

  /** Records that may be in the stream, of those that are not known to be. */
  get unsure(): number {
    let count = 0;
    for (const [head] of this.#byKey.values()) if (head?.isUnsure) count += 1;
    return count;
  }

  add(record: ReplayRecord): void {
    const queue = this.#byKey.get(record.partitionKey) ?? [];
    queue.push({ record, isUnsure: false });
    this.#byKey.set(record.partitionKey, queue);
    this.#count += 1;
  }

  /** The records that may be sent now, the longest waiting first. @param most at least one */
  batch(most: number = BATCH.records): Pending[] {
    const batch: Pending[] = [];
    let bytes = 0;
    for (const [head] of this.#byKey.values()) {
      if (head === undefined) continue;
      bytes += head.record.data.length + Buffer.byteLength(head.record.partitionKey);
      if (batch.length > 0 && bytes > BATCH.bytes) break;
      batch.push(head);
      if (batch.length >= Math.min(most, BATCH.records)) break;
    }
    return batch;
  }

  /** A record is stored: the next one with its key may go, after those of other keys. */
  settle({ record: { partitionKey, line } }: Pending): void {
    const [, ...rest] = this.#byKey.get(partitionKey) ?? [];
    this.#byKey.delete(partitionKey);
    if (rest.length > 0) this.#byKey.set(partitionKey, rest);
    this.#count -= 1;
    this.#ahead.set(line, (this.#ahead.get(line) ?? 0) + 1);
  }

  /** How many records of this line and later ones are stored. */
  storedFrom(line: number): number {
    let count = 0;
    for (const [at, records] of this.#ahead) {
      if (at >= line) count += records;
      else this.#ahead.delete(at);
    }
    return count;
  }
}
