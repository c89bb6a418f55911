/** Options of an {@link AwsError}. */
export interface AwsErrorOptions extends ErrorOptions {
  /** HTTP status; AWS answers most client errors with 400, which is the default. */
  readonly status?: number;
  /** Members of the error's body in addition to code and message. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * An error as AWS would answer it. Services throw it; the service's protocol serializes it (JSON
 * `__type`, query XML, REST `x-amzn-errortype`).
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

/** Converts any thrown value; unexpected errors become AWS's InternalFailure (500). */
export function toAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new AwsError('InternalFailure', message, { status: 500, cause: error });
}

/** A request that violates its protocol, or has a member of the wrong type. */
export function serializationError(message: string, cause?: unknown): AwsError {
  return new AwsError('SerializationException', message, { cause });
}

/** Rejects an action that the embedded AWS does not implement, naming it. */
export function notImplemented(service: string, action: string): AwsError {
  return new AwsError(
    'UnknownOperationException',
    `The embedded AWS does not implement ${service}:${action}.`,
  );
}

/**
 * Rejects an unsupported part of a request that would affect the answer. Ignoring it silently would
 * behave differently from AWS.
 * @param what completes "The embedded AWS does not implement …"
 */
export function unsupported(what: string): AwsError {
  return new AwsError('NotImplemented', `The embedded AWS does not implement ${what}.`, {
    status: 501,
  });
}
