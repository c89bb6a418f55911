import { implicitValue } from '../../../src/core/yaml/implicit-types';

// The types of SnakeYAML 1.33's resolver.
describe('a plain scalar', () => {
  it.each([
    ['~', null],
    ['', null],
    ['Null', null],
    ['yes', true],
    ['Off', false],
    ['TRUE', true],
    ['tRue', 'tRue'],
    ['y', 'y'],
    ['N', 'N'],
    ['0', 0],
    ['-12', -12],
    ['+1_000', 1000],
    ['0x1F', 31],
    ['0b11', 3],
    ['0755', 493],
    ['08', '08'],
    ['012345678901', '012345678901'],
    ['22:30', 1350],
    ['1:60', '1:60'],
    ['123456789012', 123456789012],
    ['12345678901234567890', '12345678901234567890'],
    ['1.50', 1.5],
    ['.5', 0.5],
    ['1.0', '1.0'],
    ['1e3', '1e3'],
    ['.inf', '.inf'],
    ['1.2.3', '1.2.3'],
    ['2012-10-17', '2012-10-17'],
    ['<<', '<<'],
  ])('%s is %j', (text, expected) => {
    expect(implicitValue(text)).toBe(expected);
  });
});
