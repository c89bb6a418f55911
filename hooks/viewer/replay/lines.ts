import { constants, createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { HookError } from '../../framework';

/** A line of a file, without its end. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

/** A record of ten megabytes as base64, as text, and once more in an envelope. */
const LONGEST = 128 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * The lines of a file or a pipe that say something, however its bytes are cut into chunks.
 * @param from number of the first line
 * @throws HookError for a line that no export has
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  from = 1,
): AsyncGenerator<Line, void, undefined> {
  let number = 0;
  let waiting: Uint8Array[] = [];
  let length = 0;
  const take = (last: Uint8Array): Line[] => {
    number += 1;
    const text =
      number < from
        ? ''
        : Buffer.concat([...waiting, last])
            .toString('utf8')
            .trim();
    waiting = [];
    length = 0;
    return text === '' ? [] : [{ number, text }];
  };
  for await (const chunk of chunks) {
    if (number === 0 && waiting.length === 0) refuseUtf16(chunk);
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield* take(chunk.subarray(start, end));
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    length += rest.length;
    if (length > LONGEST) {
      throw new HookError(
        'REPLAY_LINE_TOO_LONG',
        `Line ${number + 1} is longer than any that serverless records exports.`,
      );
    }
    if (rest.length > 0) waiting.push(rest);
  }
  if (length > 0) yield* take(new Uint8Array());
}

/** @throws HookError for the beginning of a file that `>` of Windows PowerShell has written */
function refuseUtf16([first, second]: Uint8Array): void {
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (!isUtf16) return;
  throw new HookError(
    'REPLAY_ENCODING',
    'The file is UTF-16, which > of Windows PowerShell writes. Save it as UTF-8, or export it again from PowerShell 7 or cmd.',
  );
}

/** The bytes of a file, or of a pipe, which can be read only once. */
export interface Chunks {
  readonly isFile: boolean;
  read(): AsyncIterable<Uint8Array>;
}

/**
 * Opens a file to be replayed.
 * @param file `-` for the standard input
 * @throws HookError when it cannot be read
 */
export async function chunksOf(file: string): Promise<Chunks> {
  if (file === '-') return { isFile: false, read: () => process.stdin };
  try {
    const stats = await stat(file);
    if (stats.isDirectory()) throw new HookError('REPLAY_FILE', `${file} is a folder, not a file.`);
    await access(file, constants.R_OK);
    return { isFile: stats.isFile(), read: () => createReadStream(file) };
  } catch (cause) {
    if (cause instanceof HookError) throw cause;
    throw new HookError(
      'REPLAY_FILE',
      `Cannot read ${file} (${(cause as NodeJS.ErrnoException).code}). --replay takes a file that serverless records or the viewer has exported.`,
      { cause },
    );
  }
}
