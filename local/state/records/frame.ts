import { crc32 } from 'node:zlib';
import type { StoredRecord } from '../../kinesis/streams/record-chunk';
import type { ShardTip } from '../../kinesis/streams/record-sink';

/**
 * A frame: the length of its body (4 bytes), the body's CRC-32, the CRC-32 of these eight bytes,
 * the body. All numbers are little-endian. With a checksum of its own, a length that was damaged is
 * not taken for a frame that was cut off.
 */
const HEADER_BYTES = 12;

/** The first byte of a body. */
const KIND = { tips: 0, record: 1, encryptedRecord: 2 } as const;

/** Of a record's body: kind (1), shard (4), index (8), arrival (8), length of the key (2). */
const RECORD_BYTES = 23;
/** Of one tip: shard (4), next index (8), last arrival (8). */
const TIP_BYTES = 20;

export function recordFrame(shardIndex: number, index: number, record: StoredRecord): Buffer {
  const { partitionKey, data, arrivedAt, encrypted } = record;
  const keyBytes = Buffer.byteLength(partitionKey);
  const frame = Buffer.allocUnsafe(HEADER_BYTES + RECORD_BYTES + keyBytes + data.length);
  let at = frame.writeUInt8(encrypted ? KIND.encryptedRecord : KIND.record, HEADER_BYTES);
  at = frame.writeUInt32LE(shardIndex, at);
  at = frame.writeDoubleLE(index, at);
  at = frame.writeDoubleLE(arrivedAt, at);
  at = frame.writeUInt16LE(keyBytes, at);
  at += frame.write(partitionKey, at);
  data.copy(frame, at);
  return sealed(frame);
}

export function tipsFrame(tips: readonly ShardTip[]): Buffer {
  const frame = Buffer.alloc(HEADER_BYTES + 1 + tips.length * TIP_BYTES);
  let at = frame.writeUInt8(KIND.tips, HEADER_BYTES);
  for (const { shardIndex, next, lastArrival } of tips) {
    at = frame.writeUInt32LE(shardIndex, at);
    at = frame.writeDoubleLE(next, at);
    at = frame.writeDoubleLE(lastArrival, at);
  }
  return sealed(frame);
}

function sealed(frame: Buffer): Buffer {
  const body = frame.subarray(HEADER_BYTES);
  frame.writeUInt32LE(body.length, 0);
  frame.writeUInt32LE(crc32(body), 4);
  frame.writeUInt32LE(crc32(frame.subarray(0, 8)), 8);
  return frame;
}

/** What a frame says. */
export type FrameContent =
  | { readonly kind: 'tips'; readonly tips: readonly ShardTip[] }
  | {
      readonly kind: 'record';
      readonly shardIndex: number;
      readonly index: number;
      /** Its data is a view of the bytes that were read. */
      readonly record: StoredRecord;
    };

/** A frame that was read, one that ends before it should, or one that is not as it was written. */
export type FrameResult =
  | { readonly state: 'whole'; readonly content: FrameContent; readonly end: number }
  | { readonly state: 'torn' }
  | { readonly state: 'damaged'; readonly reason: string };

const damaged = (reason: string): FrameResult => ({ state: 'damaged', reason });

/** Reads the frame that begins at an offset. */
export function readFrame(bytes: Buffer, offset: number): FrameResult {
  const start = offset + HEADER_BYTES;
  if (start > bytes.length) return { state: 'torn' };
  if (crc32(bytes.subarray(offset, offset + 8)) !== bytes.readUInt32LE(offset + 8)) {
    return damaged("a record's length does not have its checksum");
  }
  const end = start + bytes.readUInt32LE(offset);
  if (end > bytes.length) return { state: 'torn' };
  const body = bytes.subarray(start, end);
  if (crc32(body) !== bytes.readUInt32LE(offset + 4)) {
    return damaged('a record does not have its checksum');
  }
  const content = body[0] === KIND.tips ? readTips(body) : readRecord(body);
  if (content === undefined) return damaged(`there is something of an unknown kind, ${body[0]}`);
  return { state: 'whole', content, end };
}

function readTips(body: Buffer): FrameContent {
  const tips: ShardTip[] = [];
  for (let at = 1; at + TIP_BYTES <= body.length; at += TIP_BYTES) {
    tips.push({
      shardIndex: body.readUInt32LE(at),
      next: body.readDoubleLE(at + 4),
      lastArrival: body.readDoubleLE(at + 12),
    });
  }
  return { kind: 'tips', tips };
}

function readRecord(body: Buffer): FrameContent | undefined {
  const [kind] = body;
  if (kind !== KIND.record && kind !== KIND.encryptedRecord) return undefined;
  const keyEnd = RECORD_BYTES + body.readUInt16LE(21);
  return {
    kind: 'record',
    shardIndex: body.readUInt32LE(1),
    index: body.readDoubleLE(5),
    record: {
      partitionKey: body.toString('utf8', RECORD_BYTES, keyEnd),
      data: body.subarray(keyEnd),
      arrivedAt: body.readDoubleLE(13),
      encrypted: kind === KIND.encryptedRecord,
    },
  };
}
