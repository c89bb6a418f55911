import type { FaultTarget, Fault as KinesisFault, KinesisOptions } from 'embedded-aws/kinesis';
import { AwsError } from 'embedded-aws/kinesis';
import type { Fault } from '../fault';

/** Longer than any run. */
const FOR_EVER_MS = 3_600_000;

/** Actions that the verifier calls only through the API. */
const BY_THE_API = ['CreateStream', 'DescribeStream', 'ListShards', 'PutRecord', 'PutRecords'];

/** A Kinesis that fails some of the actions. */
const failing =
  (faults: (target: FaultTarget, nth: number) => KinesisFault | undefined) =>
  (): KinesisOptions => {
    let count = 0;
    return {
      faults(target) {
        if (!BY_THE_API.includes(target.action)) return undefined;
        count += 1;
        return faults(target, count);
      },
    };
  };

const internalFailure = () =>
  new AwsError('InternalFailure', 'The request processing has failed.', { status: 500 });
const throttled = () =>
  new AwsError('ProvisionedThroughputExceededException', 'Rate exceeded for shard.');

/** The backend. */
export const kinesisFaults: readonly Fault[] = [
  {
    id: 'kinesis-slow',
    class: 'kinesis',
    broken: 'ListShards takes longer than a request may',
    blames: 'ListShards',
    caughtBy: ['ListShards'],
    kinesis: failing(({ action }) => (action === 'ListShards' ? { delayMs: 2_000 } : undefined)),
    pace: { requestMs: 500 },
  },
  {
    id: 'kinesis-flaky',
    class: 'kinesis',
    broken: 'Every fourth write and description fails with 500, and the next attempt does not',
    blames: { says: 'Answers are consistent' },
    caughtBy: ['Steady'],
    kinesis: failing((_, nth) => (nth % 4 === 0 ? { error: internalFailure() } : undefined)),
    pace: { retryMs: 60_000 },
  },
  {
    id: 'kinesis-throttles-all',
    class: 'kinesis',
    broken: 'PutRecord is throttled every time',
    blames: 'PutRecord',
    caughtBy: ['PutRecord'],
    mayFail: ['Steady'],
    kinesis: failing(({ action }) => (action === 'PutRecord' ? { error: throttled() } : undefined)),
  },
  {
    id: 'kinesis-throttles-some',
    class: 'kinesis',
    broken: 'Every fourth write and description is throttled',
    blames: { says: 'Answers are consistent' },
    caughtBy: ['Steady'],
    kinesis: failing((_, nth) => (nth % 4 === 0 ? { error: throttled() } : undefined)),
    pace: { retryMs: 60_000 },
  },
  {
    id: 'kinesis-refuses-records',
    class: 'kinesis',
    broken: 'Kinesis refuses the records of every batch',
    blames: 'PutRecords',
    caughtBy: ['PutRecords'],
    kinesis: failing(({ action }) => (action === 'PutRecords' ? { throttledShare: 1 } : undefined)),
  },
  {
    id: 'kinesis-loses-record',
    class: 'kinesis',
    broken: 'A record is accepted and not stored',
    blames: 'PutRecord',
    caughtBy: ['Single'],
    mayFail: ['IteratorTypes'],
    kinesis: () => {
      let puts = 0;
      return {
        faults({ action, streamName }) {
          // Others name no stream that there could be.
          if (action !== 'PutRecord' || !/^verify-[\w-]+$/.test(streamName ?? '')) return undefined;
          puts += 1;
          return puts === 2 ? { answer: acceptedAndLost() } : undefined;
        },
      };
    },
  },
  {
    id: 'kinesis-stuck-creating',
    class: 'kinesis',
    broken: 'The stream stays in CREATING',
    blames: 'CreateStream',
    caughtBy: ['CreateStream'],
    kinesis: () => ({ createMs: FOR_EVER_MS }),
    pace: { streamMs: 50 },
  },
  {
    id: 'kinesis-stuck-deleting',
    class: 'kinesis',
    broken: 'The stream stays in DELETING',
    blames: 'DeleteStream',
    caughtBy: ['DeleteStream'],
    kinesis: () => ({ deleteMs: FOR_EVER_MS }),
    pace: { streamMs: 50 },
  },
  {
    id: 'kinesis-forgets-streams',
    class: 'kinesis',
    broken: 'ListStreams does not know the stream that was made',
    blames: 'ListStreams',
    caughtBy: ['ListStreams'],
    kinesis: () => ({
      faults: ({ action }) =>
        action === 'ListStreams'
          ? { answer: json({ StreamNames: [], HasMoreStreams: false }) }
          : undefined,
    }),
  },
];

const json = (body: unknown) => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(body),
});

/** A plausible answer of PutRecord with a sequence number that no record has. */
const acceptedAndLost = () =>
  json({ ShardId: 'shardId-000000000000', SequenceNumber: `4968${'0'.repeat(48)}1234` });
