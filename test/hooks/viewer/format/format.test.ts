import { fromBase64, toBase64 } from '../../../../hooks/viewer/format/base64';
import {
  contentOf,
  hexDump,
  preview,
  sizeText,
  textOf,
} from '../../../../hooks/viewer/format/content';
import { filterOf } from '../../../../hooks/viewer/format/filter';
import { covers, placeOf, shareOf } from '../../../../hooks/viewer/format/hash-key';
import { indentJson } from '../../../../hooks/viewer/format/json-text';
import { visible } from '../../../../hooks/viewer/format/printable';
import { jsonLine } from '../../../../hooks/viewer/format/record';
import { durationText, shortShardId, utcTime } from '../../../../hooks/viewer/format/time';
import { record } from '../support';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('content', () => {
  test.each([
    ['{"a":1}', 'json'],
    ['12', 'json'],
    ['{"a":1', 'text'],
    ['hello', 'text'],
    ['', 'text'],
  ])('%s is %s', (text, kind) => {
    expect(contentOf(bytes(text)).kind).toBe(kind);
  });

  test('bytes that are not UTF-8 are binary, and not made into something else', () => {
    expect(contentOf(new Uint8Array([0xff, 0xfe]))).toEqual({ kind: 'binary' });
    expect(textOf(new Uint8Array([0xc3]))).toBeUndefined();
    expect(preview(new Uint8Array([0, 255, 128]))).toBe('00 ff 80');
  });

  test('a byte order mark is data', () => {
    expect(textOf(bytes('\ufeffa'))).toBe('\ufeffa');
  });

  test('a preview is one short line, even where its cut goes through a character', () => {
    const text = preview(bytes(`a\n${'é'.repeat(1_000)}`));
    expect(text).toMatch(/^a\u240aé+…$/);
    expect(text.length).toBeLessThan(500);
  });

  test('the hex dump has offsets, bytes and ASCII', () => {
    expect(hexDump(bytes('Hello, Kinesis!\n\u00e9')).split('\n')).toEqual([
      '00000000  48 65 6c 6c 6f 2c 20 4b  69 6e 65 73 69 73 21 0a  Hello, Kinesis!.',
      '00000010  c3 a9                                             ..',
    ]);
  });

  test('a narrow hex dump has eight bytes a line', () => {
    expect(hexDump(bytes('Hello, Kinesis!'), 1).split('\n')).toEqual([
      '00000000  48 65 6c 6c 6f 2c 20 4b  Hello, K',
      '00000008  69 6e 65 73 69 73 21     inesis!',
    ]);
  });

  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_500, '1.5 kB'],
    [1_048_576, '1.0 MB'],
  ])('%i bytes are %s', (size, expected) => {
    expect(sizeText(size)).toBe(expected);
  });

  test('base64 of megabytes comes back as it was', () => {
    const large = Uint8Array.from({ length: 1_000_000 }, (_, index) => index % 251);
    expect(Buffer.compare(fromBase64(toBase64(large)), large)).toBe(0);
  });
});

describe('JSON set out', () => {
  test('has a member a line', () => {
    expect(indentJson('{"a":[1,{}],"b":[],"c":"x: {y}, \\"z\\""}')).toBe(
      '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": [],\n  "c": "x: {y}, \\"z\\""\n}',
    );
  });

  test('shows what was sent: large numbers, members twice, escapes, __proto__', () => {
    const text = '{"n":12345678901234567890,"n":1.0,"e":"\\u0041","__proto__":{"x":1}}';
    expect(indentJson(text)?.replace(/\s/g, '')).toBe(text);
  });

  test('is undefined for what is not JSON', () => {
    expect(indentJson('{"a":}')).toBeUndefined();
  });

  test('of a hundred thousand levels stays within reason', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(indentJson(deep, 50_000)?.length).toBeLessThan(60_000);
  });

  test('takes one string of megabytes', () => {
    const text = JSON.stringify({ a: '\\"\n'.repeat(1_000_000) });
    expect(indentJson(text)).toHaveLength(text.length + 5);
  });
});

describe('what cannot be seen', () => {
  test.each([
    ['\u001b[31m', '\u241b[31m'],
    ['a\nb\tc', 'a\u240ab\u2409c'],
    ['\u202egnp', '⟨U+202E⟩gnp'],
    ['\u009b', '⟨U+0080⟩'.replace('80', '9B')],
    ['x\u200by', 'x⟨U+200B⟩y'],
    ['\u2028', '⟨U+2028⟩'],
    ['👩‍👧', '👩‍👧'],
    ['سلام', 'سلام'],
  ])('%j is shown as %s', (text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  test('lines stay where lines are wanted', () => {
    expect(visible('a\n\tb\r', 'kept')).toBe('a\n\tb\u240d');
  });

  test('a line of JSON holds nothing that a terminal obeys, and all that was sent', () => {
    const hostile = record({ text: '\u001b]0;x\u0007\u009b\u202e', partitionKey: '\u009b\u2028' });
    const line = jsonLine(hostile);
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
    expect(JSON.parse(line)).toMatchObject({
      PartitionKey: hostile.partitionKey,
      Text: '\u001b]0;x\u0007\u009b\u202e',
      Data: toBase64(hostile.data),
      ApproximateArrivalTimestamp: '2026-01-31T09:30:00.000Z',
    });
  });

  test('a record that is not UTF-8 has no Text', () => {
    const parsed = JSON.parse(jsonLine(record({ data: new Uint8Array([255]) })));
    expect(parsed).not.toHaveProperty('Text');
    expect(parsed.Data).toBe('/w==');
  });
});

describe('filters', () => {
  test('text is found in data and key, in capitals or not', () => {
    const wanted = filterOf({ text: 'OrAnge' });
    expect(wanted(record({ text: 'an orange' }))).toBe(true);
    expect(wanted(record({ partitionKey: 'ORANGE-1' }))).toBe(true);
    expect(wanted(record({ text: 'apple' }))).toBe(false);
    expect(wanted(record({ data: Uint8Array.from([255, ...bytes('orange')]) }))).toBe(true);
  });

  test('a key is the whole key', () => {
    const wanted = filterOf({ key: 'a' });
    expect(wanted(record({ partitionKey: 'a' }))).toBe(true);
    expect(wanted(record({ partitionKey: 'ab' }))).toBe(false);
  });
});

test('hash keys are places in their space', () => {
  const end = ((1n << 128n) - 1n).toString();
  const half = (1n << 127n).toString();
  expect(shareOf({ start: '0', end })).toBe(1);
  expect(shareOf({ start: half, end })).toBe(0.5);
  expect(placeOf(half)).toBe(0.5);
  expect(covers({ start: half, end }, half)).toBe(true);
  expect(covers({ start: half, end }, '1')).toBe(false);
});

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [45_000, '45 s'],
  [60_000, '1 min'],
  [7_500_000, '2 h 5 min'],
  [90_000_000, '1 d 1 h'],
])('%i milliseconds are %s', (ms, expected) => {
  expect(durationText(ms)).toBe(expected);
});

test('shards and times in short', () => {
  expect(shortShardId('shardId-000000000012')).toBe('12');
  expect(shortShardId('shardId-000000000000')).toBe('0');
  expect(shortShardId('other')).toBe('other');
  expect(utcTime(0)).toBe('1970-01-01 00:00:00.000Z');
});
