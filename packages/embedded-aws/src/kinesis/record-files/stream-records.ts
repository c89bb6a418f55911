import fs from 'node:fs';
import path from 'node:path';
import type { Mark } from '../../state/durable-file';
import type { StreamMark } from '../../state/watermark-line';
import type { Watermarks } from '../../state/watermarks';
import { removeWhole } from '../../state/whole-file';
import type { StoredRecord } from '../streams/record-chunk';
import type { RecordOwner, RecordReader, ReopenedSink } from '../streams/record-sink';
import { type PlacedRecord, recordFrames } from './frame';
import { createSegment, removeSegment, type Segment } from './segment';
import { readStreamFiles, type StreamReading } from './stream-reading';

/** Size at which a new file is started: whole files are deleted when they expire. */
const SEGMENT_BYTES = 8 * 1024 * 1024;

/** The storage that a stream's records belong to. */
export interface StreamRecordsContext {
  readonly directory: string;
  readonly owner: RecordOwner;
  readonly watermarks: Watermarks;
  readonly segmentBytes?: number | undefined;
  /** Called when records to commit were added. */
  readonly added: (records: StreamRecords) => void;
  /** Called when a file was opened; it may be closed if too many are open. */
  readonly opened: (records: StreamRecords) => void;
  /** Called when the stream's files have been deleted; `isGone` is false if others hold some of them. */
  readonly removed: (records: StreamRecords, isGone: boolean) => void;
}

/** One stream's records on disk: append-only files, of which the newest is written to. */
export class StreamRecords implements ReopenedSink {
  readonly id: string;
  readonly #context: StreamRecordsContext;
  #segments: Segment[] = [];
  /** Checksum of everything written before the oldest segment. */
  #before = 0;
  #reading: StreamReading | undefined;
  #added: PlacedRecord[] = [];

  /** An existing folder must be read before records are added. */
  constructor(context: StreamRecordsContext) {
    this.id = path.basename(context.directory);
    this.#context = context;
  }

  /**
   * Creates the folder of a new stream.
   * @throws the system's error
   */
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
   * Truncates the newest file to its valid part, and updates the watermarks.
   * @returns the number of removed bytes, and the file
   * @throws the system's error
   */
  settle(): { readonly file: string; readonly torn: number } {
    const { watermarks } = this.#context;
    const { file } = this.#current;
    const { step = watermarks.step, torn = 0, unused = [], isNewer = false } = this.#reading ?? {};
    for (const old of unused) removeWhole(old);
    if (torn > 0) file.cut();
    file.close();
    if (isNewer) watermarks.putStream(this.id, step, this.#mark(file.mark));
    this.#reading = undefined;
    return { file: file.path, torn };
  }

  add(shardIndex: number, index: number, record: StoredRecord): void {
    if (this.#added.length === 0) this.#context.added(this);
    this.#added.push({ shardIndex, index, record });
  }

  /** @throws the system's error, after rolling back the added records */
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
      this.#rollBack(added);
      throw error;
    }
    for (const { record } of added) segment.newest = Math.max(segment.newest, record.arrivedAt);
    if (segment.file.mark.bytes >= (this.#context.segmentBytes ?? SEGMENT_BYTES)) {
      this.#startSegment();
    }
  }

  trim(before: number): void {
    const { newest } = this.#current;
    // The current file can be deleted as well, once a new one contains the tips of the shards.
    if (newest > 0 && newest < before) this.#startSegment();
    const older = this.#segments.slice(0, -1);
    const firstKept = older.findIndex((segment) => segment.newest >= before);
    this.#forget(firstKept === -1 ? older : older.slice(0, firstKept));
  }

  remove(): void {
    this.close();
    this.#added = [];
    const { directory, watermarks, removed } = this.#context;
    watermarks.removeStream(this.id);
    removed(this, removeWhole(directory));
  }

  /** Closes the current file; it is reopened when needed. */
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

  #rollBack(added: readonly PlacedRecord[]): void {
    const { owner } = this.#context;
    const shards = new Set<number>();
    for (const { shardIndex, index } of added) {
      // Rolling back the first record of a shard includes the later ones.
      if (!shards.has(shardIndex)) owner.rollBack(shardIndex, index);
      shards.add(shardIndex);
    }
  }

  #startSegment(): void {
    const { directory, owner, watermarks } = this.#context;
    const { file, number } = this.#current;
    const former = this.#segments;
    try {
      // Only the newest file may end within a record.
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
      // Without space for a new file, the old one continues, and the next write tries again.
      this.#segments = former;
    }
    file.close();
  }

  /** Deletes the oldest segments, after removing them from the watermarks. */
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
      // Keep them until the next attempt.
      this.#segments = former.segments;
      this.#before = former.before;
      return;
    }
    for (const segment of expired) removeSegment(segment);
  }
}
