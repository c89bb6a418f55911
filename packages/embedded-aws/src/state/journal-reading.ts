import fs from 'node:fs';
import { crc32 } from 'node:zlib';
import { type Mark, markAfter, NOTHING_WRITTEN } from './durable-file';
import { DamagedStateError, MissingStateError, OutOfStepError } from './errors';
import { type JournalLine, parseLine } from './journal-line';
import type { Watermarks } from './watermarks';

/** The state that a journal adds up to. */
export interface JournalContent {
  /** Documents' JSON by name, in the order they were first put. */
  readonly documents: Map<string, string>;
  /** Lists' items by name. */
  readonly lists: Map<string, string[]>;
}

/** The valid part of a journal. */
export interface JournalReading {
  readonly mark: Mark;
  /** The latest step that it contains. */
  readonly step: number;
  /** Bytes after the mark that were never acknowledged, to be cut off. */
  readonly torn: number;
}

const NEWLINE = 10;

/**
 * Reads a journal and compares it with its watermark. Whole lines beyond the watermark are valid; an
 * incomplete last line was never acknowledged.
 * @throws DamagedStateError when acknowledged content is missing or different
 */
export function readJournal(
  path: string,
  watermarks: Watermarks,
): JournalReading & { readonly content: JournalContent } {
  const bytes = readIfThere(path);
  const { journal, rewritten } = watermarks;
  if (bytes === undefined && journal.bytes > 0) {
    throw new MissingStateError(path, `${journal.bytes} bytes of it were acknowledged`);
  }
  const isRewritten = rewritten !== undefined && isExactly(bytes, rewritten);
  const acknowledged = isRewritten ? rewritten : journal;
  return playAll(path, bytes ?? Buffer.alloc(0), acknowledged, watermarks);
}

function playAll(path: string, bytes: Buffer, acknowledged: Mark, watermarks: Watermarks) {
  const content: JournalContent = { documents: new Map(), lists: new Map() };
  let { step } = watermarks;
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
    const line = parseLine(path, start, bytes.subarray(start, end));
    if (start >= acknowledged.bytes) {
      if (!watermarks.takes(line.at, path)) break;
      step = line.at ?? step;
    }
    play(content, line);
    start = end + 1;
  }
  if (start < acknowledged.bytes) {
    const reason = `it ends there, and ${acknowledged.bytes} bytes of it were acknowledged`;
    throw new DamagedStateError(path, bytes.length, reason);
  }
  if (crc32(bytes.subarray(0, acknowledged.bytes)) !== acknowledged.checksum) {
    const reason = `it is not the file that ${watermarks.path} tells of, but an older copy or another one`;
    throw new OutOfStepError(path, reason);
  }
  const mark = markAfter(NOTHING_WRITTEN, bytes.subarray(0, start));
  return { content, mark, step, torn: bytes.length - start };
}

const isExactly = (bytes: Buffer | undefined, mark: Mark): boolean =>
  bytes?.length === mark.bytes && crc32(bytes) === mark.checksum;

function readIfThere(path: string): Buffer | undefined {
  try {
    return fs.readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function play({ documents, lists }: JournalContent, { put, added, gone }: JournalLine): void {
  for (const [name, document] of put) documents.set(name, JSON.stringify(document));
  for (const [name, items] of added) {
    const list = lists.get(name) ?? [];
    lists.set(name, list);
    for (const item of items) list.push(JSON.stringify(item));
  }
  for (const name of gone) {
    documents.delete(name);
    lists.delete(name);
  }
}
