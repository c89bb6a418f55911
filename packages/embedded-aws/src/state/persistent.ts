/** A unit of state that is written by itself: a role, a stream, an event of a stack. */
export interface StateDocument {
  /** Unique in its service: `['roles', '000000000000', 'admin']`. */
  readonly key: readonly string[];
  /**
   * Its content: plain objects, arrays, Maps, Sets, Dates, Buffers, big integers. Called when the
   * document may have changed.
   */
  readonly value: () => unknown;
  /** For immutable content: while this is the same object, `value` is not called again. */
  readonly stamp?: object;
}

/** A document as it is read back. */
export interface StoredDocument {
  readonly key: readonly string[];
  readonly value: unknown;
}

/**
 * Types a value as the service that wrote it knows it. It is not validated again: the checksum of each
 * line proves that it is unchanged, and the folder's version, who wrote it.
 */
export const asWritten = <Written>(value: unknown): Written => value as Written;

/** A list that only grows until it is removed as a whole: the events of a log stream. */
export interface StateList {
  readonly key: readonly string[];
  /** Its items, plain data, in the order to be read back. */
  readonly items: Iterable<unknown>;
}

/** Lists of a service: added items are written without the rest. */
export interface PersistentLists {
  /** All lists. */
  all(): Iterable<StateList>;
  /** The items added since the last call of {@link noted}. */
  added(): Iterable<StateList>;
  /** Called when added items are on disk. */
  noted(): void;
  /** Restores one list. Called after the documents are restored. */
  restore(key: readonly string[], items: readonly unknown[]): void;
}

/** The state of a service that survives a restart. */
export interface Persistent {
  /** `iam`; the first part of the names of its documents. */
  readonly name: string;
  /** All documents as they are now. */
  documents(): Iterable<StateDocument>;
  /**
   * Restores documents into an empty service.
   * @param documents in the order they were first written
   */
  restore(documents: readonly StoredDocument[]): void;
  readonly lists?: PersistentLists;
  /** Drops what has expired; called periodically. */
  readonly trim?: () => void;
}
