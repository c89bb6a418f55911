import { gzipSync } from 'node:zlib';
import { gunzipped, MOST_UNPACKED } from '../../../../hooks/viewer/opening/gzip';

const textOf = (data: Uint8Array) => Buffer.from(data).toString();

test('gzip is unpacked, and gzip in gzip', () => {
  const once = gzipSync('{"item":"lamp"}');
  for (const data of [
    once,
    gzipSync(once),
    Buffer.concat([gzipSync('{"item":'), gzipSync('"lamp"}')]),
  ]) {
    const unpacked = gunzipped(data);
    expect(textOf(unpacked?.data ?? new Uint8Array())).toBe('{"item":"lamp"}');
    expect(unpacked?.isWhole).toBe(true);
  }
});

test('nothing, as gzip', () => {
  expect(gunzipped(gzipSync(''))?.data).toHaveLength(0);
});

test.each([
  ['text', Buffer.from('lamp')],
  ['nothing', Buffer.alloc(0)],
  ['the first bytes of gzip alone', Buffer.from('1f8b08', 'hex')],
  ['gzip that is cut off', gzipSync('x'.repeat(1_000)).subarray(0, -9)],
  [
    'gzip with a wrong sum',
    gzipSync('lamp').map((byte, index, all) => (index === all.length - 8 ? byte ^ 1 : byte)),
  ],
])('is left as it is: %s', (_, data) => {
  expect(gunzipped(data)).toBeUndefined();
});

test('of a bomb only the beginning is unpacked', () => {
  const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, 'boom '), { level: 9 });
  expect(bomb.length).toBeLessThan(1024 * 1024);
  for (const data of [bomb, gzipSync(bomb)]) {
    const unpacked = gunzipped(data);
    expect(unpacked?.isWhole).toBe(false);
    expect(textOf(unpacked?.data.subarray(0, 10) ?? new Uint8Array())).toBe('boom boom ');
    expect(unpacked?.data.length).toBeLessThanOrEqual(MOST_UNPACKED);
  }
});
