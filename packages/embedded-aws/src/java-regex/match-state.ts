/** The state of one search in a text. */
export interface MatchState {
  readonly text: string;
  readonly starts: number[];
  readonly ends: number[];
  /** End of the previous match, for `\G`. */
  previousEnd: number;
  /** Remaining steps for this text. */
  steps: number;
}
