/** An invalid option of the embedded AWS. The user reads its message. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}
