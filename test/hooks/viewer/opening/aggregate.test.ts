import { type Aggregate, aggregateIn } from '../../../../hooks/viewer/opening/aggregate';
import { aggregateOf, bytesOf, framed, messageOf } from './aggregates';

const textsOf = (aggregate: Aggregate | undefined) =>
  [...(aggregate?.records() ?? [])].map(({ data, ...record }) => ({
    ...record,
    text: Buffer.from(data).toString('latin1'),
  }));

test('what the KPL for Java sends', () => {
  const aggregate = aggregateIn(bytesOf('kpl'));
  expect(aggregate?.count).toBe(4);
  expect(textsOf(aggregate)).toEqual([
    { partitionKey: 'ann', text: '{"order":0}', tags: [] },
    { partitionKey: 'größe 🎈', text: '{"order":1}', tags: [] },
    { partitionKey: 'ann', text: expect.stringContaining('\x8b'), tags: [] },
    {
      partitionKey: 'bob',
      explicitHashKey: (1n << 127n).toString(),
      text: '{"order":3}',
      tags: [],
    },
  ]);
});

test('what the aggregator for Python sends, empty records too', () => {
  expect(textsOf(aggregateIn(bytesOf('python'))).map(({ text }) => text.slice(0, 2))).toEqual([
    '{"',
    '',
    '\x1f\x8b',
  ]);
});

test('tags and explicit hash keys belong to their records', () => {
  const message = messageOf(
    ['k'],
    ['7'],
    [
      { key: 0, data: 'a', tags: [['colour', 'red'], ['plain']] },
      { key: 0, hashKey: 0, data: 'b' },
    ],
  );
  expect(textsOf(aggregateIn(framed(message)))).toEqual([
    { partitionKey: 'k', text: 'a', tags: [{ key: 'colour', value: 'red' }, { key: 'plain' }] },
    { partitionKey: 'k', explicitHashKey: '7', text: 'b', tags: [] },
  ]);
});

test('fields that are not known are passed over, as by all readers of protocol buffers', () => {
  const later = Buffer.concat([
    messageOf(['k'], [], [{ key: 0, data: 'a' }]),
    Buffer.from('4807', 'hex'),
  ]);
  expect(textsOf(aggregateIn(framed(later)))).toMatchObject([{ text: 'a' }]);
});

const sound = messageOf(['k'], [], [{ key: 0, data: 'a' }]);

test.each([
  ['nothing', new Uint8Array()],
  ['the magic alone', Uint8Array.of(0xf3, 0x89, 0x9a, 0xc2)],
  ['no more than a digest', framed(new Uint8Array())],
  ['another digest', framed(sound, new Uint8Array(16))],
  ['a message that ends too early', framed(sound.subarray(0, -1))],
  ['a message that is none', framed(Buffer.from('no protocol buffer'))],
  ['keys without records', framed(messageOf(['k'], [], []))],
  ['a record whose key is not in the table', framed(messageOf(['k'], [], [{ key: 1, data: 'a' }]))],
  ['a record without a key', framed(messageOf(['k'], [], [{ data: 'a' }]))],
  ['a record without data', framed(messageOf(['k'], [], [{ key: 0 }]))],
  [
    'a hash key that is not a number',
    framed(messageOf(['k'], ['x'], [{ key: 0, hashKey: 0, data: 'a' }])),
  ],
  [
    'a hash key that is not in the table',
    framed(messageOf(['k'], [], [{ key: 0, hashKey: 0, data: 'a' }])),
  ],
  ['a length beyond the end', framed(Uint8Array.of(0x1a, 0xff, 0xff, 0xff, 0xff, 0x0f))],
])('only looks like an aggregate: %s', (_, data) => {
  expect(aggregateIn(data)).toBeUndefined();
});

test('no bit of an aggregate can change without its being noticed', () => {
  const data = aggregateOf(['ann', 'one'], ['bob', 'two']);
  for (let index = 0; index < data.length; index++) {
    const changed = data.map((byte, at) => (at === index ? byte ^ 1 : byte));
    expect(aggregateIn(changed)).toBeUndefined();
  }
});

test('a hundred thousand records are counted, and made when they are wanted', () => {
  const records = Array.from({ length: 100_000 }, () => ({ key: 0, data: '' }));
  const aggregate = aggregateIn(framed(messageOf(['k'], [], records)));
  expect(aggregate?.count).toBe(100_000);
  expect(aggregate?.records().next().value).toMatchObject({ partitionKey: 'k' });
});
