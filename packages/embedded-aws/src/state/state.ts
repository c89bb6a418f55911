import path from 'node:path';
import { AwsError } from '../core/errors';
import { ByteFiles } from './byte-files';
import { decode } from './codec';
import { Difference, KnownDocuments } from './difference';
import {
  JOURNAL_FILE,
  MARKER_FILE,
  openDirectory,
  type StateDirectory,
  WATERMARKS_SINCE,
} from './directory';
import { DamagedStateError, MissingStateError, StateError, type StateTakenError } from './errors';
import { Journal, type JournalOptions } from './journal';
import type { JournalContent } from './journal-reading';
import type { LockOptions } from './lock';
import type { Persistent, StoredDocument } from './persistent';
import type { FilesPlace, ServiceFiles } from './service-files';
import { WATERMARKS_FILE, Watermarks } from './watermarks';

const NOTHING: JournalContent = { documents: new Map(), lists: new Map() };

/** Options for a state. All have defaults. */
export interface StateOptions {
  /** Reports repairs to the user; writes to standard error by default. */
  readonly notice?: (line: string) => void;
  readonly lock?: LockOptions;
  readonly journal?: JournalOptions;
  /** Bytes after which services begin a new file, see {@link FilesPlace}. */
  readonly segmentBytes?: number;
}

/**
 * The state of an embedded AWS in a folder. Before an answer leaves, all changes since the last one are
 * written: documents are compared with those on disk, so services need not report their changes.
 */
export class State {
  readonly #directory: StateDirectory;
  readonly #notice: (line: string) => void;
  readonly #watermarks: Watermarks;
  readonly #segmentBytes: number | undefined;
  readonly #bytes: ByteFiles;
  readonly #journal: Journal;
  readonly #known = new KnownDocuments();
  #content: JournalContent;
  #services: readonly Persistent[] = [];
  readonly #files: ServiceFiles[] = [];
  #isFlushDue = false;

  private constructor(directory: StateDirectory, options: StateOptions) {
    const inside = (name: string) => path.join(directory.path, name);
    this.#directory = directory;
    this.#notice = options.notice ?? console.error;
    this.#watermarks = watermarksOf(directory);
    const { journal, content } = Journal.read(
      inside(JOURNAL_FILE),
      this.#watermarks,
      options.journal,
    );
    const isOfEarlier = directory.version !== undefined && !this.#watermarks.areKnown;
    if (isOfEarlier && content.documents.size === 0) {
      throw new MissingStateError(inside(JOURNAL_FILE), 'it is missing, or has nothing in it');
    }
    this.#journal = journal;
    this.#content = content;
    this.#bytes = new ByteFiles(inside('bytes'));
    this.#segmentBytes = options.segmentBytes;
  }

  /**
   * Opens a folder's state, or starts a new one.
   * @throws StateError when the folder is foreign, in use, damaged or newer; it is unchanged then
   */
  static async open(directory: string, options: StateOptions = {}): Promise<State> {
    const opened = await openDirectory(directory, options.lock);
    try {
      return new State(opened, options);
    } catch (error) {
      opened.lock.release();
      throw error;
    }
  }

  /**
   * Adds files that a service writes itself. They must be added before {@link restore}.
   * @param folder name of their folder, inside the state's own
   */
  addFiles<Files extends ServiceFiles>(folder: string, open: (place: FilesPlace) => Files): Files {
    const files = open({
      directory: path.join(this.#directory.path, folder),
      watermarks: this.#watermarks,
      segmentBytes: this.#segmentBytes,
    });
    this.#files.push(files);
    return files;
  }

  /**
   * Restores each service's state, and persists it from then on.
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
    const wasComplete = this.#watermarks.areKnown;
    const journal = path.join(this.#directory.path, JOURNAL_FILE);
    for (const files of this.#files) files.requireExplained(journal);
    this.#settle();
    this.#services = services;
    this.flush();
    for (const files of this.#files) files.sweep();
    // A journal of an earlier version may have been cut off without a trace.
    if (wasComplete) this.#bytes.sweep();
  }

  /** Called when all was read and is intact: only now is the folder written to. */
  #settle(): void {
    this.#directory.lock.requireHeld();
    const journal = path.join(this.#directory.path, JOURNAL_FILE);
    const repaired = [
      { file: journal, torn: this.#journal.settle() },
      ...this.#files.flatMap((files) => files.settle()),
    ];
    for (const { file, torn } of repaired) {
      if (torn === 0) continue;
      this.#notice(
        `${file}: removed ${torn} bytes at its end, an incomplete write that was never acknowledged.`,
      );
    }
    this.#watermarks.create();
    this.#directory.mark();
  }

  /** Calls back when another process takes the folder, after which nothing is persisted. */
  whenTaken(callback: (error: StateTakenError) => void): void {
    this.#directory.lock.whenTaken(callback);
  }

  /**
   * Writes all changes. When it returns, they survive a kill of the process.
   * @param only the services that may have changed; all by default
   * @throws AwsError InternalFailure, 500, when the disk is full or gone: the request was not persisted
   */
  flush(...only: readonly string[]): void {
    if (only.length === 0) this.#isFlushDue = false;
    try {
      const difference = new Difference(this.#known, this.#bytes);
      for (const service of this.#services) {
        if (only.length === 0 || only.includes(service.name)) difference.look(service);
      }
      if (!difference.isEmpty) {
        this.#journal.append(difference);
        this.#watermarks.requireHeld();
      }
      // Only now: if the write fails, the next flush must find the same differences.
      difference.note();
    } catch (cause) {
      throw notKept(cause);
    }
    if (only.length === 0) {
      for (const files of this.#files) reported(() => files.noted());
    }
    if (this.#journal.isOverdue()) reported(() => this.#compact());
  }

  /** Flushes after the current turn of the event loop. */
  flushSoon(): void {
    if (this.#isFlushDue) return;
    this.#isFlushDue = true;
    setImmediate(() => {
      if (this.#isFlushDue) reported(() => this.flush());
    });
  }

  /** Lets services drop what has expired. */
  trim(): void {
    for (const service of this.#services) service.trim?.();
  }

  /** Writes the remaining changes and releases the folder. */
  close(): void {
    reported(() => this.flush());
    this.abandon();
  }

  /** Releases the folder without writing. */
  abandon(): void {
    this.#services = [];
    for (const files of this.#files) files.close();
    this.#journal.close();
    this.#watermarks.close();
    this.#directory.lock.release();
  }

  /** Shortens the journal; everything is already on disk. */
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

  /** The service that a document or list belongs to, and its key there. */
  #named(
    name: string,
    services: readonly Persistent[],
  ): { readonly service: Persistent; readonly key: readonly string[] } {
    const [first, ...key]: string[] = JSON.parse(name);
    const service = services.find((candidate) => candidate.name === first);
    if (service !== undefined) return { service, key };
    const file = path.join(this.#directory.path, JOURNAL_FILE);
    throw new DamagedStateError(file, 0, `it names an unknown service '${first}'`);
  }

  #read(json: string): unknown {
    return decode(JSON.parse(json), this.#bytes);
  }

  /** A service may be unable to restore content that is intact as a file. */
  #understood<Result>(service: string, act: () => Result): Result {
    try {
      return act();
    } catch (cause) {
      if (cause instanceof StateError) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new StateError(
        `${this.#directory.path} cannot be restored: its state of ${service} is invalid (${reason}). Nothing was changed.`,
        { cause },
      );
    }
  }
}

/** @throws DamagedStateError */
function watermarksOf({ path: folder, lock, version }: StateDirectory): Watermarks {
  const guard = () => lock.requireHeld();
  if (!Watermarks.exist(folder)) {
    const watermarks = Watermarks.unwritten(folder, guard);
    if (version === undefined || version < WATERMARKS_SINCE) return watermarks;
    throw new MissingStateError(watermarks.path, `${MARKER_FILE} is there`);
  }
  const watermarks = Watermarks.read(folder, guard);
  if (version !== undefined || watermarks.step === 0) return watermarks;
  throw new MissingStateError(path.join(folder, MARKER_FILE), `${WATERMARKS_FILE} is there`);
}

function notKept(cause: unknown): AwsError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AwsError(
    'InternalFailure',
    `The embedded AWS could not write its state, so this change may be lost when it stops: ${reason}`,
    { status: 500, cause },
  );
}

/** Runs work that nothing waits for: a failure is reported on the console. */
export function reported(act: () => void): void {
  try {
    act();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
  }
}
