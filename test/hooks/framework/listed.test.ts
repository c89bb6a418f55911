import { listed } from '../../../hooks/framework/listed';

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b', 'c'], 'a, b, c'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
  [['x'.repeat(100)], 'x'.repeat(80)],
])('%j', (texts, line) => {
  expect(listed(texts)).toBe(line);
});
