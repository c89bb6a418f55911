import { inOrder } from 'dev-kit/testing/in-order';
import { SERVICE_PROXY_PLUGIN } from './fixtures/service-proxy-plugin';
import { call, startForeignAccount } from './support/foreign-account';

// A stack that nobody wrote for the embedded AWS: fixtures/README.md says where it comes from.

const test = inOrder();

let aws: Awaited<ReturnType<typeof startForeignAccount>>;

beforeAll(async () => {
  aws = await startForeignAccount();
});

afterAll(() => aws.stop());

describe('serverless-apigateway-service-proxy', () => {
  let url: string;
  let streamName: string;

  beforeAll(async () => {
    const outputs = await aws.deploy('service-proxy', SERVICE_PROXY_PLUGIN);
    url = aws.invokeUrl(outputs.ApiId, 'dev');
    streamName = outputs.StreamName ?? '';
  });

  const post = (path: string, body: unknown, headers = {}) =>
    call(`${url}${path}`, { method: 'POST', body, headers });
  const written = async () => (await aws.readAll(streamName)).at(-1);

  test('answers as its own live tests expect of AWS', async () => {
    const body = { Data: 'data for stream', PartitionKey: 'some key' };
    const answer = await post('/kinesis', body);

    expect(answer).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': '*' } });
    expect(answer.json()).toEqual({
      ShardId: expect.any(String),
      SequenceNumber: expect.any(String),
    });
    expect(await written()).toEqual({
      data: JSON.stringify(body),
      key: answer.headers['x-amzn-requestid'],
    });
  });

  test.each([
    ['/fixed', { a: 1 }, 'hardcordedkey'],
    ['/from-the-path', { a: 1 }, 'from-the-path'],
    ['/query?myKey=from%20query', { a: 1 }, 'from query'],
    ['/body', { data: { myKey: 'from body' } }, 'from body'],
  ])('takes the partition key of %s', async (path, body, key) => {
    expect(await post(path, body)).toMatchObject({ status: 200 });
    expect(await written()).toEqual({ data: JSON.stringify(body), key });
  });

  test('takes a form, and refuses other content types', async () => {
    const form = await post('/fixed', 'a=1&b=2', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    const plain = await post('/fixed', 'a', { 'content-type': 'text/plain' });

    expect(form.status).toBe(200);
    expect(await written()).toEqual({ data: 'a=1&b=2', key: 'hardcordedkey' });
    expect(plain).toMatchObject({ status: 415, text: '{"message": "Unsupported Media Type"}' });
  });

  test('writes batches, and hands on what Kinesis refuses', async () => {
    const batch = await post('/batch', { records: [{ data: 'x', 'partition-key': 'k' }] });
    const empty = await post('/batch', { records: [] });

    expect(batch.json()).toMatchObject({ FailedRecordCount: 0 });
    expect(empty).toMatchObject({ status: 400, headers: { 'access-control-allow-origin': '*' } });
    expect(empty.text).toContain('ValidationException');
  });

  test('answers preflights', async () => {
    expect(await call(`${url}/kinesis`, { method: 'OPTIONS' })).toMatchObject({
      status: 200,
      text: '',
      headers: {
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'OPTIONS,POST',
      },
    });
  });

  test('asks for the key of its plan where it is private', async () => {
    const key = 'a-key-of-twenty-characters-and-more';

    expect(await post('/private', {})).toMatchObject({
      status: 403,
      text: '{"message":"Forbidden"}',
    });
    expect(await post('/private', {}, { 'x-api-key': key })).toMatchObject({ status: 200 });
  });
});
