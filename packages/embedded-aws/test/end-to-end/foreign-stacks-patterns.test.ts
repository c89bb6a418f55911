import { inOrder } from 'dev-kit/testing/in-order';
import { SERVERLESS_PATTERN, SUBMIT_PATTERN } from './fixtures/serverless-pattern';
import { call, startForeignAccount } from './support/foreign-account';

// A stack that nobody wrote for the embedded AWS: fixtures/README.md says where it comes from.

const test = inOrder();

let aws: Awaited<ReturnType<typeof startForeignAccount>>;

beforeAll(async () => {
  aws = await startForeignAccount();
});

afterAll(() => aws.stop());

describe('Serverless Land patterns', () => {
  test('apigw-kinesis does what its README does', async () => {
    const { ApiId, StreamName } = await aws.deploy('serverless-pattern', SERVERLESS_PATTERN);
    const url = `${aws.invokeUrl(ApiId, 'dev')}/streams/${StreamName}`;

    const single = await call(`${url}/record`, {
      method: 'PUT',
      body: { Data: 'some data', PartitionKey: 'some key' },
    });
    await call(`${url}/records`, {
      method: 'PUT',
      body: { records: [{ data: 'some data', 'partition-key': 'some key' }] },
    });
    const { ShardIterator } = (
      await call(`${url}/sharditerator?shard-id=${single.json().ShardId}`)
    ).json();
    const read = await call(`${url}/records`, {
      headers: { 'Shard-Iterator': String(ShardIterator) },
    });

    const { Records } = read.json() as { Records: { Data: string }[] };
    // The README prints these two.
    expect(Records.map(({ Data }) => Data)).toEqual(['InNvbWUgZGF0YSI=', 'c29tZSBkYXRh']);
    await aws.remove('serverless-pattern');
  });

  test('an OpenAPI body with intrinsics in it', async () => {
    const { ApiId, StreamName = '' } = await aws.deploy('submit', SUBMIT_PATTERN);
    const url = `${aws.invokeUrl(ApiId, 'Prod')}/submit/${StreamName}/event-7`;

    const answer = await call(url, { method: 'POST', body: { temperature: 21.5, at: '/home' } });

    expect(answer).toMatchObject({ status: 200 });
    const [record] = await aws.readAll(StreamName);
    expect(record).toMatchObject({ key: 'event-7' });
    expect(JSON.parse(record?.data ?? '')).toEqual({ temperature: 21.5, at: '/home' });
    await aws.remove('submit');
  });
});
