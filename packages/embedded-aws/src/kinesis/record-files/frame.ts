import { crc32 } from 'node:zlib';
import type { StoredRecord } from '../streams/record-chunk';
import type { ShardTip } from '../streams/record-sink';
import { shortChecksum } from './short-checksum';

/**
 * A frame: the length of its body (4 bytes), the body's CRC-32, the CRC-32 of these eight bytes,
 * the body. All numbers are little-endian. Because the length has its own checksum, a damaged
 * length is not mistaken for a truncated frame.
 */
const HEADER_BYTES = 12;

/**
 * The first byte of a body. Bodies written by earlier versions contain no step, or no sequence: then
 * a record's index is also the one in its sequence number.
 */
const KIND = {
  tipsWithoutStep: 0,
  recordWithoutStep: 1,
  encryptedRecordWithoutStep: 2,
  startWithoutSequence: 3,
  recordWithoutSequence: 4,
  encryptedRecordWithoutSequence: 5,
  start: 6,
  record: 7,
  encryptedRecord: 8,
} as const;

/** In each body: kind (1), step (8). */
const STEP_BYTES = 8;
/** In a record: sequence (8), shard (4), index (8), arrival (8), length of the key (2). */
const SEQUENCE_BYTES = 8;
const RECORD_BYTES = 22;
/** In a start frame: checksum of the preceding files (4). */
const BEFORE_BYTES = 4;
/** In each tip: shard (4), next index (8), last arrival (8), next sequence (8). */
const TIP_BYTES = 28;
const TIP_BYTES_WITHOUT_SEQUENCE = 20;

/** A record of a stream, and its position. */
export interface PlacedRecord {
  readonly shardIndex: number;
  readonly index: number;
  readonly record: StoredRecord;
}

/** The frames of records that are written in one step. */
export function recordFrames(step: number, records: readonly PlacedRecord[]): Buffer {
  let length = 0;
  for (const { record } of records) length += frameBytes(record);
  const bytes = Buffer.allocUnsafe(length);
  let start = 0;
  for (const placed of records) start = writeRecord(bytes, start, step, placed);
  return bytes;
}

const frameBytes = ({ partitionKey, data }: StoredRecord): number =>
  HEADER_BYTES +
  1 +
  STEP_BYTES +
  SEQUENCE_BYTES +
  RECORD_BYTES +
  Buffer.byteLength(partitionKey) +
  data.length;

/** @returns the end of the frame */
function writeRecord(bytes: Buffer, start: number, step: number, placed: PlacedRecord): number {
  const { shardIndex, index, record } = placed;
  const { partitionKey, data, arrivedAt, encrypted, sequence } = record;
  const kind = encrypted ? KIND.encryptedRecord : KIND.record;
  let at = bytes.writeUInt8(kind, start + HEADER_BYTES);
  at = bytes.writeDoubleLE(step, at);
  at = bytes.writeDoubleLE(sequence, at);
  at = bytes.writeUInt32LE(shardIndex, at);
  at = bytes.writeDoubleLE(index, at);
  at = bytes.writeDoubleLE(arrivedAt, at);
  const keyBytes = bytes.write(partitionKey, at + 2);
  at = bytes.writeUInt16LE(keyBytes, at) + keyBytes;
  at += data.copy(bytes, at);
  seal(bytes, start, at);
  return at;
}

/**
 * The first frame of a file.
 * @param before checksum of the stream's files before this one
 */
export function startFrame(step: number, before: number, tips: readonly ShardTip[]): Buffer {
  const length = HEADER_BYTES + 1 + STEP_BYTES + BEFORE_BYTES + tips.length * TIP_BYTES;
  const frame = Buffer.alloc(length);
  let at = frame.writeUInt8(KIND.start, HEADER_BYTES);
  at = frame.writeDoubleLE(step, at);
  at = frame.writeUInt32LE(before, at);
  for (const { shardIndex, next, lastArrival, sequence } of tips) {
    at = frame.writeUInt32LE(shardIndex, at);
    at = frame.writeDoubleLE(next, at);
    at = frame.writeDoubleLE(lastArrival, at);
    at = frame.writeDoubleLE(sequence, at);
  }
  seal(frame, 0, length);
  return frame;
}

function seal(bytes: Buffer, start: number, end: number): void {
  const body = bytes.subarray(start + HEADER_BYTES, end);
  bytes.writeUInt32LE(body.length, start);
  bytes.writeUInt32LE(crc32(body), start + 4);
  bytes.writeUInt32LE(shortChecksum(bytes, start, start + 8), start + 8);
}

/** The content of a frame. */
export type FrameContent = {
  /** Undefined in frames of earlier versions. */
  readonly step: number | undefined;
} & (
  | {
      readonly kind: 'start';
      /** Checksum of the preceding files; undefined in frames of earlier versions. */
      readonly before: number | undefined;
      readonly tips: readonly ShardTip[];
    }
  | ({
      /** The record's data is a view of the bytes that were read. */
      readonly kind: 'record';
    } & PlacedRecord)
);

/** A complete frame, a truncated one, or one whose checksum does not match. */
export type FrameResult =
  | { readonly state: 'whole'; readonly content: FrameContent; readonly end: number }
  | { readonly state: 'torn' }
  | { readonly state: 'damaged'; readonly reason: string };

const damaged = (reason: string): FrameResult => ({ state: 'damaged', reason });

/** Reads the frame at an offset. */
export function readFrame(bytes: Buffer, offset: number): FrameResult {
  const start = offset + HEADER_BYTES;
  if (start > bytes.length) return { state: 'torn' };
  if (shortChecksum(bytes, offset, offset + 8) !== bytes.readUInt32LE(offset + 8)) {
    return damaged("a record's length does not have its checksum");
  }
  const end = start + bytes.readUInt32LE(offset);
  if (end > bytes.length) return { state: 'torn' };
  const body = bytes.subarray(start, end);
  if (crc32(body) !== bytes.readUInt32LE(offset + 4)) {
    return damaged('a record does not have its checksum');
  }
  const content = readBody(body);
  if (content === undefined) return damaged(`there is something of an unknown kind, ${body[0]}`);
  return { state: 'whole', content, end };
}

function readBody(body: Buffer): FrameContent | undefined {
  switch (body[0]) {
    case KIND.tipsWithoutStep:
      return { kind: 'start', step: undefined, before: undefined, tips: readTips(body, 1, false) };
    case KIND.recordWithoutStep:
    case KIND.encryptedRecordWithoutStep:
      return readRecord(body, {
        step: undefined,
        at: 1,
        encrypted: body[0] === KIND.encryptedRecordWithoutStep,
      });
    default:
      return body.length > STEP_BYTES
        ? readStep(body, body.readDoubleLE(1), 1 + STEP_BYTES)
        : undefined;
  }
}

function readStep(body: Buffer, step: number, at: number): FrameContent | undefined {
  switch (body[0]) {
    case KIND.startWithoutSequence:
    case KIND.start: {
      const tips = readTips(body, at + BEFORE_BYTES, body[0] === KIND.start);
      return { kind: 'start', step, before: body.readUInt32LE(at), tips };
    }
    case KIND.recordWithoutSequence:
    case KIND.encryptedRecordWithoutSequence:
      return readRecord(body, {
        step,
        at,
        encrypted: body[0] === KIND.encryptedRecordWithoutSequence,
      });
    case KIND.record:
    case KIND.encryptedRecord:
      return readRecord(body, {
        step,
        sequence: body.readDoubleLE(at),
        at: at + SEQUENCE_BYTES,
        encrypted: body[0] === KIND.encryptedRecord,
      });
    default:
      return undefined;
  }
}

function readTips(body: Buffer, start: number, hasSequence: boolean): ShardTip[] {
  const tips: ShardTip[] = [];
  const size = hasSequence ? TIP_BYTES : TIP_BYTES_WITHOUT_SEQUENCE;
  for (let at = start; at + size <= body.length; at += size) {
    const next = body.readDoubleLE(at + 4);
    tips.push({
      shardIndex: body.readUInt32LE(at),
      next,
      lastArrival: body.readDoubleLE(at + 12),
      sequence: hasSequence ? body.readDoubleLE(at + 20) : next,
    });
  }
  return tips;
}

/** The body's form by the kind of record, and where the rest begins. */
interface RecordHead {
  readonly step: number | undefined;
  readonly sequence?: number;
  readonly at: number;
  readonly encrypted: boolean;
}

function readRecord(body: Buffer, { step, sequence, at, encrypted }: RecordHead): FrameContent {
  const keyStart = at + RECORD_BYTES;
  const keyEnd = keyStart + body.readUInt16LE(at + 20);
  const index = body.readDoubleLE(at + 4);
  return {
    kind: 'record',
    step,
    shardIndex: body.readUInt32LE(at),
    index,
    record: {
      partitionKey: body.toString('utf8', keyStart, keyEnd),
      data: body.subarray(keyEnd),
      arrivedAt: body.readDoubleLE(at + 12),
      encrypted,
      sequence: sequence ?? index,
    },
  };
}
