import { isUnreadable, nameOf } from '../../process/known-problems';

/** How long Kinesis may store nothing at all. */
export const PATIENCE_MS = 300_000;

/** True for an error after which nobody knows whether the records are stored. */
export const isLost = (error: unknown): boolean =>
  LOST.test(nameOf(error)) || isUnreadable(error) || statusOf(error) >= 500;

const LOST =
  /^(ECONN|EPIPE|ENOTFOUND|EAI_|ENET|EHOST|ETIMEDOUT|ESOCKETTIMEDOUT|EADDRNOTAVAIL|AbortError|TimeoutError|RequestTimeout|NetworkingError|UND_ERR_|InternalFailure|ServiceUnavailable)/;

function statusOf(error: unknown): number {
  const { $metadata: metadata } = (error ?? {}) as { $metadata?: { httpStatusCode?: number } };
  return metadata?.httpStatusCode ?? 0;
}

/** True for an error that one of the records may be the cause of. */
export const isRefusal = (error: unknown): boolean =>
  /^(InvalidArgument|ValidationException|SerializationException)/.test(nameOf(error));

/** Kinesis refuses a line whatever comes with it. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly line: number;

  constructor(line: number, cause: unknown) {
    super(`Kinesis refuses line ${line}`, { cause });
    this.line = line;
  }
}

/** Kinesis has refused every record for minutes. */
export class NothingStoredError extends Error {
  override readonly name = 'NothingStoredError';

  constructor(reason: string) {
    super(`Kinesis has stored nothing for ${PATIENCE_MS / 60_000} minutes: ${reason}`);
  }
}
