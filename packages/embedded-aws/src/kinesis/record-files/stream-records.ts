import fs from 'node:fs';
import path from 'node:path';
import type { Mark } from '../../state/durable-file';
import type { StreamMark } from '../../state/watermark-line';
import type { Watermarks } from '../../state/watermarks';
import type { StoredRecord } from '../streams/record-chunk';
import type { RecordOwner, RecordReader, ReopenedSink } from '../streams/record-sink';
import { type PlacedRecord, recordFrames } from './frame';
import { createSegment, removeSegment, type Segment } from './segment';
import { readStreamFiles, type StreamReading } from './stream-reading';

/** From this size on, records go into a new file: whole files are deleted when they expire. */
const SEGMENT_BYTES = 8 * 1024 * 1024;

/** What a stream's records tell the storage that they are part of. */
export interface StreamRecordsContext {
  readonly directory: string;
  readonly owner: RecordOwner;
  readonly watermarks: Watermarks;
  readonly segmentBytes?: number | undefined;
  /** Something was added that is to be committed. */
  readonly added: (records: StreamRecords) => void;
  /** A file was opened, and may be closed when there are many. */
  readonly opened: (records: StreamRecords) => void;
  /** Its files are deleted. */
  readonly removed: (records: StreamRecords) => void;
}

/** One stream's records on disk: files that only grow, the newest being written to. */
export class StreamRecords implements ReopenedSink {
  readonly id: string;
  readonly #context: StreamRecordsContext;
  #segments: Segment[] = [];
  /** Checksum of what was written before the oldest segment. */
  #before = 0;
  #reading: StreamReading | undefined;
  #added: PlacedRecord[] = [];

  /** What is in the folder must be read first. */
  constructor(context: StreamRecordsContext) {
    this.id = path.basename(context.directory);
    this.#context = context;
  }

  /** Makes the folder of a new stream. @throws the system's error */
  static create(context: StreamRecordsContext): StreamRecords {
    const { directory, watermarks } = context;
    const records = new StreamRecords(context);
    const step = watermarks.nextStep();
    const nothing = { bytes: 0, checksum: 0, first: 1, last: 0, before: 0 };
    watermarks.putStream(records.id, watermarks.step, nothing);
    fs.mkdirSync(directory, { recursive: true });
    records.#segments = [createSegment(directory, 1, step, 0, [])];
    watermarks.putStream(records.id, step, records.#mark(records.#current.file.mark));
    return records;
  }

  read(reader: RecordReader): void {
    const { directory, watermarks } = this.#context;
    this.#reading = readStreamFiles(directory, this.id, watermarks, reader);
    this.#segments = [...this.#reading.segments];
    this.#before = this.#reading.before;
  }

  /**
   * Cuts off what was read and does not count, and has the watermarks tell of the rest.
   * @returns how many bytes were cut off, and of which file
   * @throws the system's error
   */
  settle(): { readonly file: string; readonly torn: number } {
    const { watermarks } = this.#context;
    const { file } = this.#current;
    const { step = watermarks.step, torn = 0, unused = [], isNews = false } = this.#reading ?? {};
    for (const old of unused) fs.rmSync(old, { force: true });
    if (torn > 0) file.cut();
    file.close();
    if (isNews) watermarks.putStream(this.id, step, this.#mark(file.mark));
    this.#reading = undefined;
    return { file: file.path, torn };
  }

  add(shardIndex: number, index: number, record: StoredRecord): void {
    if (this.#added.length === 0) this.#context.added(this);
    this.#added.push({ shardIndex, index, record });
  }

  /** @throws the system's error, when what was added has been taken back */
  commit(): void {
    const added = this.#added;
    if (added.length === 0) return;
    this.#added = [];
    const segment = this.#current;
    const { watermarks, opened } = this.#context;
    try {
      const step = watermarks.nextStep();
      opened(this);
      segment.file.append(recordFrames(step, added), (mark) =>
        watermarks.putStream(this.id, step, this.#mark(mark)),
      );
    } catch (error) {
      this.#takeBack(added);
      throw error;
    }
    for (const { record } of added) segment.newest = Math.max(segment.newest, record.arrivedAt);
    if (segment.file.mark.bytes >= (this.#context.segmentBytes ?? SEGMENT_BYTES)) {
      this.#startSegment();
    }
  }

  trim(before: number): void {
    const { newest } = this.#current;
    // The file that is written to goes as well, once another one remembers where the shards are.
    if (newest > 0 && newest < before) this.#startSegment();
    const older = this.#segments.slice(0, -1);
    const kept = older.findIndex((segment) => segment.newest >= before);
    this.#forget(kept === -1 ? older : older.slice(0, kept));
  }

  remove(): void {
    this.close();
    this.#added = [];
    const { directory, watermarks, removed } = this.#context;
    watermarks.removeStream(this.id);
    fs.rmSync(directory, { recursive: true, force: true });
    removed(this);
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

  #mark({ bytes, checksum }: Mark): StreamMark {
    const first = this.#segments[0]?.number ?? 0;
    return { bytes, checksum, first, last: this.#current.number, before: this.#before };
  }

  #takeBack(added: readonly PlacedRecord[]): void {
    const { owner } = this.#context;
    const shards = new Set<number>();
    for (const { shardIndex, index } of added) {
      // The first of a shard takes back those after it.
      if (!shards.has(shardIndex)) owner.takeBack(shardIndex, index);
      shards.add(shardIndex);
    }
  }

  #startSegment(): void {
    const { directory, owner, watermarks } = this.#context;
    const { file, number } = this.#current;
    const former = this.#segments;
    try {
      // Only the newest file may end in the middle of a record.
      file.cut();
      const step = watermarks.nextStep();
      const tips = [...owner.tips()];
      const next = createSegment(directory, number + 1, step, file.mark.checksum, tips);
      this.#segments = [...former, next];
      try {
        watermarks.putStream(this.id, step, this.#mark(next.file.mark));
      } catch (error) {
        removeSegment(next);
        throw error;
      }
    } catch {
      // Without room for a new file the old one goes on, and the next write tries again.
      this.#segments = former;
    }
    file.close();
  }

  /** Deletes the oldest segments, once the watermarks do not ask for them any more. */
  #forget(expired: readonly Segment[]): void {
    const last = expired.at(-1);
    if (last === undefined) return;
    const { watermarks } = this.#context;
    const former = { segments: this.#segments, before: this.#before };
    this.#segments = this.#segments.slice(expired.length);
    this.#before = last.file.mark.checksum;
    try {
      watermarks.putStream(this.id, watermarks.step, this.#mark(this.#current.file.mark));
    } catch {
      // The next time may have more luck; until then they stay.
      this.#segments = former.segments;
      this.#before = former.before;
      return;
    }
    for (const segment of expired) removeSegment(segment);
  }
}
