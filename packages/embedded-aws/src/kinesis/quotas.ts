import { quotaTable, quotaValues } from '../core/quota';

const API = 'https://docs.aws.amazon.com/kinesis/latest/APIReference/';
const OPTION = 'by the option';

/** `enforceQuotas` and `enforceThroughput` switch on what AWS checks by the clock. */
export const KINESIS_QUOTAS = quotaTable({
  service: 'Kinesis Data Streams',
  page: 'https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html',
  rows: {
    shards: { name: 'Shards per account, US East (N. Virginia)', value: 20_000 },
    onDemandStreams: { name: 'Streams of capacity mode ON_DEMAND per account', value: 50 },
    transitioningStreams: {
      name: 'Streams that are CREATING or DELETING at a time',
      value: 5,
      source: `${API}API_CreateStream.html`,
      unit: `(${OPTION} enforceQuotas)`,
    },
    scalingsPerDay: {
      name: 'UpdateShardCount per stream in a rolling 24 hours',
      value: 10,
      source: `${API}API_UpdateShardCount.html`,
      unit: `(${OPTION} enforceQuotas)`,
    },
    modeChangesPerDay: {
      name: 'Changes of the capacity mode per stream in a rolling 24 hours',
      value: 2,
      unit: `(${OPTION} enforceQuotas)`,
    },
    consumersOfStream: { name: 'Registered consumers per data stream', value: 20 },
    creatingConsumers: {
      name: 'Consumers of a stream that are CREATING at a time',
      value: 5,
      source: `${API}API_RegisterStreamConsumer.html`,
    },
    tags: { name: 'Tags per resource', value: 50, source: `${API}API_TagResource.html` },
    retentionHours: { name: 'Retention period, at most', value: 8760, unit: 'hours' },
    warmMiBps: {
      name: 'Warm throughput of an on-demand stream',
      value: 10_240,
      unit: 'MiB a second',
      source: `${API}API_UpdateStreamWarmThroughput.html`,
    },
    shardBytesIn: {
      name: 'Writes per shard',
      value: 1_048_576,
      unit: `bytes a second (${OPTION} enforceThroughput)`,
    },
    shardRecordsIn: {
      name: 'Records written per shard',
      value: 1000,
      unit: `a second (${OPTION} enforceThroughput)`,
    },
    shardBytesOut: {
      name: 'Reads per shard',
      value: 2_097_152,
      unit: `bytes a second (${OPTION} enforceThroughput)`,
    },
    shardReads: {
      name: 'GetRecords per shard',
      value: 5,
      unit: `a second (${OPTION} enforceThroughput)`,
    },
    readRecords: {
      name: 'Records of GetRecords',
      value: 10_000,
      source: `${API}API_GetRecords.html`,
    },
    readBytes: {
      name: 'Data of GetRecords',
      value: 10_485_760,
      unit: 'bytes',
      source: `${API}API_GetRecords.html`,
    },
    putBytes: {
      name: 'Data of PutRecords, with partition keys',
      value: 10_485_760,
      unit: 'bytes',
      source: `${API}API_PutRecords.html`,
    },
    callsPerSecond: {
      name: 'Calls of control operations, 5 to 1,000 a second by operation',
      value: 5,
      unchecked: 'a client would have to be told to wait; the option faults refuses calls instead',
    },
  },
});

/** The values of the quotas above. */
export const QUOTAS = quotaValues(KINESIS_QUOTAS);
