import { HookError } from '../../framework';
import { recordsOfLine, WrongLineError } from './exported-record';
import { linesOf } from './lines';

/** A count of the records that a file has to send. */
export interface Survey {
  readonly lines: number;
  readonly records: number;
}

/** Wrong lines that are named; there may be millions. */
const MOST_NAMED = 5;

/**
 * Reads a file through before anything of it is sent.
 * @throws HookError for a file with wrong lines, which are named; the signal's reason
 */
export async function survey(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  from: number,
  signal: AbortSignal,
): Promise<Survey> {
  const wrong: string[] = [];
  let wrongCount = 0;
  let lines = 0;
  let records = 0;
  for await (const line of linesOf(chunks, from)) {
    signal.throwIfAborted();
    lines = line.number;
    try {
      records += recordsOfLine(line).length;
    } catch (error) {
      if (!(error instanceof WrongLineError)) throw error;
      wrongCount += 1;
      if (wrong.length < MOST_NAMED) wrong.push(error.message);
    }
  }
  if (wrongCount === 0) return { lines, records };
  const more = wrongCount > wrong.length ? `; and ${wrongCount - wrong.length} more` : '';
  throw new HookError(
    'REPLAY_LINES_WRONG',
    `Nothing of ${file} was sent: ${wrong.join('; ')}${more}. Correct or delete ${wrongCount === 1 ? 'the line' : 'the lines'}, then run the command again. A file has what serverless records prints in a pipe (--format json).`,
  );
}
