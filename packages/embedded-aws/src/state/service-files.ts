import type { Watermarks } from './watermarks';

/** Where a service may write files of its own, beside the journal. */
export interface FilesPlace {
  /** Path of a folder for these files alone. It may not exist yet. */
  readonly directory: string;
  /** The lengths and checksums that were acknowledged. */
  readonly watermarks: Watermarks;
  /** Bytes after which a file is full and the next one begins; the service's own default without it. */
  readonly segmentBytes?: number | undefined;
}

/** Files that a service writes itself because the journal would grow too long: records of streams. */
export interface ServiceFiles {
  /**
   * Checks that every file belongs to something that the journal names, or once named.
   * @param journal path of the journal
   * @throws DamagedStateError
   */
  requireExplained(journal: string): void;
  /**
   * Cuts off writes that were never acknowledged.
   * @returns the files that were cut, and by how many bytes
   * @throws the system's error
   */
  settle(): readonly { readonly file: string; readonly torn: number }[];
  /** Deletes files that belong to nothing any more. */
  sweep(): void;
  /** Called once the journal says what was removed. */
  noted(): void;
  close(): void;
}
