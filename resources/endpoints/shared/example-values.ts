import type { Example } from './endpoint';

// Values that the examples of several endpoints share.

export const ACCOUNT = '123456789012';
const REQUEST_ID = 'bd9008e0-7853-4dff-92c0-6ea0ac6ffb67';
const STREAM_ARN = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream`;
export const FIRST = '49680467512710365791423513379259020696433885730517811202';
export const SECOND = '49680467512732666536622044002401765340526148652479021074';
export const ITERATOR =
  'AAAAAAAAAAE0pHUvwTn8eP4rJxQxRkCq0s7mVn2Zb1c9dLkYtGhXoWUaFiJ3D5NzEr6BvKqSgTMlwHyOcP8xI4fRj7u';
export const TOKEN = 'AAAAAAAAAAHq3v9wVxkL0tYbGm2Dn7RzEcPs5JfKaUoXiTlWy4B6Q8gN1hOjCdMvSrFeZpAu';
const CREATED = 1795377600;

const MODE = { StreamMode: 'PROVISIONED' };
export const summary = (name: string) => ({
  StreamName: name,
  StreamARN: `${STREAM_ARN}/${name}`,
  StreamStatus: 'ACTIVE',
  StreamModeDetails: MODE,
  StreamCreationTimestamp: CREATED,
});

/** The shards of a stream with two, each covering half of the hash keys. */
export const SHARDS = [
  {
    ShardId: 'shardId-000000000000',
    HashKeyRange: {
      StartingHashKey: '0',
      EndingHashKey: '170141183460469231731687303715884105727',
    },
    SequenceNumberRange: { StartingSequenceNumber: FIRST },
  },
  {
    ShardId: 'shardId-000000000001',
    HashKeyRange: {
      StartingHashKey: '170141183460469231731687303715884105728',
      EndingHashKey: '340282366920938463463374607431768211455',
    },
    SequenceNumberRange: { StartingSequenceNumber: SECOND },
  },
];

/** 2^128, one more than the largest hash key. */
export const TOO_LARGE_HASH_KEY = '340282366920938463463374607431768211456';
export const TOO_LARGE_MESSAGE = `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${TOO_LARGE_HASH_KEY}`;

export const error = (code: string, message: string) => ({ code, message, requestId: REQUEST_ID });

/** A request for a stream that does not exist. */
export const nowhere = (action: string): Example => ({
  name: 'no-such-stream',
  summary: `${action} of a stream that does not exist`,
  stream: 'nowhere',
  status: 404,
  answer: error('ResourceNotFoundException', `Stream nowhere under account ${ACCOUNT} not found.`),
});
