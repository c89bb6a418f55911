import { HookError } from '../../framework';

/** Blanks, a text in single or double quotes, an escaped character, or plain text. */
const PIECE = /(\s+)|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)/gsy;

/** Characters that a shell would act on. */
const OF_SHELLS = /[|&;<>()$`*?[\]#~]/;
const IN_DOUBLE_QUOTES = /(?<!\\)[$`]/;

/**
 * The words of a command line, by the quotes and backslashes of a POSIX shell. Nothing is expanded.
 * @throws HookError for a command that needs a shell, or whose quotes do not close
 */
export function wordsOf(command: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let end = 0;
  for (const [piece, blanks, single, double, escaped, plain] of command.matchAll(PIECE)) {
    end += piece.length;
    if (blanks !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    refuse(OF_SHELLS.exec(plain ?? '') ?? IN_DOUBLE_QUOTES.exec(double ?? ''));
    word = `${word ?? ''}${single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain}`;
  }
  if (end < command.length) throw invalid('has a quote that is not closed');
  if (word !== undefined) words.push(word);
  if (words.length > 0) return words;
  throw invalid('names no program');
}

function refuse(found: RegExpExecArray | null): void {
  if (found === null) return;
  throw invalid(
    `runs without a shell, which '${found[0]}' needs. Quote it, or put the command into a script`,
  );
}

const invalid = (reason: string) =>
  new HookError(
    'TOKEN_COMMAND_INVALID',
    `--token-command ${reason}. More: docs/verification.md#tokens`,
  );
