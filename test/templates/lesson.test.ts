import { render } from '../support/render';

// The lesson's own examples: what it prints for a request is what the template must give, to the letter.

test('GET and DELETE name the stream', () => {
  const printed = '{\n    "StreamName": "my-kinesis-stream"\n}\n';
  expect(render('DescribeStream.request').text).toBe(printed);
  expect(render('DeleteStream.request').text).toBe(printed);
});

test('ListStreams asks for everything', () => {
  expect(render('ListStreams.request').text).toBe('{}\n');
});

test('a ShardCount of 10 is taken over', () => {
  expect(render('CreateStream.request', { body: { ShardCount: 10 } }).text).toBe(
    '{\n    "ShardCount": 10,\n    "StreamName": "my-kinesis-stream"\n}\n',
  );
});

test('without a ShardCount it is 5', () => {
  expect(render('CreateStream.request', { body: { SomeOtherField: 'some value' } }).text).toBe(
    '{\n    "ShardCount": 5,\n    "StreamName": "my-kinesis-stream"\n}\n',
  );
});

test('one record', () => {
  const { text } = render('PutRecord.request', {
    body: { Data: 'Hello, Kinesis!', PartitionKey: 'partition-1' },
  });
  expect(text).toBe(
    `{
    "StreamName": "my-kinesis-stream",
    "Data": "SGVsbG8sIEtpbmVzaXMh",
    "PartitionKey": "partition-1"
}
`,
  );
});

test('many records', () => {
  const { text } = render('PutRecords.request', {
    body: {
      records: [
        { data: 'Hello, Kinesis!', 'partition-key': 'partition-1' },
        { data: 'Another message', 'partition-key': 'partition-2' },
      ],
    },
  });
  expect(text).toBe(
    `{
    "StreamName": "my-kinesis-stream",
    "Records": [
        {
            "Data": "SGVsbG8sIEtpbmVzaXMh",
            "PartitionKey": "partition-1"
        },
        {
            "Data": "QW5vdGhlciBtZXNzYWdl",
            "PartitionKey": "partition-2"
        }
    ]
}
`,
  );
});

test("the Python client's object is stored as its JSON, and its StreamName is ignored", () => {
  const data = { index: 1, name: 'Maya', age: 25, role: 'engineer' };
  const { text } = render('PutRecord.request', {
    body: { StreamName: 'YourStreamName', Data: data, PartitionKey: 'desired-name' },
  });
  expect(JSON.parse(text)).toEqual({
    StreamName: 'my-kinesis-stream',
    Data: Buffer.from(JSON.stringify(data)).toString('base64'),
    PartitionKey: 'desired-name',
  });
});
