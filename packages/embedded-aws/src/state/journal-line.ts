import { crc32 } from 'node:zlib';
import { DamagedStateError } from './errors';

/** One step; all values are JSON. */
export interface JournalEntry {
  /** Documents by name. */
  readonly put: ReadonlyMap<string, string>;
  /** Items added to lists, by the list's name. */
  readonly added: ReadonlyMap<string, readonly string[]>;
  /** Names of removed documents and lists. */
  readonly gone: Iterable<string>;
}

/** A line as it is read back. */
export interface JournalLine {
  /** Number of the step; earlier versions wrote none. */
  readonly at?: number;
  readonly put: readonly (readonly [string, unknown])[];
  readonly added: readonly (readonly [string, readonly unknown[]])[];
  readonly gone: readonly string[];
}

/** Eight hexadecimal digits and a space. */
const CHECKSUM_LENGTH = 9;

/**
 * A step as a line: a checksum and JSON, `{"at":step,"put":[[name,document]],
 * "added":[[list,[item]]],"gone":[name]}`. A step applies as a whole.
 */
export function journalLine({ put, added, gone }: JournalEntry, step: number): Buffer {
  const documents = [...put].map(([name, json]) => `[${JSON.stringify(name)},${json}]`);
  const items = [...added].map(([name, all]) => `[${JSON.stringify(name)},[${all.join(',')}]]`);
  const names = [...gone].map((name) => JSON.stringify(name));
  const text = `{"at":${step},"put":[${documents}],"added":[${items}],"gone":[${names}]}`;
  const content = Buffer.from(text);
  return Buffer.concat([Buffer.from(`${checksum(content)} `), content, Buffer.from('\n')]);
}

const checksum = (content: Buffer): string => crc32(content).toString(16).padStart(8, '0');

/** @param bytes of the line, without its end. @throws DamagedStateError */
export function parseLine(path: string, offset: number, bytes: Buffer): JournalLine {
  const content = bytes.subarray(CHECKSUM_LENGTH);
  if (bytes.toString('latin1', 0, CHECKSUM_LENGTH) !== `${checksum(content)} `) {
    throw new DamagedStateError(path, offset, 'the line does not have its checksum');
  }
  let line: Partial<JournalLine> | null;
  try {
    line = JSON.parse(content.toString());
  } catch (cause) {
    throw new DamagedStateError(path, offset, 'the line is no JSON', { cause });
  }
  // Other files have lines with checksums too, and one may have been copied here.
  const { put, added, gone } = line ?? {};
  if (![put, added, gone].every(Array.isArray)) {
    throw new DamagedStateError(path, offset, 'the line is not one of a journal');
  }
  return line as JournalLine;
}
