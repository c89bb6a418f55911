import { readStructure } from '../../../src/core/shapes/read';
import { flag, structure } from '../../../src/core/shapes/shape';

const shape = structure({ Flag: flag });

test.each([
  ['true', true],
  ['TRUE', true],
  ['Yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
])('texts that are Booleans: %s', (text, Flag) => {
  // Seen by kinesalite's author on the live service (validations/index.js).
  expect(readStructure(shape, { Flag: text })).toEqual({ Flag });
});

test.each(['', 'constructor', 'maybe'])('texts that are none: %s', (Flag) => {
  expect(() => readStructure(shape, { Flag })).toThrow(
    `'${Flag.toUpperCase()}' can not be converted to an Boolean`,
  );
});
