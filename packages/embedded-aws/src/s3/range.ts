import { s3Error } from './errors';

/** First and last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const RANGE = /^bytes=(\d*)-(\d*)$/;

/**
 * Parses a Range header. Invalid or multiple ranges select the whole object.
 * @throws AwsError InvalidRange if the range begins after the end
 */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first, last] = RANGE.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    if (length === 0) throw unsatisfiable(header, size);
    return { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return undefined;
  if (start >= size) throw unsatisfiable(header, size);
  return { start, end };
}

const unsatisfiable = (header = '', size: number) =>
  s3Error('InvalidRange', '', { RangeRequested: header, ActualObjectSize: String(size) });
