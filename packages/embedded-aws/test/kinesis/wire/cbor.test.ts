import { decodeCbor } from '../../../src/core/cbor/decode';
import { encodeCbor } from '../../../src/core/cbor/encode';
import { WireBlob, WireTime } from '../../../src/kinesis/wire/values';
import { awsRequest } from '../../support/aws-request';
import { base64, TestKinesis } from '../support';

const hex = (text: string) => Buffer.from(text, 'hex');

test('writes bytes as bytes and times as tagged milliseconds', () => {
  const bytes = encodeCbor({
    d: new WireBlob(Buffer.from('a')),
    t: new WireTime(1_000),
    u: undefined,
  });

  expect(bytes).toEqual(hex('a261644161' + '6174c11a000003e8'));
});

/** An answer with its times in seconds, as JSON has them. */
const inSeconds = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer), (_name, value) =>
    typeof value === 'string' && /^\d{4}-.*Z$/.test(value) ? Date.parse(value) / 1000 : value,
  );

describe('a request in CBOR', () => {
  const type = 'application/x-amz-cbor-1.1';

  async function send({ kinesis }: TestKinesis, action: string, body: Buffer) {
    const answer = await kinesis.handle(
      awsRequest({
        headers: { 'content-type': type, 'x-amz-target': `Kinesis_20131202.${action}` },
        body,
      }),
    );
    return { ...answer, body: decodeCbor(answer.body as Buffer, 1) as Record<string, unknown> };
  }

  test('lists streams as in JSON, where their summaries are prepared', async () => {
    const kinesis = new TestKinesis();
    for (const name of ['a', 'b']) await kinesis.stream(name);

    const { body } = await send(kinesis, 'ListStreams', encodeCbor({ Limit: 2 }));
    const inJson = await kinesis.ok('ListStreams', { Limit: 2 });

    const [first] = body.StreamSummaries as { StreamCreationTimestamp: Date }[];
    expect(first?.StreamCreationTimestamp).toBeInstanceOf(Date);
    expect(inSeconds(body)).toEqual(inJson);
  });

  test('is answered in CBOR, with the bytes that JSON has as base64', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');

    const put = await send(
      kinesis,
      'PutRecord',
      encodeCbor({ StreamName: 's', PartitionKey: 'k', Data: new WireBlob(Buffer.from('hello')) }),
    );
    const ShardIterator = await kinesis.iterator('s', 0);
    const got = await send(kinesis, 'GetRecords', encodeCbor({ ShardIterator }));
    const inJson = await kinesis.ok('GetRecords', { ShardIterator });

    expect([put.status, put.headers['content-type']]).toEqual([200, type]);
    expect(got.body.Records).toEqual([
      {
        SequenceNumber: put.body.SequenceNumber,
        ApproximateArrivalTimestamp: new Date(kinesis.now),
        Data: Buffer.from('hello'),
        PartitionKey: 'k',
      },
    ]);
    expect(inJson.Records[0]?.Data).toBe(base64('hello'));
  });

  test('accepts a tagged time in milliseconds', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');

    const answer = await send(
      kinesis,
      'GetShardIterator',
      encodeCbor({
        StreamName: 's',
        ShardId: '0',
        ShardIteratorType: 'AT_TIMESTAMP',
        Timestamp: new WireTime(kinesis.now),
      }),
    );

    expect(answer.status).toBe(200);
  });

  test.each([
    ['no CBOR', hex('ff'), undefined],
    ['no map', hex('80'), undefined],
    [
      'a number instead of a text',
      encodeCbor({ StreamName: 1 }),
      'class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String',
    ],
  ])('refuses %s', async (_what, body, Message) => {
    const answer = await send(new TestKinesis(), 'DescribeStream', body);

    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ __type: 'SerializationException', ...(Message && { Message }) });
  });
});
