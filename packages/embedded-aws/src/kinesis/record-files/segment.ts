import fs from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { DurableFile, markAfter } from '../../state/durable-file';
import { DamagedStateError, OutOfStepError } from '../../state/errors';
import { removeWhole, writeWhole } from '../../state/whole-file';
import type { RecordReader, ShardTip } from '../streams/record-sink';
import { type FrameContent, readFrame, startFrame } from './frame';

const MAGIC = Buffer.from('AWSREC1\n');
const NAME = /^(\d{8})\.records$/;

/** Size of a file without any records in it or before it. */
export const UNUSED_BYTES = MAGIC.length + startFrame(0, 0, []).length;

/** One file of a stream's records. It starts with the tips of the shards at that time. */
export interface Segment {
  readonly number: number;
  readonly file: DurableFile;
  /** Arrival time of its newest record in milliseconds since 1970; 0 without records. */
  newest: number;
}

/** The numbers of the segments in a folder, oldest first. */
export function segmentNumbers(directory: string): number[] {
  return fs
    .readdirSync(directory)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

export const segmentFile = (directory: string, number: number): string =>
  path.join(directory, `${String(number).padStart(8, '0')}.records`);

/**
 * @param before checksum of the stream's files before this one
 * @throws the system's error, without creating the segment
 */
export function createSegment(
  directory: string,
  number: number,
  step: number,
  before: number,
  tips: readonly ShardTip[],
): Segment {
  const path = segmentFile(directory, number);
  const start = Buffer.concat([MAGIC, startFrame(step, before, tips)]);
  writeWhole(path, start);
  const mark = markAfter({ bytes: 0, checksum: before }, start);
  return { number, file: new DurableFile(path, mark), newest: 0 };
}

/** The expected state of a segment. */
export interface ExpectedSegment {
  readonly number: number;
  /** Checksum of the stream's files before this one. */
  readonly before: number;
  /** Acknowledged number of bytes; all bytes if unknown. */
  readonly acknowledged?: number | undefined;
  /** Checksum of the stream's files up to there, if known. */
  readonly checksum?: number | undefined;
  /**
   * Returns true if a step after the acknowledged part is valid.
   * @throws DamagedStateError
   */
  readonly isValidStep: (step: number | undefined, file: string) => boolean;
}

/** The result of reading a segment. */
export interface SegmentReading {
  readonly segment: Segment;
  /** The latest valid step that was not acknowledged. */
  readonly step: number | undefined;
  /** Number of invalid bytes at the end. */
  readonly torn: number;
}

/**
 * Reads a segment without writing to it. After the acknowledged part, it may end within a record.
 * @throws DamagedStateError if acknowledged data is missing or differs
 */
export function readSegment(
  directory: string,
  { number, before, acknowledged, checksum, isValidStep }: ExpectedSegment,
  reader: RecordReader,
): SegmentReading {
  const file = segmentFile(directory, number);
  const bytes = fs.readFileSync(file);
  const acknowledgedBytes = acknowledged ?? bytes.length;
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new DamagedStateError(file, 0, 'it does not begin as a file of records does');
  }
  let offset = MAGIC.length;
  let newest = 0;
  let step: number | undefined;
  while (offset < bytes.length) {
    const frame = wholeFrame(file, bytes, offset, acknowledgedBytes);
    if (frame === undefined) break;
    const { content, end } = frame;
    if (offset >= acknowledgedBytes) {
      if (!isValidStep(content.step, file)) break;
      step = content.step;
    }
    pass(content, { file, offset, before }, reader);
    if (content.kind === 'record') newest = Math.max(newest, content.record.arrivedAt);
    offset = end;
  }
  if (offset < acknowledgedBytes) {
    const reason = `it ends there, and ${acknowledgedBytes} bytes of it were acknowledged`;
    throw new DamagedStateError(file, bytes.length, reason);
  }
  if (checksum !== undefined && crc32(bytes.subarray(0, acknowledgedBytes), before) !== checksum) {
    const reason = 'it is not the file that was acknowledged, but an older copy or another one';
    throw new OutOfStepError(file, reason);
  }
  const mark = markAfter({ bytes: 0, checksum: before }, bytes.subarray(0, offset));
  const segment = { number, file: new DurableFile(file, mark), newest };
  return { segment, step, torn: bytes.length - offset };
}

/** @returns undefined for a truncated frame after the acknowledged part */
function wholeFrame(file: string, bytes: Buffer, offset: number, acknowledgedBytes: number) {
  const frame = readFrame(bytes, offset);
  if (frame.state === 'whole') return frame;
  if (frame.state === 'damaged') throw new DamagedStateError(file, offset, frame.reason);
  if (offset >= acknowledgedBytes) return undefined;
  throw new DamagedStateError(file, offset, 'it ends in the middle of a record');
}

interface Place {
  readonly file: string;
  readonly offset: number;
  readonly before: number;
}

function pass(content: FrameContent, { file, offset, before }: Place, reader: RecordReader): void {
  if (content.kind === 'start' && content.before !== undefined && content.before !== before) {
    const reason = 'it does not follow the file before it: one of the two is older, or another one';
    throw new OutOfStepError(file, reason);
  }
  try {
    if (content.kind === 'start') reader.tips(content.tips);
    else reader.record(content.shardIndex, content.index, content.record);
  } catch (error) {
    throw new DamagedStateError(file, offset, (error as Error).message, { cause: error });
  }
}

/** Files that cannot be deleted now are deleted by the next start: the watermarks name it no longer. */
export function removeSegment({ file }: Segment): void {
  file.close();
  removeWhole(file.path);
}
