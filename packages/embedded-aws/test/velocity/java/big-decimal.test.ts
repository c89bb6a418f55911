import { JavaBigDecimal } from '../../../src/velocity/java/big-decimal';

describe('JavaBigDecimal', () => {
  it.each([
    ['1.50', '1.50'],
    ['-0.000001', '-0.000001'],
    ['0.0000001', '1E-7'],
    ['1E3', '1E+3'],
    ['12.5E10', '1.25E+11'],
    ['123456789012345678901.5', '123456789012345678901.5'],
    ['1.', '1'],
    ['.5', '0.5'],
    ['+7', '7'],
  ])('%s prints %s', (text, expected) => {
    expect(JavaBigDecimal.parse(text).toString()).toBe(expected);
  });

  it.each(['', '.', 'x', '1.2.3', '1e', '1e99999999999', '1e2147483648', '1.5e-2147483647'])(
    '%p is not a number',
    (text) => {
      expect(() => JavaBigDecimal.parse(text)).toThrow('NumberFormatException');
    },
  );

  it('represents a double exactly', () => {
    expect(JavaBigDecimal.ofDouble(0.1).toString()).toBe(
      '0.1000000000000000055511151231257827021181583404541015625',
    );
    expect(() => JavaBigDecimal.ofDouble(Number.NaN)).toThrow('NumberFormatException');
  });

  it('compares by value, and is equal only with the same scale', () => {
    const [one, other] = [JavaBigDecimal.parse('1.0'), JavaBigDecimal.parse('1.00')];

    expect(one.compareTo(other)).toBe(0);
    expect(one.equals(other)).toBe(false);
  });

  it('divides with its own scale and rounds half down', () => {
    expect(JavaBigDecimal.parse('1.0').divide(JavaBigDecimal.parse('4')).toString()).toBe('0.2');
    expect(JavaBigDecimal.parse('-1.00').divide(JavaBigDecimal.parse('3')).toString()).toBe(
      '-0.33',
    );
    expect(JavaBigDecimal.parse('2.00').divide(JavaBigDecimal.parse('3')).toString()).toBe('0.67');
  });

  it('formats plain text and integers', () => {
    expect(JavaBigDecimal.parse('1.5E3').toPlainString()).toBe('1500');
    expect(JavaBigDecimal.parse('0.0000001').toPlainString()).toBe('0.0000001');
    expect(JavaBigDecimal.parse('-12.9').toBigInteger()).toBe(-12n);
    expect(JavaBigDecimal.parse('1E-999999').toBigInteger()).toBe(0n);
  });
});
