const MORE = 'More about it: README.md, "Keep it across restarts".';

/** The folder that `--persist` names cannot be used as it is. Nothing in it was changed. */
export class StateError extends Error {
  override readonly name: string = 'StateError';
  /** Error code for programs. */
  readonly code: string = 'STATE_UNUSABLE';

  constructor(message: string, options?: ErrorOptions) {
    super(`${message} ${MORE}`, options);
  }
}

/** The folder contains other files. */
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

/** Another embedded AWS uses the state. */
export class StateLockedError extends StateError {
  override readonly name = 'StateLockedError';
  override readonly code = 'STATE_LOCKED';

  /** @param reason what is known of the other one: `… runs as process 12` */
  constructor(directory: string, reason: string) {
    super(`${directory} is in use: ${reason}. Stop that one first, or name another folder.`);
  }
}

/** Another embedded AWS has taken the folder from this one. */
export class StateTakenError extends StateError {
  override readonly name = 'StateTakenError';
  override readonly code = 'STATE_TAKEN';

  constructor(directory: string) {
    super(
      `${directory} was taken by another embedded AWS while this one did not respond for seconds. This one stops: what it answered up to then is in the folder.`,
    );
  }
}

const RECOURSE =
  'Nothing was changed. Put the whole folder back from a copy, or start with another one.';

/** The content of a file is not what was written. */
export class DamagedStateError extends StateError {
  override readonly name: string = 'DamagedStateError';
  override readonly code = 'STATE_DAMAGED';
  readonly file: string;
  /** Bytes from the start of the file. */
  readonly offset: number;

  constructor(
    file: string,
    offset: number,
    reason: string,
    {
      is = `is damaged at byte ${offset}`,
      ...options
    }: ErrorOptions & { readonly is?: string } = {},
  ) {
    super(`${file} ${is}: ${reason}. ${RECOURSE}`, options);
    this.file = file;
    this.offset = offset;
  }
}

/** A file is missing. */
export class MissingStateError extends DamagedStateError {
  override readonly name = 'MissingStateError';

  constructor(file: string, reason: string) {
    super(file, 0, reason, { is: 'is missing' });
  }
}

/** A file is intact, but does not belong to the others: an older copy, for example. */
export class OutOfStepError extends DamagedStateError {
  override readonly name = 'OutOfStepError';

  constructor(file: string, reason: string) {
    super(file, 0, reason, { is: 'is out of step' });
  }
}
