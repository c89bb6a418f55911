import { formatJava } from '../../../src/velocity/java/format';
import { JavaDouble, JavaLong } from '../../../src/velocity/java/values';

describe('formatJava', () => {
  it.each([
    ['%s and %s', ['a', null], 'a and null'],
    ['%2$s %1$s %<s', ['a', 'b'], 'b a a'],
    ['[%5s][%-5s][%.2s]', ['ab', 'ab', 'abc'], '[   ab][ab   ][ab]'],
    ['%S %b %B', ['ab', true, null], 'AB true FALSE'],
    [
      '%d %5d %-5d| %05d %,d %+d %(d',
      [1, 2, 3, 4, 1234567, 5, -6],
      '1     2 3    | 00004 1,234,567 +5 (6)',
    ],
    ['%d', [new JavaLong(5000000000n)], '5000000000'],
    ['%x %X %o %#x', [255, 255, 8, 255], 'ff FF 10 0xff'],
    ['%x', [-1], 'ffffffff'],
    ['%c', [65], 'A'],
    [
      '%.2f %f %8.1f %,.2f',
      [new JavaDouble(1.005), new JavaDouble(2), new JavaDouble(3.25), new JavaDouble(1234.5)],
      '1.01 2.000000      3.3 1,234.50',
    ],
    ['%e', [new JavaDouble(12345.678)], '1.234568e+04'],
    ['%h', ['hi'], 'd01'],
    ['100%% %n', [], '100% \n'],
  ])('%s', (pattern, values, expected) => {
    expect(formatJava(pattern, values)).toBe(expected);
  });

  it.each([
    ['%d', ['x'], 'IllegalFormatConversionException'],
    ['%d', [new JavaDouble(1)], 'IllegalFormatConversionException'],
    ['%s %s', ['x'], 'MissingFormatArgumentException'],
    ['%q', ['x'], 'UnknownFormatConversionException'],
    ['%', [], 'UnknownFormatConversionException'],
    ['%tY', [1], 'not implemented'],
    ['%999999999s', ['x'], 'A string grew past'],
  ])('%s of %p fails', (pattern, values, message) => {
    expect(() => formatJava(pattern, values)).toThrow(message);
  });
});
