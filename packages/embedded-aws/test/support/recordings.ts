import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Answers of AWS that tests of other projects recorded. They are under licences of their own: a
 * folder beside the repository, or the one that `AWS_RECORDINGS` names.
 */
export const RECORDINGS =
  process.env.AWS_RECORDINGS ??
  path.join(__dirname, '..', '..', '..', '..', '..', 'shared', 'aws', 'recordings');

/** Tests that compare with the recordings. A clone without them leaves them out; in CI they must be there. */
export const describeRecorded: typeof describe.skip =
  existsSync(RECORDINGS) || process.env.CI ? describe : describe.skip;
