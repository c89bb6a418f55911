import type { Source } from './source';

/** A record as a stream has it. */
export interface StreamRecord {
  readonly partitionKey: string;
  readonly sequenceNumber: string;
  readonly data: Buffer;
  /** Milliseconds since 1970. */
  readonly arrivedAt: number;
}

/** A record as the function gets it. */
export interface EventRecord {
  readonly record: StreamRecord;
  /** A member of the event's `Records`. */
  readonly view: object;
  /** Of the view as JSON. */
  readonly bytes: number;
}

/** Where a record comes from, and for which role it was read. */
export interface Origin {
  readonly source: Source;
  readonly shardId: string;
  readonly roleArn: string;
}

/**
 * A record in the form of events, its members in the order of LocalStack's recorded ones.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
 */
export function eventRecord(
  record: StreamRecord,
  { source, shardId, roleArn }: Origin,
): EventRecord {
  const view = {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: record.partitionKey,
      sequenceNumber: record.sequenceNumber,
      data: record.data.toString('base64'),
      approximateArrivalTimestamp: record.arrivedAt / 1000,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shardId}:${record.sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: roleArn,
    awsRegion: source.region,
    eventSourceARN: source.consumerArn ?? source.streamArn,
  };
  return { record, view, bytes: Buffer.byteLength(JSON.stringify(view)) };
}
