import { readFileSync } from 'node:fs';
import path from 'node:path';
import { StackError } from '../errors';

/** A JSON file's text and value. */
export interface JsonFile {
  readonly text: string;
  readonly value: unknown;
}

/**
 * Reads a JSON file that streams.ts names.
 * @param folder of serverless.ts
 * @param file its path from there
 * @param from what names it: `orders.schema`
 * @throws StackError if it is missing, or is no JSON: then with line and column
 */
export function readJsonFile(folder: string, file: string, from: string): JsonFile {
  const text = textOf(path.resolve(folder, file), file, from);
  try {
    return { text, value: JSON.parse(text) };
  } catch (cause) {
    throw new StackError(`${file}:${placeIn(text, errorIn(text))} is not JSON (${from}).`, {
      cause,
    });
  }
}

function textOf(absolute: string, file: string, from: string): string {
  try {
    // Editors on Windows may write a byte order mark.
    return readFileSync(absolute, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const problem = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new StackError(
      `streams.ts: ${from} is '${file}', which ${problem}. Paths begin at the folder of serverless.ts.`,
      { cause },
    );
  }
}

/** `3:14`: line and column, from 1. */
function placeIn(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}

const BLANK = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/**
 * The offset at which a text stops being JSON. Messages of `JSON.parse` differ between versions of
 * Node, and not all say where.
 */
function errorIn(text: string): number {
  let at = 0;
  const skip = (token: RegExp): boolean => {
    token.lastIndex = at;
    const found = token.exec(text);
    at += found?.[0].length ?? 0;
    return found !== null;
  };
  const next = (token: RegExp) => skip(BLANK) && skip(token);
  const mark = (character: string) => next(new RegExp(`\\${character}`, 'y'));
  const list = (close: string, item: () => boolean): boolean => {
    if (mark(close)) return true;
    do if (!item()) return false;
    while (mark(','));
    return mark(close);
  };
  const value = (): boolean => {
    if (mark('{')) return list('}', () => next(STRING) && mark(':') && value());
    return mark('[') ? list(']', value) : next(STRING) || next(SCALAR);
  };
  value();
  skip(BLANK);
  return at;
}
