import { render } from '../support/render';

const decode = (base64: unknown) => Buffer.from(String(base64), 'base64').toString('utf8');

/** Data as clients send it, and the bytes that Kinesis must be given. */
const DATA: [name: string, data: unknown, stored: string][] = [
  ['text', 'Hello, Kinesis!', 'Hello, Kinesis!'],
  ['an empty string', '', ''],
  ['quotes and backslashes', 'a "b" \\ \\" /', 'a "b" \\ \\" /'],
  ['control characters', 'line\nbreak\ttab\u0000', 'line\nbreak\ttab\u0000'],
  ['unicode', 'é 漢 🎉 \u2028', 'é 漢 🎉 \u2028'],
  [
    'template syntax',
    '$input.body #set($x = 1) ${x} ## #foreach',
    '$input.body #set($x = 1) ${x} ## #foreach',
  ],
  ['text that looks like JSON', '{"a": 1}', '{"a": 1}'],
  ['text that looks like a JSON string', '"quoted"', '"quoted"'],
  ['an object', { a: 1, b: { c: [1, 2] } }, '{"a":1,"b":{"c":[1,2]}}'],
  ['an empty object', {}, '{}'],
  ['an array', [1, 'two', null], '[1,"two",null]'],
  ['an empty array', [], '[]'],
  ['a number', 42, '42'],
  ['zero', 0, '0'],
  ['true', true, 'true'],
  ['false', false, 'false'],
  ['null', null, 'null'],
  [
    'slashes and backslashes inside an object',
    { url: 'http://x/y', path: '\\/\\\\/' },
    '{"url":"http://x/y","path":"\\\\/\\\\\\\\/"}',
  ],
];

test.each(DATA)('%s is stored the same by record and by records', (_, data, stored) => {
  const single = JSON.parse(
    render('PutRecord.request', { body: { Data: data, PartitionKey: 'k' } }).text,
  );
  const batch = JSON.parse(
    render('PutRecords.request', { body: { records: [{ data, 'partition-key': 'k' }] } }).text,
  );

  expect(decode(single.Data)).toBe(stored);
  expect(decode(batch.Records[0].Data)).toBe(stored);
});

const HOSTILE = [
  'x","StreamName":"other',
  "it's",
  'back\\slash \\" \\\'',
  '/slash\\/',
  '\u0000\u001f',
  // API Gateway's JSON reader drops a bare DEL from a string that has escapes as well.
  'delete\u007f',
  'é 漢 🎉',
  '$input.path("$") #end ${x}',
  '</script>',
];

test.each(HOSTILE)('the partition key %j stays within its field', (key) => {
  const single = JSON.parse(
    render('PutRecord.request', { body: { Data: 'x', PartitionKey: key } }).text,
  );
  const batch = JSON.parse(
    render('PutRecords.request', { body: { records: [{ data: 'x', 'partition-key': key }] } }).text,
  );

  expect(single).toEqual({ StreamName: 'my-kinesis-stream', Data: 'eA==', PartitionKey: key });
  expect(batch).toEqual({
    StreamName: 'my-kinesis-stream',
    Records: [{ Data: 'eA==', PartitionKey: key }],
  });
});

test.each(HOSTILE)('the stream name %j stays within its field, in every template', (stream) => {
  const body = { Data: 'x', PartitionKey: 'k', records: [] };
  for (const name of [
    'DescribeStream',
    'CreateStream',
    'DeleteStream',
    'PutRecord',
    'PutRecords',
  ]) {
    expect(JSON.parse(render(`${name}.request`, { body, stream }).text).StreamName).toBe(stream);
  }
});

test.each([
  ['absent', {}, 5],
  ['null', { ShardCount: null }, 5],
  ['empty', { ShardCount: '' }, 5],
  ['ten', { ShardCount: 10 }, 10],
  ['zero, which Kinesis refuses', { ShardCount: 0 }, 0],
])('a ShardCount that is %s', (_, body, expected) => {
  expect(JSON.parse(render('CreateStream.request', { body }).text).ShardCount).toBe(expected);
});

test('the body of POST may be absent', () => {
  expect(JSON.parse(render('CreateStream.request').text).ShardCount).toBe(5);
});

test('a ShardCount cannot bring members of its own', () => {
  const body = { ShardCount: '1, "StreamModeDetails": {"StreamMode": "ON_DEMAND"}' };
  expect(JSON.parse(render('CreateStream.request', { body }).text)).toEqual({
    ShardCount: body.ShardCount,
    StreamName: 'my-kinesis-stream',
  });
});

test('500 records keep their order', () => {
  const records = Array.from({ length: 500 }, (_, n) => ({
    data: n % 2 === 0 ? { n } : `text ${n}`,
    'partition-key': `k${n}`,
  }));
  const { Records } = JSON.parse(render('PutRecords.request', { body: { records } }).text);

  expect(Records).toHaveLength(500);
  expect(Records.map(({ PartitionKey }: { PartitionKey: string }) => PartitionKey)).toEqual(
    records.map((record) => record['partition-key']),
  );
  expect(decode(Records[498].Data)).toBe('{"n":498}');
  expect(decode(Records[499].Data)).toBe('text 499');
});
