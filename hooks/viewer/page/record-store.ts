import type { StreamRecord } from '../format/record';

/** The limits of a page, so that following for days does not fill the memory. */
const LIMITS = { records: 200_000, bytes: 160_000_000 } as const;
/** Memory that a record takes beside its bytes, in bytes. */
const OVERHEAD = 400;
/** How many records and bytes are filtered before the page is drawn. */
const SLICE = { records: 2_000, bytes: 4_000_000 } as const;

const sizeOf = ({ data, unpacked }: StreamRecord): number =>
  OVERHEAD + data.length + (unpacked?.data.length ?? 0);

/** The records that were read, oldest first, and those of them that the filter lets through. */
export class RecordStore {
  readonly #limits: { readonly records: number; readonly bytes: number };
  #all: StreamRecord[] = [];
  #shown: StreamRecord[] = [];
  #bytes = 0;
  #wanted: (record: StreamRecord) => boolean = () => true;
  /** How many had to make room. */
  dropped = 0;

  constructor(limits: { readonly records: number; readonly bytes: number } = LIMITS) {
    this.#limits = limits;
  }

  get all(): readonly StreamRecord[] {
    return this.#all;
  }

  get shown(): readonly StreamRecord[] {
    return this.#shown;
  }

  clear(): void {
    this.#all = [];
    this.#shown = [];
    this.#bytes = 0;
    this.dropped = 0;
  }

  add(records: readonly StreamRecord[]): void {
    for (const record of records) {
      this.#all.push(record);
      this.#bytes += sizeOf(record);
      if (this.#wanted(record)) this.#shown.push(record);
    }
    if (this.#all.length > this.#limits.records || this.#bytes > this.#limits.bytes) this.#drop();
  }

  /** Filters present and future records, in slices so that the page stays responsive. */
  async filter(
    wanted: (record: StreamRecord) => boolean,
    pause: () => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    this.#wanted = wanted;
    for (;;) {
      const all = this.#all;
      const shown: StreamRecord[] = [];
      for (let next = 0; next < all.length && this.#all === all; ) {
        const slice = sliceOf(all, next);
        shown.push(...slice.filter(wanted));
        next += slice.length;
        await pause();
        if (signal.aborted) return;
      }
      // If records were dropped meanwhile, start again.
      if (this.#all !== all) continue;
      this.#shown = shown;
      return;
    }
  }

  /** A tenth at a time: dropping one by one would move all others each time. */
  #drop(): void {
    let count = Math.ceil(this.#all.length / 10);
    let bytes = this.#bytes;
    for (const record of this.#all.slice(0, count)) bytes -= sizeOf(record);
    while (bytes > this.#limits.bytes && count < this.#all.length - 1) {
      const record = this.#all[count];
      if (record !== undefined) bytes -= sizeOf(record);
      count += 1;
    }
    const gone = new Set(this.#all.slice(0, count));
    this.#all = this.#all.slice(count);
    this.#shown = this.#shown.filter((record) => !gone.has(record));
    this.#bytes = bytes;
    this.dropped += gone.size;
  }
}

/** At least one record from here on. */
function sliceOf(all: readonly StreamRecord[], start: number): readonly StreamRecord[] {
  let end = start;
  for (let bytes = 0; end < start + SLICE.records && bytes < SLICE.bytes; end++) {
    const record = all[end];
    if (record === undefined) break;
    bytes += sizeOf(record);
  }
  return all.slice(start, end);
}
