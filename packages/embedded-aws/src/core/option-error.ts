/** A mistake in how the embedded AWS was asked to behave. Its message is what the user reads. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}
