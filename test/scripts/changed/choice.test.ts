import { choose } from '../../../scripts/changed/choice';

const concerned = new Map([
  ['test/far.test.ts', 3],
  ['test/slow.test.ts', 1],
  ['test/fast.test.ts', 1],
  ['test/own.test.ts', 0],
  ['test/end-to-end/quick.test.ts', 2],
  ['test/end-to-end/deploys.test.ts', 1],
]);
const seconds = {
  'test/far.test.ts': 1,
  'test/slow.test.ts': 6,
  'test/fast.test.ts': 1,
  'test/own.test.ts': 2,
  'test/end-to-end/quick.test.ts': 1,
  'test/end-to-end/deploys.test.ts': 4,
};

test('the nearest run first, the quickest of them before the others', () => {
  expect(choose([concerned], seconds, 100)).toEqual({
    run: [
      'test/own.test.ts',
      'test/fast.test.ts',
      'test/slow.test.ts',
      'test/end-to-end/quick.test.ts',
      'test/far.test.ts',
    ],
    left: ['test/end-to-end/deploys.test.ts'],
  });
});

test('what takes too long leaves its time to others', () => {
  expect(choose([concerned], seconds, 5)).toEqual({
    run: [
      'test/own.test.ts',
      'test/fast.test.ts',
      'test/end-to-end/quick.test.ts',
      'test/far.test.ts',
    ],
    left: ['test/end-to-end/deploys.test.ts', 'test/slow.test.ts'],
  });
});

test('the test of the file that changed runs, however long it takes', () => {
  expect(choose([concerned], seconds, 1).run).toEqual(['test/own.test.ts']);
});

test('an end-to-end test that has never run here is left', () => {
  expect(choose([concerned], {}, 100).left).toEqual([
    'test/end-to-end/deploys.test.ts',
    'test/end-to-end/quick.test.ts',
  ]);
});

test('each changed file has its turn', () => {
  const many = new Map(Array.from({ length: 20 }, (_, index) => [`test/a${index}.test.ts`, 1]));
  const one = new Map([
    ['test/a0.test.ts', 4],
    ['test/b.test.ts', 5],
  ]);

  expect(choose([many, one], {}, 3).run).toEqual([
    'test/a0.test.ts',
    'test/a1.test.ts',
    'test/b.test.ts',
    'test/a2.test.ts',
  ]);
});
