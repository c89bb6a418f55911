import fc from 'fast-check';
import { CborError, decodeCbor } from '../../../src/core/cbor/decode';
import { encodeCbor } from '../../../src/core/cbor/encode';

const hex = (text: string) => Buffer.from(text, 'hex');

const SECOND = 1000;

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
    ['c11a514b67b0', new Date(1363896240000)],
    ['5f42010243030405ff', Buffer.from([1, 2, 3, 4, 5])],
    ['7f657374726561646d696e67ff', 'streaming'],
    ['9f018202039f0405ffff', [1, [2, 3], [4, 5]]],
    ['bf61610161629f0203ffff', { a: 1, b: [2, 3] }],
  ])('decodes %s', (bytes, value) => {
    expect(decodeCbor(hex(bytes), SECOND)).toEqual(value);
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
    expect(() => decodeCbor(hex(bytes), SECOND)).toThrow(CborError);
  });

  test('encodes what it decodes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(decodeCbor(encodeCbor(value), SECOND)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('writes bytes, times in tagged seconds, and maps', () => {
    const bytes = encodeCbor({
      d: Buffer.from('a'),
      t: new Date(1_500),
      m: new Map([['k', true]]),
      u: undefined,
    });

    expect(bytes).toEqual(hex('a361644161' + '6174c1fb3ff8000000000000' + '616da1616bf5'));
    expect(decodeCbor(bytes, SECOND)).toMatchObject({ t: new Date(1_500) });
  });

  test('keys such as __proto__ are ordinary', () => {
    const value = decodeCbor(hex('a1695f5f70726f746f5f5fa16161f5'), SECOND) as object;

    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
  });
});
