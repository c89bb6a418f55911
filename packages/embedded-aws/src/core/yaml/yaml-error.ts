/** A place in a text; both count from zero. */
export interface Mark {
  readonly line: number;
  readonly column: number;
}

/** A text that is not YAML 1.1. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
  readonly mark: Mark;

  constructor(reason: string, mark: Mark) {
    super(reason);
    this.mark = mark;
  }
}
