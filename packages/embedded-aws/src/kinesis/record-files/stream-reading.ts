import fs from 'node:fs';
import { MissingStateError, OutOfStepError } from '../../state/errors';
import type { Watermarks } from '../../state/watermarks';
import type { RecordReader } from '../streams/record-sink';
import {
  readSegment,
  type Segment,
  type SegmentReading,
  segmentFile,
  segmentNumbers,
} from './segment';

/** The files of a stream as read from disk. */
export interface StreamReading {
  readonly segments: readonly Segment[];
  /** Checksum of everything written before the oldest segment. */
  readonly before: number;
  /** The latest known step. */
  readonly step: number;
  /** Number of invalid bytes at the end of the newest file. */
  readonly torn: number;
  /** True if the files contain or imply more than the watermarks. */
  readonly isNewer: boolean;
  /** Files that do not belong to the stream, or no longer do. */
  readonly unused: readonly string[];
}

/** The expected files of a stream. */
interface Expected {
  readonly first: number;
  readonly last: number;
  readonly before: number;
  /** Acknowledged bytes of the last file. */
  readonly bytes: number;
  readonly checksum?: number;
}

/**
 * Reads the files of a stream without writing to them, and compares them with its watermark.
 * @throws DamagedStateError
 */
export function readStreamFiles(
  directory: string,
  id: string,
  watermarks: Watermarks,
  reader: RecordReader,
): StreamReading {
  const numbers = fs.existsSync(directory) ? segmentNumbers(directory) : [];
  const expected = watermarks.areKnown
    ? fromWatermark(id, watermarks)
    : fromFiles(directory, numbers);
  requireFiles(directory, numbers, expected, watermarks);
  const isValidStep = watermarks.takes.bind(watermarks);
  const { first, last, bytes, checksum } = expected;
  const segments: Segment[] = [];
  let { before } = expected;
  let reading: SegmentReading | undefined;
  for (let number = first; number <= last; number += 1) {
    const newest = number === last && { acknowledged: bytes, checksum };
    reading = readSegment(directory, { number, before, ...newest, isValidStep }, reader);
    segments.push(reading.segment);
    before = reading.segment.file.mark.checksum;
  }
  const unused = numbers.filter((number) => number < first);
  let step = reading?.step;
  if (numbers.includes(last + 1)) {
    const started = readStarted(directory, { number: last + 1, before, isValidStep }, reader);
    if (started === undefined) unused.push(last + 1);
    else segments.push(started.segment);
    step = started?.step ?? step;
  }
  return {
    segments,
    before: expected.before,
    step: step ?? watermarks.step,
    torn: reading?.torn ?? 0,
    isNewer: !watermarks.areKnown || step !== undefined,
    unused: unused.map((number) => segmentFile(directory, number)),
  };
}

function fromWatermark(id: string, { streams, path }: Watermarks): Expected {
  const mark = streams.get(id)?.mark;
  if (mark === undefined || mark.last === 0) {
    throw new OutOfStepError(path, `it does not tell of the records of ${id}`);
  }
  return mark;
}

/** Earlier versions wrote no watermarks, so the files themselves are used. */
function fromFiles(directory: string, numbers: readonly number[]): Expected {
  const first = numbers[0];
  if (first === undefined) throw new MissingStateError(directory, 'it has the records of a stream');
  return { first, last: numbers.at(-1) ?? first, before: 0, bytes: 0 };
}

function requireFiles(
  directory: string,
  numbers: readonly number[],
  { first, last }: Expected,
  { path }: Watermarks,
): void {
  for (let number = first; number <= last; number += 1) {
    if (numbers.includes(number)) continue;
    throw new MissingStateError(segmentFile(directory, number), 'it has records of a stream');
  }
  const beyond = numbers.find((number) => number > last + 1);
  if (beyond === undefined) return;
  throw new OutOfStepError(segmentFile(directory, beyond), `${path} does not tell of it`);
}

/**
 * A following file that was created but not acknowledged; it has no records yet.
 * @returns undefined if its creation failed
 */
function readStarted(
  directory: string,
  expected: Pick<Parameters<typeof readSegment>[1], 'number' | 'before' | 'isValidStep'>,
  reader: RecordReader,
): SegmentReading | undefined {
  const reading = readSegment(directory, { ...expected, acknowledged: 0 }, reader);
  return reading.step === undefined ? undefined : reading;
}
