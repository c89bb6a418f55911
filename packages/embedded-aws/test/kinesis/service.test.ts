import { AwsError } from '../../src/core/errors';
import { createKinesis } from '../../src/kinesis';
import { completeOptions } from '../../src/kinesis/options';
import { awsRequest, testCaller } from '../support/aws-request';
import { TestKinesis } from './support';

const JSON_TYPE = 'application/x-amz-json-1.1';

function request(target: string, body: string | Buffer, contentType = JSON_TYPE) {
  return awsRequest({
    headers: { 'content-type': contentType, 'x-amz-target': target },
    body,
  });
}

describe('the service', () => {
  test('has the signing name of Kinesis', () => {
    expect(createKinesis().signingName).toBe('kinesis');
  });

  test('answers in the content type of the request, with its id', async () => {
    const answer = await createKinesis().handle(request('Kinesis_20131202.ListStreams', '{}'));

    expect(answer.status).toBe(200);
    expect(answer.headers).toEqual({
      'content-type': JSON_TYPE,
      'x-amzn-requestid': '00000000-0000-4000-8000-000000000000',
      'x-amz-id-2': expect.any(String),
    });
    expect(Buffer.from(String(answer.headers['x-amz-id-2']), 'base64')).toHaveLength(72);
  });

  test.each([
    ['text', 'hello'],
    ['an open brace', '{'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ])('refuses a body that is %s', async (_what, body) => {
    const answer = await createKinesis().handle(request('Kinesis_20131202.ListStreams', body));

    expect(answer.status).toBe(400);
    expect(answer.body).toBe('{"__type":"SerializationException"}');
  });

  test('accepts parameters of the content type', async () => {
    const type = 'Application/X-Amz-Json-1.1; charset=utf-8';
    const answer = await createKinesis().handle(
      request('Kinesis_20131202.ListStreams', '{}', type),
    );

    expect(answer.status).toBe(200);
  });

  test('ignores unknown members, and null means absent', async () => {
    const kinesis = new TestKinesis();

    const body = '{"Limit":null,"Color":"red","__proto__":{"Limit":0},"constructor":1}';
    expect((await kinesis.send('ListStreams', body)).status).toBe(200);
  });

  test('truncates fractions and clamps numbers that are too large', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');

    expect((await kinesis.send('ListStreams', '{"Limit":1.9}')).status).toBe(200);
    expect((await kinesis.send('ListStreams', '{"Limit":1e300}')).body.message).toContain(
      "Value '2147483647' at 'limit'",
    );
  });
});

describe('options', () => {
  test('an undefined option keeps the default', () => {
    expect(completeOptions({ now: undefined, createMs: undefined })).toEqual(completeOptions({}));
  });
});

describe('invoke', () => {
  test('runs an action in process and throws the error of the service', () => {
    const kinesis = createKinesis({ createMs: 0 });

    kinesis.invoke(testCaller, 'CreateStream', { StreamName: 's', ShardCount: 1 });
    kinesis.invoke(testCaller, 'PutRecord', {
      StreamName: 's',
      PartitionKey: 'k',
      Data: Buffer.from('hello'),
    });
    const { ShardIterator } = kinesis.invoke(testCaller, 'GetShardIterator', {
      StreamName: 's',
      ShardId: '0',
      ShardIteratorType: 'TRIM_HORIZON',
    });
    const { Records } = kinesis.invoke(testCaller, 'GetRecords', { ShardIterator });

    expect(Records.map(({ Data }) => Data.bytes.toString())).toEqual(['hello']);
    expect(() => kinesis.invoke(testCaller, 'DeleteStream', { StreamName: 'nope' })).toThrow(
      new AwsError(
        'ResourceNotFoundException',
        'Stream nope under account 000000000000 not found.',
      ),
    );
  });
});

describe('faults', () => {
  const put = { StreamName: 's', PartitionKey: 'k', Data: '' };

  test('a throttled stream refuses puts', async () => {
    const kinesis = new TestKinesis({
      faults: ({ action }) => (action === 'PutRecord' ? { throttledShare: 1 } : undefined),
    });
    await kinesis.stream('s');

    const answer = await kinesis.send('PutRecord', put);

    expect(answer.body.__type).toBe('ProvisionedThroughputExceededException');
  });

  test('a delayed request is still answered', async () => {
    const kinesis = new TestKinesis({ faults: () => ({ delayMs: 1 }) });
    await kinesis.stream('s');

    expect((await kinesis.send('PutRecord', put)).status).toBe(200);
  });

  test('the injector gets the name of the stream, also from an ARN', async () => {
    const asked: unknown[] = [];
    const kinesis = new TestKinesis({
      faults: (target) => {
        asked.push(target);
        return undefined;
      },
    });

    await kinesis.send('DescribeStream', {
      StreamARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/orders',
    });
    await kinesis.send('ListStreams', {});

    expect(asked).toEqual([
      { action: 'DescribeStream', streamName: 'orders' },
      { action: 'ListStreams', streamName: undefined },
    ]);
  });
});
