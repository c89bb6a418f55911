import { scalingDocument } from '../../scripts/scaling';

test('docs/scaling.md has no figure that could not be computed', () => {
  expect(scalingDocument()).not.toMatch(/NaN|undefined|Infinity/);
});
