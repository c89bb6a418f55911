/** A record as stored in a shard. */
export interface StoredRecord {
  /** Empty if the record has no partition key. */
  readonly partitionKey: string;
  readonly data: Buffer;
  /** Milliseconds since 1970; never less than that of the previous record. */
  readonly arrivedAt: number;
  readonly encrypted: boolean;
  /** The index in its sequence number; rises within a shard, but not always by one. */
  readonly sequence: number;
}

/** Small enough to free memory early, large enough to keep the number of chunks low. */
const MAX_RECORDS = 1024;
/** A larger record gets a chunk of its own. */
const MAX_BYTES = 256 * 1024;

const FIRST_RECORDS = 8;
const FIRST_BYTES = 1024;

/** Prefix of a record's key: encrypted or not (1 byte) and the length of the key (2 bytes). */
const PREFIX_BYTES = 3;

/**
 * Up to 1,024 consecutive records of a shard, packed into four arrays. Each record takes its
 * bytes, those of its key and 23 more; as objects with strings, records would take 200 to 300 bytes
 * more.
 */
export class RecordChunk {
  /** Index of the first record. */
  readonly base: number;
  #bytes: Buffer;
  /** End offset of each record. */
  #ends: Uint32Array;
  #arrivals: Float64Array;
  #sequences: Float64Array;
  #count = 0;

  /** @param like a full chunk whose size this one is likely to reach */
  constructor(base: number, like?: RecordChunk) {
    this.base = base;
    const bytes = like === undefined ? FIRST_BYTES : Math.min(like.#used, MAX_BYTES);
    const records = like?.count ?? FIRST_RECORDS;
    this.#bytes = Buffer.allocUnsafeSlow(bytes);
    this.#ends = new Uint32Array(records);
    this.#arrivals = new Float64Array(records);
    this.#sequences = new Float64Array(records);
  }

  get count(): number {
    return this.#count;
  }

  get #used(): number {
    return this.#ends[this.#count - 1] ?? 0;
  }

  /**
   * Adds a record.
   * @returns false if the record needs a new chunk
   */
  add({ partitionKey, data, arrivedAt, encrypted, sequence }: StoredRecord): boolean {
    const start = this.#used;
    const keyBytes = Buffer.byteLength(partitionKey);
    const end = start + PREFIX_BYTES + keyBytes + data.length;
    if (this.#count === MAX_RECORDS || (end > MAX_BYTES && this.#count > 0)) return false;
    this.#makeRoom(end);
    const bytes = this.#bytes;
    bytes[start] = encrypted ? 1 : 0;
    bytes.writeUInt16LE(keyBytes, start + 1);
    bytes.write(partitionKey, start + PREFIX_BYTES);
    data.copy(bytes, end - data.length);
    this.#ends[this.#count] = end;
    this.#arrivals[this.#count] = arrivedAt;
    this.#sequences[this.#count] = sequence;
    this.#count += 1;
    return true;
  }

  /** The record at a position, counted from 0. Its data is a view of the chunk's buffer. */
  at(position: number): StoredRecord | undefined {
    const end = this.#ends[position];
    const arrivedAt = this.arrivedAt(position);
    if (position >= this.#count || end === undefined || arrivedAt === undefined) return undefined;
    const bytes = this.#bytes;
    const start = position === 0 ? 0 : (this.#ends[position - 1] ?? 0);
    const keyStart = start + PREFIX_BYTES;
    const keyEnd = keyStart + bytes.readUInt16LE(start + 1);
    return {
      partitionKey: bytes.toString('utf8', keyStart, keyEnd),
      data: bytes.subarray(keyEnd, end),
      arrivedAt,
      encrypted: bytes[start] === 1,
      sequence: this.#sequences[position] ?? 0,
    };
  }

  arrivedAt(position: number): number | undefined {
    return position < this.#count ? this.#arrivals[position] : undefined;
  }

  sequenceAt(position: number): number | undefined {
    return position < this.#count ? this.#sequences[position] : undefined;
  }

  /** Drops all but the first `count` records. */
  truncate(count: number): void {
    this.#count = Math.min(count, this.#count);
  }

  /** Frees the unused capacity; no records can be added afterwards. */
  seal(): void {
    if (this.#bytes.length > this.#used) this.#bytes = resized(this.#bytes, this.#used, this.#used);
    if (this.#ends.length === this.#count) return;
    this.#ends = this.#ends.slice(0, this.#count);
    this.#arrivals = this.#arrivals.slice(0, this.#count);
    this.#sequences = this.#sequences.slice(0, this.#count);
  }

  #makeRoom(end: number): void {
    if (end > this.#bytes.length) {
      const room = Math.max(end, Math.min(this.#bytes.length * 2, MAX_BYTES));
      this.#bytes = resized(this.#bytes, this.#used, room);
    }
    if (this.#count < this.#ends.length) return;
    const records = Math.min(Math.max(this.#count * 2, FIRST_RECORDS), MAX_RECORDS);
    const ends = new Uint32Array(records);
    const arrivals = new Float64Array(records);
    const sequences = new Float64Array(records);
    ends.set(this.#ends);
    arrivals.set(this.#arrivals);
    sequences.set(this.#sequences);
    this.#ends = ends;
    this.#arrivals = arrivals;
    this.#sequences = sequences;
  }
}

/**
 * Copies bytes into a buffer of another length. Not from Node's pool, which a single record could
 * keep alive.
 */
function resized(bytes: Buffer, used: number, length: number): Buffer {
  const copy = Buffer.allocUnsafeSlow(length);
  bytes.copy(copy, 0, 0, used);
  return copy;
}
