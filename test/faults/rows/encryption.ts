import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  StartStreamEncryptionCommand,
} from '@aws-sdk/client-kinesis';
import type { ByHand } from '../by-hand';
import { changeRole, withoutAction } from '../damage';
import type { Fault } from '../fault';

const keyArn = (last: number) =>
  `arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-55555555555${last}`;
const KEY = keyArn(1);
const OTHER_KEY = keyArn(2);

/** Makes the stage's own stream, encrypted. */
const ownStream =
  (KeyId: string): ByHand =>
  async ({ kinesis }) => {
    const StreamName = 'orders';
    await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
    const summary = async () =>
      (await kinesis.send(new DescribeStreamSummaryCommand({ StreamName })))
        .StreamDescriptionSummary;
    while ((await summary())?.StreamStatus !== 'ACTIVE');
    const encryption = { StreamName, EncryptionType: 'KMS', KeyId } as const;
    await kinesis.send(new StartStreamEncryptionCommand(encryption));
    // Encryption begins when the stream has been updated; until then it is described without it.
    while ((await summary())?.EncryptionType !== 'KMS');
  };

/** Changes the statement of the role's policy that is about keys. */
const changeKeys = (change: { Resource?: unknown; Condition?: unknown }) =>
  changeRole(({ Policies: [policy] }) => {
    const statement = policy?.PolicyDocument.Statement.find(({ Action }) =>
      Action.includes('kms:Decrypt'),
    );
    if (statement === undefined) throw new TypeError('The role is granted nothing on keys.');
    Object.assign(statement, change);
  });

const encrypted = { class: 'encryption', parameters: { kmsKeyArns: KEY } } as const;

/** Streams that are encrypted with keys of one's own. */
export const encryptionFaults: readonly Fault[] = [
  {
    ...encrypted,
    id: 'role-without-kms:GenerateDataKey',
    broken: 'The role is not granted kms:GenerateDataKey on the key',
    blames: 'PutRecord',
    alsoBreaks: ['PutRecords'],
    caughtBy: ['PutRecord', 'PutRecords', 'Encrypted'],
    template: withoutAction('kms:GenerateDataKey'),
  },
  {
    ...encrypted,
    id: 'role-without-kms:Decrypt',
    broken: 'The role is not granted kms:Decrypt on the key',
    blames: 'GetRecords',
    caughtBy: ['GetRecords'],
    template: withoutAction('kms:Decrypt'),
  },
  {
    ...encrypted,
    id: 'role-of-another-key',
    broken: 'The role is granted the use of another key',
    blames: 'PutRecord',
    alsoBreaks: ['PutRecords', 'GetRecords'],
    caughtBy: ['PutRecord', 'PutRecords'],
    template: changeKeys({ Resource: [OTHER_KEY] }),
  },
  {
    ...encrypted,
    id: 'role-of-keys-via-another-service',
    broken: 'The role may use the key through S3, not through Kinesis',
    blames: 'PutRecord',
    alsoBreaks: ['PutRecords', 'GetRecords'],
    caughtBy: ['PutRecord', 'PutRecords'],
    template: changeKeys({
      Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
    }),
  },
  {
    class: 'encryption',
    id: 'role-of-one-key-of-two',
    broken: 'The role is granted the use of the first of two keys',
    blames: 'PutRecord',
    caughtBy: ['EachKey'],
    parameters: { kmsKeyArns: `${KEY},${OTHER_KEY}` },
    template: changeKeys({ Resource: [KEY] }),
  },
  {
    id: 'own-stream-of-another-key',
    class: 'encryption',
    broken: "The stage's own stream is encrypted with a key that kmsKeyArns does not have",
    blames: { says: 'which neither the parameter kmsKeyArns nor a declared stream has' },
    caughtBy: ['OwnStream'],
    parameters: { streams: 'orders', kmsKeyArns: KEY },
    byHand: ownStream(OTHER_KEY),
  },
  {
    id: 'own-stream-of-an-unnamed-key',
    class: 'encryption',
    broken: "The stage's own stream is encrypted with a key by its id, and there is no kmsKeyArns",
    blames: { says: 'which neither the parameter kmsKeyArns nor a declared stream has' },
    caughtBy: ['OwnStream'],
    parameters: { streams: 'orders', manageStreams: 'false' },
    byHand: ownStream(KEY.slice(KEY.indexOf('/') + 1)),
  },
];
