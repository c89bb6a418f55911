import { jsonLine } from '../../../../hooks/viewer/format/record';
import { openRecord } from '../../../../hooks/viewer/opening/open';
import { recordsOfLine } from '../../../../hooks/viewer/replay/exported-record';
import { bytesOf } from '../opening/aggregates';
import { HALF, record } from '../support';

const read = (text: string) => recordsOfLine({ number: 7, text });

test('a line is the record that was exported: bytes, key and time', () => {
  const data = new Uint8Array([0, 255, 0x1b]);
  const exported = record({ data, partitionKey: '\u202e größe' });
  expect(read(jsonLine(exported))).toEqual([
    {
      line: 7,
      partitionKey: exported.partitionKey,
      data: Buffer.from(data),
      arrivedAt: exported.arrivedAt,
    },
  ]);
  expect(read(jsonLine(record({ text: '' })))[0]?.data).toHaveLength(0);
});

test('records of an aggregate keep their keys and explicit hash keys', () => {
  const opened = [...openRecord(record({ data: bytesOf('kpl') }))].flatMap((one) =>
    read(jsonLine(one)),
  );
  const stored = read(jsonLine(record({ data: bytesOf('kpl'), partitionKey: 'a' })));
  for (const records of [opened, stored]) {
    expect(records.map(({ partitionKey }) => partitionKey)).toEqual([
      'ann',
      'größe 🎈',
      'ann',
      'bob',
    ]);
    expect(records[3]).toMatchObject({ explicitHashKey: HALF, data: Buffer.from('{"order":3}') });
  }
});

test.each([
  ['{"Data": ', 'is not JSON'],
  ['ARRIVED  SHARD  KEY', 'is not JSON'],
  ['[]', 'is not a JSON object'],
  ['{"Data": "eA=="}', 'has no PartitionKey'],
  ['{"PartitionKey": "k", "Text": "x"}', 'has no Data'],
  ['{"PartitionKey": "k", "Data": "x"}', 'has Data that is not base64'],
  ['{"PartitionKey": "k", "Data": "größe==="}', 'has Data that is not base64'],
  ['{"PartitionKey": "k", "Data": "", "ExplicitHashKey": "x"}', 'has an ExplicitHashKey'],
  [
    '{"PartitionKey": "k", "Data": "", "ApproximateArrivalTimestamp": "noon"}',
    'has an ApproximateArrivalTimestamp that is not a time',
  ],
])('a wrong line is told by its number: %s', (text, reason) => {
  expect(() => read(text)).toThrow(`line 7 ${reason}`);
});
