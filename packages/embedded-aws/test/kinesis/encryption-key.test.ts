import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import type { Caller } from '../../src/core/caller';
import { createIam } from '../../src/iam';
import { inProcess } from '../../src/in-process';
import { ACCOUNT, base64, REGION, shardId, streamArn, TestKinesis } from './support';

const KEY = '11111111-2222-3333-4444-555555555555';
const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/${KEY}`;
const byName = { StreamName: 's' };
const PUT = { ...byName, PartitionKey: 'k', Data: base64('text') };

/** A user who may do everything in Kinesis, and with keys what the statements say. */
async function userWith(...statements: readonly object[]): Promise<Caller> {
  const iam = createIam();
  const client = new IAMClient(inProcess(iam));
  const UserName = 'user';
  await client.send(new CreateUserCommand({ UserName }));
  const Statement = [{ Effect: 'Allow', Action: 'kinesis:*', Resource: '*' }, ...statements];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await client.send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument }));
  const { AccessKey } = await client.send(new CreateAccessKeyCommand({ UserName }));
  const caller = iam.callerOf(AccessKey?.AccessKeyId ?? '', REGION);
  if (caller === undefined) throw new TypeError('There is no such user.');
  return caller;
}

const allow = (Action: string, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: KEY_ARN,
  ...more,
});

/** A stream that is encrypted, with one record. */
async function encryptedStream(KeyId = KEY_ARN): Promise<TestKinesis> {
  const kinesis = new TestKinesis();
  await kinesis.stream('s');
  await kinesis.ok('StartStreamEncryption', { ...byName, EncryptionType: 'KMS', KeyId });
  kinesis.advance(1_000);
  await kinesis.ok('PutRecord', PUT);
  return kinesis;
}

const denied = (message: string) => ({
  status: 400,
  body: { __type: 'KMSAccessDeniedException', message },
});

const withoutAction = (action: string) =>
  denied(
    `User: arn:aws:iam::${ACCOUNT}:user/user is not authorized to perform: ${action} on resource: ` +
      `${KEY_ARN} because no identity-based policy allows the ${action} action`,
  );

test.each([
  ['PutRecord', PUT],
  ['PutRecords', { ...byName, Records: [{ PartitionKey: 'k', Data: '' }] }],
])('%s to an encrypted stream needs kms:GenerateDataKey on its key', async (action, input) => {
  const kinesis = await encryptedStream();

  expect(await kinesis.send(action, input, await userWith())).toEqual(
    withoutAction('kms:GenerateDataKey'),
  );
  expect(await kinesis.texts('s')).toEqual(['text']);

  const answer = await kinesis.ok(action, input, await userWith(allow('kms:GenerateDataKey')));
  expect(answer).toMatchObject({ EncryptionType: 'KMS' });
});

test('GetRecords of encrypted records needs kms:Decrypt on the key', async () => {
  const kinesis = await encryptedStream();
  const ShardIterator = await kinesis.iterator('s', 0);
  const user = await userWith();

  const answer = await kinesis.send('GetRecords', { ShardIterator }, user);

  expect(answer).toEqual(
    denied(
      `User ${user.userId} is not authorized to decrypt records in stream ${ACCOUNT}:s:${Math.floor(Date.UTC(2026, 0, 15, 12) / 1000)}`,
    ),
  );
  const reader = await userWith(allow('kms:Decrypt'));
  const { Records } = await kinesis.ok('GetRecords', { ShardIterator }, reader);
  expect(Records).toHaveLength(1);
});

test('a subscriber needs kms:Decrypt too', async () => {
  const kinesis = await encryptedStream();
  const { Consumer } = await kinesis.ok('RegisterStreamConsumer', {
    StreamARN: streamArn('s'),
    ConsumerName: 'reader',
  });
  kinesis.advance(1_000);
  const user = await userWith();

  const subscription = kinesis.kinesis.invoke(user, 'SubscribeToShard', {
    ConsumerARN: Consumer.ConsumerARN,
    ShardId: shardId(0),
    StartingPosition: { Type: 'TRIM_HORIZON' },
  });
  const events = subscription.events(new AbortController().signal)[Symbol.asyncIterator]();

  await expect(events.next()).rejects.toMatchObject({ code: 'KMSAccessDeniedException' });
});

test('who encrypts a stream needs kms:DescribeKey on the key', async () => {
  const kinesis = new TestKinesis();
  await kinesis.stream('s');
  const encryption = { ...byName, EncryptionType: 'KMS', KeyId: KEY_ARN };

  expect(await kinesis.send('StartStreamEncryption', encryption, await userWith())).toEqual(
    withoutAction('kms:DescribeKey'),
  );
  expect((await kinesis.describe('s')).StreamStatus).toBe('ACTIVE');
  await kinesis.ok('StartStreamEncryption', encryption, await userWith(allow('kms:DescribeKey')));
});

test.each([KEY, 'mrk-0123456789abcdef0123456789abcdef'])(
  'a key named by its id: %s',
  async (id) => {
    const kinesis = await encryptedStream(id);
    const Resource = `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`;

    expect(await kinesis.send('PutRecord', PUT, await userWith())).toMatchObject({ status: 400 });
    await kinesis.ok('PutRecord', PUT, await userWith(allow('kms:GenerateDataKey', { Resource })));
  },
);

test.each(['alias/aws/kinesis', `arn:aws:kms:${REGION}:${ACCOUNT}:alias/mine`])(
  'nothing is known of the key behind %s',
  async (alias) => {
    const kinesis = await encryptedStream(alias);

    await kinesis.ok('PutRecord', PUT, await userWith());
  },
);

test.each<[object, number]>([
  [{ 'kms:ViaService': `kinesis.${REGION}.amazonaws.com` }, 200],
  [{ 'kms:ViaService': `s3.${REGION}.amazonaws.com` }, 400],
  [{ 'kms:CallerAccount': ACCOUNT }, 200],
  [{ 'kms:EncryptionContext:aws:kinesis:arn': streamArn('s') }, 200],
  [{ 'kms:EncryptionContext:aws:kinesis:arn': streamArn('other') }, 400],
  [{ 'aws:ViaAWSService': 'true' }, 200],
])('with the condition %j the answer is %d', async (StringEquals, status) => {
  const kinesis = await encryptedStream();
  const user = await userWith(allow('kms:GenerateDataKey', { Condition: { StringEquals } }));

  expect(await kinesis.send('PutRecord', PUT, user)).toMatchObject({ status });
});

test('records from before the encryption need no key', async () => {
  const kinesis = new TestKinesis();
  await kinesis.stream('s');
  await kinesis.ok('PutRecord', PUT);
  await kinesis.ok('StartStreamEncryption', {
    ...byName,
    EncryptionType: 'KMS',
    KeyId: KEY_ARN,
  });
  kinesis.advance(1_000);
  const ShardIterator = await kinesis.iterator('s', 0);

  const { Records } = await kinesis.ok('GetRecords', { ShardIterator }, await userWith());

  expect(Records).toHaveLength(1);
});
