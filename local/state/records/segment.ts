import fs from 'node:fs';
import path from 'node:path';
import type { RecordReader, ShardTip } from '../../kinesis/streams/record-sink';
import { DurableFile, writeWhole } from '../durable-file';
import { DamagedStateError } from '../errors';
import { readFrame, tipsFrame } from './frame';

const MAGIC = Buffer.from('AWSREC1\n');
const NAME = /^(\d{8})\.records$/;

/** One file of a stream's records. It begins with where each shard had arrived before it. */
export interface Segment {
  readonly number: number;
  readonly file: DurableFile;
  /** Milliseconds since 1970 of its newest record; 0 while it has none. */
  newest: number;
}

/** The segments in a folder, the oldest first. */
export function segmentNumbers(directory: string): number[] {
  return fs
    .readdirSync(directory)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

const fileOf = (directory: string, number: number): string =>
  path.join(directory, `${String(number).padStart(8, '0')}.records`);

/** @throws the system's error; there is no such segment then */
export function createSegment(
  directory: string,
  number: number,
  tips: readonly ShardTip[],
): Segment {
  const file = fileOf(directory, number);
  const start = Buffer.concat([MAGIC, tipsFrame(tips)]);
  writeWhole(file, start);
  return { number, file: new DurableFile(file, start.length), newest: 0 };
}

/**
 * Reads a segment, without writing to it.
 * @param isLast whether a write may have been cut off at its end: what is torn there was never
 *   answered for
 * @throws DamagedStateError
 */
export function readSegment(
  directory: string,
  number: number,
  isLast: boolean,
  reader: RecordReader,
): Segment {
  const file = fileOf(directory, number);
  const bytes = fs.readFileSync(file);
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new DamagedStateError(file, 0, 'it does not begin as a file of records does');
  }
  let offset = MAGIC.length;
  let newest = 0;
  while (offset < bytes.length) {
    const frame = readFrame(bytes, offset);
    if (frame.state === 'torn' && isLast) break;
    if (frame.state !== 'whole') {
      const reason = frame.state === 'torn' ? 'it ends in the middle of a record' : frame.reason;
      throw new DamagedStateError(file, offset, reason);
    }
    const { content, end } = frame;
    try {
      if (content.kind === 'tips') reader.tips(content.tips);
      else reader.record(content.shardIndex, content.index, content.record);
    } catch (error) {
      throw new DamagedStateError(file, offset, (error as Error).message, { cause: error });
    }
    if (content.kind === 'record') newest = Math.max(newest, content.record.arrivedAt);
    offset = end;
  }
  return { number, file: new DurableFile(file, offset), newest };
}

/** Deletes a segment. */
export function removeSegment({ file }: Segment): void {
  file.close();
  fs.rmSync(file.path, { force: true });
}
