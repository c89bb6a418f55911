import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { OutOfStepError } from '../../state/errors';
import type { FilesPlace, ServiceFiles } from '../../state/service-files';
import { removeWhole } from '../../state/whole-file';
import type { RecordOwner, RecordSink, RecordStorage, ReopenedSink } from '../streams/record-sink';
import { segmentFile, segmentNumbers, UNUSED_BYTES } from './segment';
import { StreamRecords, type StreamRecordsContext } from './stream-records';

/** Maximum number of open files: systems allow a process at least a few hundred. */
const MAX_OPEN = 100;

/** The names of folders created here; others are left alone. */
const FOLDER = /^[0-9a-f]{12}-/;

/** The records of all streams, each in its own folder. */
export class RecordFiles implements RecordStorage, ServiceFiles {
  readonly #place: FilesPlace;
  readonly #pending = new Set<StreamRecords>();
  /** Streams with an open file, the least recently used first. */
  readonly #open = new Set<StreamRecords>();
  readonly #streams = new Map<string, StreamRecords>();
  /** Streams that the journal still names, although their files have been deleted. */
  readonly #removed = new Set<string>();
  /** Folders of streams that were deleted while no process was running. */
  readonly #discarded = new Set<string>();

  constructor(place: FilesPlace) {
    this.#place = place;
  }

  create(name: string, owner: RecordOwner): RecordSink {
    // A stream may be recreated with the same name before the old files are deleted.
    // Windows drops dots at the end of a name.
    const id = `${randomBytes(6).toString('hex')}-${name.replace(/\.+$/, '')}`;
    const records = StreamRecords.create(this.#context(id, owner));
    this.#streams.set(id, records);
    return records;
  }

  reopen(id: string, owner: RecordOwner): ReopenedSink {
    const records = new StreamRecords(this.#context(id, owner));
    this.#streams.set(id, records);
    return records;
  }

  isRemoved(id: string): boolean {
    return this.#place.watermarks.streams.get(id)?.isRemoved ?? false;
  }

  discard(id: string): void {
    this.#discarded.add(path.basename(id));
  }

  commit(): void {
    if (this.#pending.size === 0) return;
    const pending = [...this.#pending];
    this.#pending.clear();
    const failures: unknown[] = [];
    for (const records of pending) {
      try {
        records.commit();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    this.#place.watermarks.requireHeld();
  }

  /**
   * Checks that each folder belongs to a stream, or to one that the journal does not name (any
   * more) although it is complete.
   * @param journal the file that names the streams
   * @throws DamagedStateError
   */
  requireExplained(journal: string): void {
    for (const id of this.#folders()) {
      if (this.#streams.has(id) || this.#discarded.has(id)) continue;
      if (this.#place.watermarks.areKnown) {
        if (this.#place.watermarks.streams.has(id)) continue;
        const reason = `it does not tell of ${path.join(this.#place.directory, id)}`;
        throw new OutOfStepError(this.#place.watermarks.path, reason);
      }
      if (isUnused(path.join(this.#place.directory, id))) this.#discarded.add(id);
      else
        throw new OutOfStepError(
          journal,
          `it does not tell of ${path.join(this.#place.directory, id)}`,
        );
    }
  }

  /**
   * Truncates files to the part that was read successfully.
   * @returns the truncated files, and the number of bytes removed from each
   * @throws the system's error
   */
  settle(): { readonly file: string; readonly torn: number }[] {
    return [...this.#streams.values()]
      .map((records) => records.settle())
      .filter(({ torn }) => torn > 0);
  }

  /** Deletes folders that belong to no stream: those deleted when the process ended. */
  sweep(): void {
    for (const id of this.#place.watermarks.streams.keys()) {
      if (!this.#streams.has(id)) this.#discarded.add(id);
    }
    for (const id of this.#discarded) {
      const isGone = removeWhole(path.join(this.#place.directory, id));
      if (isGone) this.#place.watermarks.forgetStream(id);
    }
    this.#discarded.clear();
  }

  /** Called once the journal has recorded which streams were deleted. */
  noted(): void {
    for (const id of this.#removed) this.#place.watermarks.forgetStream(id);
    this.#removed.clear();
  }

  close(): void {
    for (const records of this.#open) records.close();
    this.#open.clear();
  }

  #folders(): string[] {
    if (!fs.existsSync(this.#place.directory)) return [];
    return fs
      .readdirSync(this.#place.directory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && FOLDER.test(entry.name))
      .map(({ name }) => name);
  }

  #context(id: string, owner: RecordOwner): StreamRecordsContext {
    return {
      directory: path.join(this.#place.directory, path.basename(id)),
      owner,
      watermarks: this.#place.watermarks,
      segmentBytes: this.#place.segmentBytes,
      added: (records) => this.#pending.add(records),
      opened: (records) => this.#opened(records),
      removed: (records, isGone) => this.#forget(records, isGone),
    };
  }

  #forget(records: StreamRecords, isGone: boolean): void {
    this.#pending.delete(records);
    this.#open.delete(records);
    this.#streams.delete(records.id);
    // Otherwise the next start deletes it, by the watermarks.
    if (isGone) this.#removed.add(records.id);
  }

  #opened(records: StreamRecords): void {
    this.#open.delete(records);
    this.#open.add(records);
    if (this.#open.size <= MAX_OPEN) return;
    const [oldest] = this.#open;
    if (oldest === undefined) return;
    oldest.close();
    this.#open.delete(oldest);
  }
}

/** Returns true if a folder belongs to a stream that was just created. */
function isUnused(directory: string): boolean {
  return segmentNumbers(directory).every(
    (number) => fs.statSync(segmentFile(directory, number)).size <= UNUSED_BYTES,
  );
}
