import { list, structure } from '../core/shapes/shape';

/**
 * The members that requests share, with the constraints of the service's model
 * (botocore, kinesis/2013-12-02/service-2.json).
 */
export const streamName = {
  type: 'String',
  min: 1,
  max: 128,
  pattern: '[a-zA-Z0-9_.-]+',
} as const;

export const streamArn = {
  type: 'String',
  min: 1,
  max: 2048,
  pattern: 'arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+',
} as const;

export const resourceArn = {
  type: 'String',
  min: 1,
  max: 2048,
  pattern: 'arn:aws.*:kinesis:.*:\\d{12}:.*stream/\\S+',
} as const;

export const consumerArn = {
  type: 'String',
  min: 1,
  max: 2048,
  pattern:
    '^(arn):aws.*:kinesis:.*:\\d{12}:.*stream\\/[a-zA-Z0-9_.-]+\\/consumer\\/[a-zA-Z0-9_.-]+:[0-9]+',
} as const;

export const consumerName = streamName;
export const shardId = streamName;

export const sequenceNumber = { type: 'String', pattern: '0|([1-9]\\d{0,128})' } as const;
export const hashKey = { type: 'String', pattern: '0|([1-9]\\d{0,38})' } as const;
export const partitionKey = { type: 'String', min: 1, max: 256 } as const;

/** 10 MiB: the largest record that any stream may be set to take. */
export const data = { type: 'Blob', max: 10_485_760 } as const;

/** The page sizes of ListStreams, DescribeStream, ListShards, GetRecords, ListStreamConsumers. */
export const pageSize = { type: 'Integer', min: 1, max: 10_000 } as const;

export const nextToken = { type: 'String', min: 1, max: 1_048_576 } as const;
export const timestamp = { type: 'Timestamp' } as const;
export const flag = { type: 'Boolean' } as const;
export const positiveInteger = { type: 'Integer', min: 1 } as const;
/** The maximum is not in the model (kinesalite, test/createStream.js, recorded until 2020). */
export const shardCount = { type: 'Integer', min: 1, max: 100_000 } as const;
export const naturalInteger = { type: 'Integer', min: 0 } as const;
export const maxRecordSizeInKiB = { type: 'Integer', min: 1024, max: 10_240 } as const;
export const keyId = { type: 'String', min: 1, max: 2048 } as const;
export const text = { type: 'String' } as const;

export const tagKey = { type: 'String', min: 1, max: 128 } as const;
const tagValue = { type: 'String', min: 0, max: 256 } as const;
export const tagKeys = list(tagKey, { min: 1, max: 50 });
export const tags = { type: 'Map', key: tagKey, value: tagValue, min: 1, max: 200 } as const;

export const encryptionType = { type: 'String', values: ['NONE', 'KMS'] } as const;

const STREAM_MODES = ['PROVISIONED', 'ON_DEMAND'] as const;
export type StreamMode = (typeof STREAM_MODES)[number];
export const streamModeDetails = structure({
  StreamMode: { type: 'String', values: STREAM_MODES, required: true },
});

const RECORD_DISTRIBUTIONS = ['AUTO', 'USER_PARTITION_KEY'] as const;
export type RecordDistribution = (typeof RECORD_DISTRIBUTIONS)[number];
export const recordDistributionStrategy = {
  type: 'String',
  values: RECORD_DISTRIBUTIONS,
} as const;

/** The order is that of the live service's texts. */
export const SHARD_ITERATOR_TYPES = [
  'AFTER_SEQUENCE_NUMBER',
  'LATEST',
  'AT_TIMESTAMP',
  'AT_SEQUENCE_NUMBER',
  'TRIM_HORIZON',
] as const;
export const shardIteratorType = { type: 'String', values: SHARD_ITERATOR_TYPES } as const;

/** The two ways to name a stream: either, or both when they agree. */
export const streamReference = { StreamName: streamName, StreamARN: streamArn } as const;
