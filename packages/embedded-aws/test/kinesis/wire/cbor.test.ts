import fc from 'fast-check';
import { CborError, decodeCbor } from '../../../src/kinesis/wire/cbor-decode';
import { encodeCbor } from '../../../src/kinesis/wire/cbor-encode';
import { WireBlob, WireTime } from '../../../src/kinesis/wire/values';
import { awsRequest } from '../../support/aws-request';
import { base64, TestKinesis } from '../support';

const hex = (text: string) => Buffer.from(text, 'hex');

describe('CBOR', () => {
  // RFC 8949, appendix A.
  test.each([
    ['00', 0],
    ['1903e8', 1000],
    ['1b000000e8d4a51000', 1000000000000],
    ['3903e7', -1000],
    ['f93c00', 1],
    ['f90001', 2 ** -24],
    ['fa47c35000', 100000],
    ['fb3ff199999999999a', 1.1],
    ['f5', true],
    ['f6', null],
    ['64f0908591', '\ud800\udd51'],
    ['4401020304', Buffer.from([1, 2, 3, 4])],
    ['83010203', [1, 2, 3]],
    ['a26161016162820203', { a: 1, b: [2, 3] }],
    ['c11a514b67b0', new Date(1363896240)],
    ['5f42010243030405ff', Buffer.from([1, 2, 3, 4, 5])],
    ['7f657374726561646d696e67ff', 'streaming'],
    ['9f018202039f0405ffff', [1, [2, 3], [4, 5]]],
    ['bf61610161629f0203ffff', { a: 1, b: [2, 3] }],
  ])('decodes %s', (bytes, value) => {
    expect(decodeCbor(hex(bytes))).toEqual(value);
  });

  test.each([
    ['nothing', ''],
    ['half a number', '19'],
    ['a truncated text', '7bffffffffffffffff00'],
    ['a truncated list', '9bffffffffffffffff00'],
    ['two values', '0000'],
    ['a break alone', 'ff'],
    ['a break in a list of known length', '82ff00'],
    ['a number for a name', 'a10000'],
    ['a text with chunks of bytes', '7f4100ff'],
    ['a list a thousand deep', '81'.repeat(1000)],
  ])('refuses %s', (_what, bytes) => {
    expect(() => decodeCbor(hex(bytes))).toThrow(CborError);
  });

  test('encodes what it decodes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(decodeCbor(encodeCbor(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('writes bytes as bytes and times as tagged milliseconds', () => {
    const bytes = encodeCbor({
      d: new WireBlob(Buffer.from('a')),
      t: new WireTime(1_000),
      u: undefined,
    });

    expect(bytes).toEqual(hex('a261644161' + '6174c11a000003e8'));
  });

  test('keys such as __proto__ are ordinary', () => {
    const value = decodeCbor(hex('a1695f5f70726f746f5f5fa16161f5')) as object;

    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
  });
});

describe('a request in CBOR', () => {
  const type = 'application/x-amz-cbor-1.1';

  async function send({ kinesis }: TestKinesis, action: string, body: Buffer) {
    const answer = await kinesis.handle(
      awsRequest({
        headers: { 'content-type': type, 'x-amz-target': `Kinesis_20131202.${action}` },
        body,
      }),
    );
    return { ...answer, body: decodeCbor(answer.body as Buffer) as Record<string, unknown> };
  }

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
