import type { ContentType } from '../../models';
import type { Action } from '../../routes';

/**
 * A request and its answer. In the document both bear its name, which is how they find each other;
 * test/end-to-end/contract-openapi.test.ts sends each and compares.
 */
export interface Example {
  readonly name: string;
  readonly summary: string;
  /** The stream of the path; `orders` unless told otherwise. */
  readonly stream?: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: ContentType;
  readonly body?: unknown;
  readonly status: number;
  readonly answer: unknown;
}

/** The examples of these actions. */
export type ExamplesOf<Some extends Action> = Readonly<Record<Some, readonly Example[]>>;

export const ACCOUNT = '123456789012';
const REQUEST_ID = 'bd9008e0-7853-4dff-92c0-6ea0ac6ffb67';
const STREAM_ARN = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream`;
export const FIRST = '49680467512710365791423513379259020696433885730517811202';
export const SECOND = '49680467512732666536622044002401765340526148652479021074';
export const ITERATOR =
  'AAAAAAAAAAE0pHUvwTn8eP4rJxQxRkCq0s7mVn2Zb1c9dLkYtGhXoWUaFiJ3D5NzEr6BvKqSgTMlwHyOcP8xI4fRj7u';
export const NEXT_TOKEN =
  'AAAAAAAAAAHq3v9wVxkL0tYbGm2Dn7RzEcPs5JfKaUoXiTlWy4B6Q8gN1hOjCdMvSrFeZpAu';
const CREATED = 1795377600;

const MODE = { StreamMode: 'PROVISIONED' };
export const summary = (name: string) => ({
  StreamName: name,
  StreamARN: `${STREAM_ARN}/${name}`,
  StreamStatus: 'ACTIVE',
  StreamModeDetails: MODE,
  StreamCreationTimestamp: CREATED,
});

/** The two halves of the hash keys, as a stream of two shards has them. */
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

export const error = (code: string, message: string) => ({ code, message, requestId: REQUEST_ID });

/** What is asked of a stream that is not there. */
export const nowhere = (action: string): Example => ({
  name: 'no-such-stream',
  summary: `${action} of a stream that is not there`,
  stream: 'nowhere',
  status: 404,
  answer: error('ResourceNotFoundException', `Stream nowhere under account ${ACCOUNT} not found.`),
});
