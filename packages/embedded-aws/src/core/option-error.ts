/** An invalid option of the embedded AWS. Its message is shown to the user. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}
