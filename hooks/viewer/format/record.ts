import { toBase64 } from './base64';
import { textOf } from './content';
import { openEnvelope, openedJson } from './envelope';
import { escapeUnseen } from './printable';

/** A record of a stream, with the shard it was read from. */
export interface StreamRecord {
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Kinesis's approximate time of arrival, in milliseconds since 1970. */
  readonly arrivedAt: number;
  readonly data: Uint8Array;
  /** `KMS` where the stream encrypts. */
  readonly encryptionType?: string;
}

/**
 * The record as one line of JSON: Kinesis's own members, `Data` in base64 so that nothing is lost,
 * and beside it `Text` where the data is UTF-8, and `Envelope` where it is an event in one, opened. What
 * a terminal might obey is escaped.
 */
export function jsonLine(record: StreamRecord): string {
  const text = textOf(record.data);
  const envelope = openEnvelope(record.data);
  const line = JSON.stringify({
    ShardId: record.shardId,
    SequenceNumber: record.sequenceNumber,
    PartitionKey: record.partitionKey,
    ApproximateArrivalTimestamp: new Date(record.arrivedAt).toISOString(),
    Data: toBase64(record.data),
    ...(text !== undefined && { Text: text }),
    ...(record.encryptionType !== undefined && { EncryptionType: record.encryptionType }),
  });
  // Put in as text: a number of the body would not come back from a parser as it was sent.
  const more = envelope === undefined ? '' : `,"Envelope":${openedJson(envelope)}`;
  return escapeUnseen(`${line.slice(0, -1)}${more}}`);
}
