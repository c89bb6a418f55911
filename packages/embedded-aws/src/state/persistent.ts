/** One thing that is written down by itself: a role, a stream, an event of a stack. */
export interface StateDocument {
  /** Unique in its service: `['roles', '000000000000', 'admin']`. */
  readonly key: readonly string[];
  /**
   * What it is: plain objects, arrays, Maps, Sets, Dates, Buffers, big integers. Called when the
   * document may have changed.
   */
  readonly value: () => unknown;
  /** For what does not change: while this is the same object, the value is not asked for again. */
  readonly stamp?: object;
}

/** A document as it is read back. */
export interface StoredDocument {
  readonly key: readonly string[];
  readonly value: unknown;
}

/**
 * What was written, as the service that wrote it knows it. Nothing looks at it again: each record's
 * checksum says that it is what was written, and the folder's version, by whom.
 */
export const asWritten = <Written>(value: unknown): Written => value as Written;

/** Something that only grows until it goes as a whole: the events of a log stream. */
export interface StateList {
  readonly key: readonly string[];
  /** Everything in it, plain data, in the order to be read back. */
  readonly items: Iterable<unknown>;
}

/** Lists of a service: what is added to one is written without the rest. */
export interface PersistentLists {
  /** The lists there are. */
  all(): Iterable<StateList>;
  /** What was added since it was last noted. */
  added(): Iterable<StateList>;
  /** What was added is on disk. */
  noted(): void;
  /** Puts back one list. Comes after the documents. */
  restore(key: readonly string[], items: readonly unknown[]): void;
}

/** What of a service outlives the process. */
export interface Persistent {
  /** `iam`; the first part of the names of its documents. */
  readonly name: string;
  /** All documents as they are now. */
  documents(): Iterable<StateDocument>;
  /**
   * Puts back what was written, into a service that has nothing yet.
   * @param documents in the order they were first written
   */
  restore(documents: readonly StoredDocument[]): void;
  readonly lists?: PersistentLists;
  /** Forgets what has expired; called now and then. */
  readonly trim?: () => void;
}
