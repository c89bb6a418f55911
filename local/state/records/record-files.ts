import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type {
  RecordOwner,
  RecordSink,
  RecordStorage,
  ReopenedSink,
} from '../../kinesis/streams/record-sink';
import { StreamRecords, type StreamRecordsContext } from './stream-records';

/** Files that are kept open: systems allow a process a few hundred at least. */
const MOST_OPEN = 100;

/** The records of all streams, each in a folder of its own. */
export class RecordFiles implements RecordStorage {
  readonly #directory: string;
  readonly #pending = new Set<StreamRecords>();
  /** Those with an open file, the one that was used last at the end. */
  readonly #open = new Set<StreamRecords>();
  readonly #ids = new Set<string>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  create(name: string, owner: RecordOwner): RecordSink {
    // A stream may come again under its name before the old one's files are gone.
    const id = `${randomBytes(6).toString('hex')}-${name}`;
    this.#ids.add(id);
    return StreamRecords.create(this.#context(id, owner));
  }

  reopen(id: string, owner: RecordOwner): ReopenedSink {
    this.#ids.add(id);
    return new StreamRecords(this.#context(id, owner));
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
  }

  /** Deletes what belongs to no stream: those that were gone when the process ended. */
  sweep(): void {
    if (!fs.existsSync(this.#directory)) return;
    for (const id of fs.readdirSync(this.#directory)) {
      if (this.#ids.has(id)) continue;
      fs.rmSync(path.join(this.#directory, id), { recursive: true, force: true });
    }
  }

  close(): void {
    for (const records of this.#open) records.close();
    this.#open.clear();
  }

  #context(id: string, owner: RecordOwner): StreamRecordsContext {
    return {
      directory: path.join(this.#directory, path.basename(id)),
      owner,
      added: (records) => this.#pending.add(records),
      opened: (records) => this.#opened(records),
    };
  }

  #opened(records: StreamRecords): void {
    this.#open.delete(records);
    this.#open.add(records);
    if (this.#open.size <= MOST_OPEN) return;
    const [oldest] = this.#open;
    if (oldest === undefined) return;
    oldest.close();
    this.#open.delete(oldest);
  }
}
