import { gzipSync } from 'node:zlib';
import { filterOf } from '../../../../hooks/viewer/format/filter';
import { jsonLine } from '../../../../hooks/viewer/format/record';
import { openRecord } from '../../../../hooks/viewer/opening/open';
import { HALF, record } from '../support';
import { aggregateOf, bytesOf, framed, messageOf } from './aggregates';

const linesOf = (data: Uint8Array) =>
  [...openRecord(record({ data, partitionKey: 'a' }))].map((opened) =>
    JSON.parse(jsonLine(opened)),
  );

test('an aggregate is the records in it, each with its own key and sub-sequence number', () => {
  const { sequenceNumber } = record();
  expect(linesOf(bytesOf('kpl'))).toMatchObject([
    {
      SequenceNumber: sequenceNumber,
      SubSequenceNumber: 0,
      PartitionKey: 'ann',
      Text: '{"order":0}',
    },
    { SubSequenceNumber: 1, PartitionKey: 'größe 🎈', Text: '{"order":1}' },
    { SubSequenceNumber: 2, ContentEncoding: 'gzip', Text: '{"item":"teapot"}' },
    { SubSequenceNumber: 3, PartitionKey: 'bob', ExplicitHashKey: HALF, Text: '{"order":3}' },
  ]);
});

test('a record that is not an aggregate has neither', () => {
  const [line] = linesOf(Buffer.from('lamp'));
  expect(line).toMatchObject({ PartitionKey: 'a', Text: 'lamp' });
  expect(Object.keys(line)).not.toContain('SubSequenceNumber');
  expect(Object.keys(line)).not.toContain('ContentEncoding');
});

test('the tags of a record are exported', () => {
  const data = framed(messageOf(['k'], [], [{ key: 0, data: 'x', tags: [['a', 'b']] }]));
  expect(linesOf(data)[0]).toMatchObject({ Tags: [{ Key: 'a', Value: 'b' }] });
});

test('an event in an envelope in gzip in an aggregate is opened, and its stored bytes are kept', () => {
  const envelope = JSON.stringify({
    id: '1',
    receivedAt: 0,
    sourceIp: '',
    userAgent: '',
    method: 'POST',
    query: {},
    headers: {},
    contentType: '',
    body: '{"price": 1.10}',
  });
  const packed = gzipSync(envelope);
  const [, opened] = openRecord(record({ data: aggregateOf(['x', 'y'], ['ann', packed]) }));
  const line = jsonLine(opened ?? record());
  expect(line).toContain('"body":{"price":1.10}}');
  expect(JSON.parse(line)).toMatchObject({ Data: packed.toString('base64'), Text: envelope });
  expect(filterOf({ text: '"price": 1.1', key: 'ann' })(opened ?? record())).toBe(true);
  expect(filterOf({ key: 'a' })(opened ?? record())).toBe(false);
});

test('of a gzip that is too large no text is exported, and the beginning is searched', () => {
  const data = gzipSync(`needle${'x'.repeat(11 * 1024 * 1024)}`);
  const [opened = record()] = openRecord(record({ data }));
  expect(JSON.parse(jsonLine(opened))).toMatchObject({
    ContentEncoding: 'gzip',
    Data: data.toString('base64'),
  });
  expect(jsonLine(opened)).not.toContain('needle');
  expect(filterOf({ text: 'needle' })(opened)).toBe(true);
});

test.each([
  ['by its key', aggregateOf(['a', 'low'], ['c', 'high']), true],
  [
    'by an explicit hash key',
    framed(messageOf(['a'], [HALF], [{ key: 0, hashKey: 0, data: 'x' }])),
    true,
  ],
  ['not at all', aggregateOf(['a', 'low']), false],
])(
  'a record of another shard is told, since consumers get nothing of its aggregate: %s',
  (_, data, isAstray) => {
    // MD5 of a is 0cc1…, of c 4a8a…: both are below half of the hash keys.
    const range = { start: '0', end: (BigInt(HALF) / 2n).toString() };
    const opened = [...openRecord(record({ data }), range)];
    expect(opened.map(({ aggregate }) => aggregate?.isAstray === true)).toEqual(
      opened.map(() => isAstray),
    );
  },
);
