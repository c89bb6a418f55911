import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { shortChecksum } from '../../../src/kinesis/record-files/short-checksum';

test('is the checksum that zlib gives', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 3 }), (some) => {
      const bytes = Buffer.from(some);

      expect(shortChecksum(bytes, 1, bytes.length - 1)).toBe(crc32(bytes.subarray(1, -1)));
    }),
  );
});
