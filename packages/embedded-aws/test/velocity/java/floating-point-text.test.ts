import { doubleToString, floatToString } from '../../../src/velocity/java/floating-point-text';

describe('doubleToString', () => {
  it.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [-1.5, '-1.5'],
    [100, '100.0'],
    [0.001, '0.001'],
    [0.00012, '1.2E-4'],
    [9999999, '9999999.0'],
    [10000000, '1.0E7'],
    [123456789.5, '1.234567895E8'],
    [1e-10, '1.0E-10'],
    [1e21, '1.0E21'],
    [Number.MAX_VALUE, '1.7976931348623157E308'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ])('%p is %s', (value, expected) => {
    expect(doubleToString(value)).toBe(expected);
  });
});

describe('floatToString', () => {
  it.each([
    [Math.fround(0.1), '0.1'],
    [Math.fround(1 / 3), '0.33333334'],
    [Math.fround(16777216), '1.6777216E7'],
    [Math.fround(3.4028234663852886e38), '3.4028235E38'],
  ])('%p is %s', (value, expected) => {
    expect(floatToString(value)).toBe(expected);
  });
});
