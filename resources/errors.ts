/** A mistake in what the stack is declared from. Its message is what the user reads. */
export class StackError extends Error {
  override readonly name: string = 'StackError';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    // The framework prints the stack of an error thrown while it loads serverless.ts; the message
    // says what to do, a stack would bury it.
    this.stack = message;
  }
}

/** A mapping template is missing or cannot be inlined. */
export class TemplateFileError extends StackError {
  override readonly name = 'TemplateFileError';
}
