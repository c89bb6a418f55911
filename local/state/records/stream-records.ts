import fs from 'node:fs';
import path from 'node:path';
import type { StoredRecord } from '../../kinesis/streams/record-chunk';
import type { RecordOwner, RecordReader, ReopenedSink } from '../../kinesis/streams/record-sink';
import { DamagedStateError } from '../errors';
import { recordFrame } from './frame';
import { createSegment, readSegment, removeSegment, type Segment, segmentNumbers } from './segment';

/** From this size on, records go into a new file: whole files are deleted when they expire. */
const SEGMENT_BYTES = 8 * 1024 * 1024;

/** What a stream's records tell the storage that they are part of. */
export interface StreamRecordsContext {
  readonly directory: string;
  readonly owner: RecordOwner;
  /** Something was added that is to be committed. */
  readonly added: (records: StreamRecords) => void;
  /** A file was opened, and may be closed when there are many. */
  readonly opened: (records: StreamRecords) => void;
}

/** One stream's records on disk: files that only grow, the newest being written to. */
export class StreamRecords implements ReopenedSink {
  readonly id: string;
  readonly #context: StreamRecordsContext;
  #segments: Segment[] = [];
  #frames: Buffer[] = [];
  /** By shard, the first index that is not written yet. */
  readonly #unwritten = new Map<number, number>();
  #newest = 0;

  /** What is in the folder must be read first. */
  constructor(context: StreamRecordsContext) {
    this.id = path.basename(context.directory);
    this.#context = context;
  }

  /** Makes the folder of a new stream. @throws the system's error */
  static create(context: StreamRecordsContext): StreamRecords {
    fs.mkdirSync(context.directory, { recursive: true });
    const records = new StreamRecords(context);
    records.#segments = [createSegment(context.directory, 1, [])];
    return records;
  }

  read(reader: RecordReader): void {
    const { directory } = this.#context;
    const numbers = fs.existsSync(directory) ? segmentNumbers(directory) : [];
    const last = numbers.at(-1);
    if (last === undefined) {
      throw new DamagedStateError(directory, 0, 'the records of a stream are missing');
    }
    this.#segments = numbers.map((number, position) => {
      const before = numbers[position - 1];
      if (before !== undefined && before !== number - 1) {
        throw new DamagedStateError(directory, 0, `file ${before + 1} of its records is missing`);
      }
      return readSegment(directory, number, number === last, reader);
    });
  }

  add(shardIndex: number, index: number, record: StoredRecord): void {
    if (this.#frames.length === 0) this.#context.added(this);
    this.#frames.push(recordFrame(shardIndex, index, record));
    if (!this.#unwritten.has(shardIndex)) this.#unwritten.set(shardIndex, index);
    this.#newest = Math.max(this.#newest, record.arrivedAt);
  }

  /** @throws the system's error, when what was added has been taken back */
  commit(): void {
    const segment = this.#current;
    const [first] = this.#frames;
    if (first === undefined) return;
    const bytes = this.#frames.length === 1 ? first : Buffer.concat(this.#frames);
    this.#frames = [];
    try {
      this.#context.opened(this);
      segment.file.append(bytes);
      segment.newest = Math.max(segment.newest, this.#newest);
    } catch (error) {
      for (const [shard, index] of this.#unwritten) this.#context.owner.takeBack(shard, index);
      throw error;
    } finally {
      this.#unwritten.clear();
      this.#newest = 0;
    }
    if (segment.file.size >= SEGMENT_BYTES) this.#startSegment();
  }

  trim(before: number): void {
    const { newest } = this.#current;
    // The file that is written to goes as well, once another one remembers where the shards are.
    if (newest > 0 && newest < before) this.#startSegment();
    for (const oldest of [...this.#segments.slice(0, -1)]) {
      if (oldest.newest >= before) return;
      removeSegment(oldest);
      this.#segments.shift();
    }
  }

  remove(): void {
    this.close();
    this.#frames = [];
    this.#unwritten.clear();
    fs.rmSync(this.#context.directory, { recursive: true, force: true });
  }

  /** Closes its file; it is opened again when it is needed. */
  close(): void {
    this.#current.file.close();
  }

  get #current(): Segment {
    const segment = this.#segments.at(-1);
    if (segment === undefined) throw new Error(`${this.#context.directory} has no file.`);
    return segment;
  }

  #startSegment(): void {
    const { directory, owner } = this.#context;
    try {
      // Only the newest file may end in the middle of a record.
      this.#current.file.mend();
      const next = createSegment(directory, this.#current.number + 1, [...owner.tips()]);
      this.close();
      this.#segments.push(next);
    } catch {
      // Without room for a new file the old one goes on, and the next write tries again.
    }
  }
}
