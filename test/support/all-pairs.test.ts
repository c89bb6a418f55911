import { allPairs } from './all-pairs';

const FACTORS = [
  ['a1', 'a2', 'a3'],
  ['b1', 'b2'],
  ['c1', 'c2', 'c3', 'c4'],
  ['d1', 'd2'],
];

const pairs = (rows: readonly (readonly string[])[]) =>
  new Set(rows.flatMap((row) => row.flatMap((a, n) => row.slice(n + 1).map((b) => `${a} ${b}`))));

test('every two choices meet, in fewer rows than all combinations', () => {
  const rows = allPairs(FACTORS, () => true);
  expect(pairs(rows).size).toBe(3 * 2 + 3 * 4 + 3 * 2 + 2 * 4 + 2 * 2 + 4 * 2);
  expect(rows.length).toBeLessThan(20);
});

test('two that do not go together never meet, and all others do', () => {
  const rows = allPairs(
    FACTORS,
    (one, other) => !(one + other === 'a2c3' || one + other === 'c3a2'),
  );
  expect(pairs(rows)).not.toContain('a2 c3');
  expect(pairs(rows).size).toBe(43);
});
