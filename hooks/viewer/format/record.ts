import { toBase64 } from './base64';
import { textOf } from './content';
import { eventMembers } from './event';
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
  /** Its data without gzip, where it is gzip. */
  readonly unpacked?: {
    readonly data: Uint8Array;
    /** False if it is only the beginning. */
    readonly isWhole: boolean;
  };
  /** Its place, if a record of Kinesis holds several as an aggregate of the KPL. */
  readonly aggregate?: {
    /** From 0, as the KCL counts. */
    readonly subSequenceNumber: number;
    readonly count: number;
    readonly explicitHashKey?: string;
    readonly tags?: readonly { readonly key: string; readonly value?: string }[];
    /** True if a key belongs to another shard: the KCL gives consumers nothing of the aggregate. */
    readonly isAstray?: boolean;
  };
}

/** The data, without gzip where it is that. */
export const contentsOf = ({ data, unpacked }: StreamRecord): Uint8Array => unpacked?.data ?? data;

/**
 * The record as one line of JSON: Kinesis's own members, `Data` in base64 so that nothing is lost,
 * and beside it `Text` where it is UTF-8, without its gzip; `Envelope` and `CloudEvent` where it is an
 * event in one, opened. What a terminal might obey is escaped.
 */
export function jsonLine(record: StreamRecord): string {
  const contents = contentsOf(record);
  const text = record.unpacked?.isWhole === false ? undefined : textOf(contents);
  const { subSequenceNumber, explicitHashKey, tags } = record.aggregate ?? {};
  const line = JSON.stringify({
    ShardId: record.shardId,
    SequenceNumber: record.sequenceNumber,
    SubSequenceNumber: subSequenceNumber,
    PartitionKey: record.partitionKey,
    ExplicitHashKey: explicitHashKey,
    ApproximateArrivalTimestamp: new Date(record.arrivedAt).toISOString(),
    Data: toBase64(record.data),
    ContentEncoding: record.unpacked === undefined ? undefined : 'gzip',
    Text: text,
    EncryptionType: record.encryptionType,
    Tags: tags?.map(({ key, value }) => ({ Key: key, Value: value })),
  });
  // Put in as text: a number of the body would not come back from a parser as it was sent.
  const more = text === undefined ? '' : eventMembers(contents);
  return escapeUnseen(`${line.slice(0, -1)}${more}}`);
}
