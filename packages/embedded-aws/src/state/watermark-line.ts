import { crc32 } from 'node:zlib';
import type { Mark } from './durable-file';

/** The acknowledged ends of a stream's files; the mark itself is the newest file's. */
export interface StreamMark extends Mark {
  /** Number of its oldest file. */
  readonly first: number;
  /** Number of its newest file; 0 while its folder is being created. */
  readonly last: number;
  /** Checksum of everything before its oldest file. */
  readonly before: number;
}

/** The content of a line. */
export type Watermark =
  | (Mark & { readonly kind: 'journal' | 'rewritten'; readonly step: number })
  | (StreamMark & {
      readonly kind: 'stream' | 'removed';
      readonly step: number;
      readonly id: string;
    });

/** A line never crosses a page of memory: a killed process has written all of it or nothing. */
export const LINE_BYTES = 512;
/** Eight hexadecimal digits and a space. */
const CHECKSUM_BYTES = 9;
const SPACE = 32;
const NEWLINE = 10;

/** An empty line: only spaces. */
export const EMPTY_LINE = Buffer.alloc(LINE_BYTES, SPACE);
EMPTY_LINE[LINE_BYTES - 1] = NEWLINE;

/** Reused, because a line is written for every record. */
const line = Buffer.from(EMPTY_LINE);
let written = 0;
const content = line.subarray(CHECKSUM_BYTES, LINE_BYTES - 1);

/**
 * A line of text of fixed length: a checksum and JSON.
 * @param files a stream's files, from {@link filesText}
 * @returns bytes that are valid until the next call
 * @throws RangeError when the content does not fit
 */
export function watermarkLine(
  kind: Watermark['kind'],
  step: number,
  { bytes, checksum }: Mark,
  files = '',
): Buffer {
  // As `JSON.stringify`, which takes several times as long.
  const text = `{"kind":"${kind}","step":${step},"bytes":${bytes},"checksum":${checksum}${files}}`;
  if (text.length > content.length) throw new RangeError(`A watermark is too long: ${text}`);
  content.write(text, 'latin1');
  if (text.length < written) content.fill(SPACE, text.length, written);
  written = text.length;
  line.write(checksumOf(content), 'latin1');
  return line;
}

/** The part of a stream's line that does not change from record to record. */
export const filesText = (id: string, { first, last, before }: StreamMark): string =>
  `,"first":${first},"last":${last},"before":${before},"id":${JSON.stringify(id)}`;

/** Reads a line; undefined for an empty one. */
export function readLine(bytes: Buffer): Watermark | undefined | 'damaged' {
  if (bytes.equals(EMPTY_LINE)) return undefined;
  const said = bytes.subarray(CHECKSUM_BYTES, LINE_BYTES - 1);
  if (bytes.toString('latin1', 0, CHECKSUM_BYTES) !== checksumOf(said)) return 'damaged';
  return JSON.parse(said.toString('latin1'));
}

const checksumOf = (bytes: Buffer): string => `${crc32(bytes).toString(16).padStart(8, '0')} `;
