const MORE = 'More about it: README.md, "Keep it across restarts".';

/** The folder that `--persist` names cannot be used as it is. Nothing in it was changed. */
export class StateError extends Error {
  override readonly name: string = 'StateError';
  /** For programs: what is wrong. */
  readonly code: string = 'STATE_UNUSABLE';

  constructor(message: string, options?: ErrorOptions) {
    super(`${message} ${MORE}`, options);
  }
}

/** The folder has something else in it. */
export class ForeignDirectoryError extends StateError {
  override readonly name = 'ForeignDirectoryError';
  override readonly code = 'STATE_FOREIGN';

  constructor(directory: string, reason: string, options?: ErrorOptions) {
    super(
      `${directory} is no state of an embedded AWS: ${reason}. Nothing was written. Name a folder that is empty or does not exist yet.`,
      options,
    );
  }
}

/** The state was written by a later version. */
export class NewerStateError extends StateError {
  override readonly name = 'NewerStateError';
  override readonly code = 'STATE_NEWER';

  constructor(directory: string, found: number, known: number) {
    super(
      `${directory} was written by a later version of the embedded AWS (format ${found}; this one reads ${known}). Nothing was written. Use that version, or another folder.`,
    );
  }
}

/** Another process uses the state. */
export class StateLockedError extends StateError {
  override readonly name = 'StateLockedError';
  override readonly code = 'STATE_LOCKED';

  constructor(directory: string, pid: number) {
    super(
      `${directory} is in use by the embedded AWS that runs as process ${pid}. Stop that one first, or name another folder.`,
    );
  }
}

/** What is read is not what was written. */
export class DamagedStateError extends StateError {
  override readonly name = 'DamagedStateError';
  override readonly code = 'STATE_DAMAGED';
  readonly file: string;
  /** Bytes from the start of the file. */
  readonly offset: number;

  constructor(file: string, offset: number, reason: string, options?: ErrorOptions) {
    super(
      `${file} is damaged at byte ${offset}: ${reason}. Nothing was changed. Put the folder back from a copy, or start with another one.`,
      options,
    );
    this.file = file;
    this.offset = offset;
  }
}
