/** A reason not to begin, or not to go on, in a line that says what to do. */
export class ProveError extends Error {
  override readonly name = 'ProveError';
}

/** A step that ran and showed something that is not as it should be. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
}
