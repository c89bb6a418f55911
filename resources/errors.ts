/** A mistake in the stack's declarations. The user sees only its message. */
export class StackError extends Error {
  override readonly name: string = 'StackError';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    // The framework prints the stack trace of errors thrown while it loads serverless.ts, which
    // would bury the message.
    this.stack = message;
  }
}

/** A mapping template is missing or cannot be inlined. */
export class TemplateFileError extends StackError {
  override readonly name = 'TemplateFileError';
}
