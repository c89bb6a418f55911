import path from 'node:path';
import { AwsError } from '../core/errors';
import { ByteFiles } from './byte-files';
import { decode } from './codec';
import { Difference, KnownDocuments } from './difference';
import { openDirectory, type StateDirectory } from './directory';
import { DamagedStateError, StateError } from './errors';
import { Journal, type JournalContent } from './journal';
import type { Persistent, StoredDocument } from './persistent';
import { RecordFiles } from './records/record-files';

const JOURNAL_FILE = 'state.journal';
const NOTHING: JournalContent = { documents: new Map(), lists: new Map() };

/**
 * The state of an embedded AWS in a folder. Before an answer leaves, whatever changed since the
 * last one is written: documents are compared with what is on disk of them, so no service has to
 * say what it did.
 */
export class State {
  readonly records: RecordFiles;
  readonly #directory: StateDirectory;
  readonly #bytes: ByteFiles;
  readonly #journal: Journal;
  readonly #known = new KnownDocuments();
  #content: JournalContent;
  #services: readonly Persistent[] = [];
  #isFlushDue = false;

  private constructor(directory: StateDirectory) {
    const inside = (name: string) => path.join(directory.path, name);
    this.#directory = directory;
    const { journal, content } = Journal.read(inside(JOURNAL_FILE));
    this.#journal = journal;
    this.#content = content;
    this.#bytes = new ByteFiles(inside('bytes'));
    this.records = new RecordFiles(inside('records'));
  }

  /**
   * Opens a folder's state, or starts one.
   * @throws StateError when the folder is foreign, in use, damaged or newer; it is unchanged then
   */
  static open(directory: string): State {
    const opened = openDirectory(directory);
    try {
      return new State(opened);
    } catch (error) {
      opened.lock.release();
      throw error;
    }
  }

  /**
   * Puts back what each service had, and from here on keeps what they have.
   * @throws StateError when the folder cannot be understood; it is unchanged then
   */
  restore(services: readonly Persistent[]): void {
    const { documents, lists } = this.#content;
    this.#content = NOTHING;
    const stored = this.#stored(documents, services);
    for (const service of services) {
      this.#understood(service.name, () => service.restore(stored.get(service.name) ?? []));
    }
    for (const [name, items] of lists) {
      const { service, key } = this.#named(name, services);
      const read = () => items.map((json) => this.#read(json));
      this.#understood(service.name, () => service.lists?.restore(key, read()));
      this.#known.of(service.name).lists.add(name);
    }
    this.#services = services;
    this.flush();
    this.records.sweep();
    this.#bytes.sweep();
  }

  /**
   * Writes what changed. When it returns, a process that is killed loses none of it.
   * @param only the services that can have changed; all of them unless they are named
   * @throws AwsError InternalFailure, 500, when the disk is full or gone: the request was not kept
   */
  flush(...only: readonly string[]): void {
    if (only.length === 0) this.#isFlushDue = false;
    try {
      const difference = new Difference(this.#known, this.#bytes);
      for (const service of this.#services) {
        if (only.length === 0 || only.includes(service.name)) difference.look(service);
      }
      if (!difference.isEmpty) this.#journal.append(difference);
      // Only now: should the write fail, the next flush must find the same differences.
      difference.note();
    } catch (cause) {
      throw notKept(cause);
    }
    if (this.#journal.isOverdue()) reported(() => this.#compact());
  }

  /** Flushes once what is under way now has come to its next step. */
  flushSoon(): void {
    if (this.#isFlushDue) return;
    this.#isFlushDue = true;
    setImmediate(() => {
      if (this.#isFlushDue) reported(() => this.flush());
    });
  }

  /** Lets services forget what has expired. */
  trim(): void {
    for (const service of this.#services) service.trim?.();
  }

  /** Writes what is left and gives the folder back. */
  close(): void {
    reported(() => this.flush());
    this.abandon();
  }

  /** Gives the folder back as it is. */
  abandon(): void {
    this.#services = [];
    this.records.close();
    this.#journal.close();
    this.#directory.lock.release();
  }

  /** All is on disk already; this only makes it shorter. */
  #compact(): void {
    this.#journal.compact(this.#known.entries(this.#services, this.#bytes));
  }

  #stored(
    documents: ReadonlyMap<string, string>,
    services: readonly Persistent[],
  ): Map<string, StoredDocument[]> {
    const stored = new Map<string, StoredDocument[]>(services.map(({ name }) => [name, []]));
    for (const [name, json] of documents) {
      const { service, key } = this.#named(name, services);
      const value = this.#understood(service.name, () => this.#read(json));
      stored.get(service.name)?.push({ key, value });
      this.#known.of(service.name).documents.set(name, { json, stamp: undefined });
    }
    return stored;
  }

  /** The service that a document or list is of, and its key there. */
  #named(
    name: string,
    services: readonly Persistent[],
  ): { readonly service: Persistent; readonly key: readonly string[] } {
    const [first, ...key]: string[] = JSON.parse(name);
    const service = services.find((candidate) => candidate.name === first);
    if (service !== undefined) return { service, key };
    const file = path.join(this.#directory.path, JOURNAL_FILE);
    throw new DamagedStateError(file, 0, `it tells of a service '${first}'`);
  }

  #read(json: string): unknown {
    return decode(JSON.parse(json), this.#bytes);
  }

  /** What is sound as files may still not be what a service can be made of. */
  #understood<Result>(service: string, act: () => Result): Result {
    try {
      return act();
    } catch (cause) {
      if (cause instanceof StateError) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new StateError(
        `${this.#directory.path} cannot be put back: what it has of ${service} is not understood (${reason}). Nothing was changed.`,
        { cause },
      );
    }
  }
}

function notKept(cause: unknown): AwsError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AwsError(
    'InternalFailure',
    `The embedded AWS could not write its state, so this may be lost when it ends: ${reason}`,
    { status: 500, cause },
  );
}

/** Does what nobody waits for: a failure is told on the console. */
export function reported(act: () => void): void {
  try {
    act();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
  }
}
