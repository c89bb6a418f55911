import { figuresOf, readResults } from '../../bench/results';
import { TARGETS } from '../../bench/targets';

const results = readResults();

test('every target is of a figure that its measurement gives', () => {
  const measured = figuresOf(results);
  const missing = TARGETS.filter(({ figure, byCpu }) =>
    [figure, ...(byCpu ? [byCpu] : [])].some((name) => !Object.hasOwn(measured, name)),
  ).filter(({ figure }) => Object.hasOwn(results, figure.split('.')[0] ?? ''));

  expect(missing).toEqual([]);
});

test('nothing in it tells where the machine is', () => {
  const text = JSON.stringify(results);
  expect(text).not.toMatch(/\/(home|root|tmp|Users)\//);
});
