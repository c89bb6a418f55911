/** Options of an {@link AwsError}. */
export interface AwsErrorOptions extends ErrorOptions {
  /** HTTP status; AWS answers most client errors with 400, which is the default. */
  readonly status?: number;
  /** Members of the error's body in addition to code and message. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * An error that AWS would answer. Services throw it; the protocol that the service speaks writes it
 * to the wire (JSON `__type`, query XML, REST `x-amzn-errortype`).
 */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: AwsErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.status = options.status ?? 400;
    this.details = options.details ?? {};
  }
}

/** Any thrown value as an AwsError: an unexpected error becomes AWS's InternalFailure, 500. */
export function toAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new AwsError('InternalFailure', message, { status: 500, cause: error });
}

/** A request that is not what its protocol says, or a member of the wrong type. */
export function serializationError(message: string, cause?: unknown): AwsError {
  return new AwsError('SerializationException', message, { cause });
}

/** Refuses an action that AWS may have and the embedded AWS does not, by its name. */
export function notImplemented(service: string, action: string): AwsError {
  return new AwsError(
    'UnknownOperationException',
    `The embedded AWS does not implement ${service}:${action}.`,
  );
}

/**
 * Refuses a part of a request that would change what the answer is: what is accepted and then
 * ignored would behave otherwise than AWS does.
 * @param what completes "The embedded AWS does not implement …"
 */
export function unsupported(what: string): AwsError {
  return new AwsError('NotImplemented', `The embedded AWS does not implement ${what}.`, {
    status: 501,
  });
}
