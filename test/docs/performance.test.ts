import { readFileSync } from 'node:fs';
import { MEASUREMENTS } from '../../bench/measurements';
import { performanceChart } from '../../bench/report/chart';
import { CHART_FILE, DOCUMENT_FILE, performanceDocument } from '../../bench/report/document';
import { figuresOf, readResults } from '../../bench/results';
import { TARGETS } from '../../bench/targets';

const results = readResults();

test('docs/performance.md is what the bench makes of bench/results.json', () => {
  expect(readFileSync(DOCUMENT_FILE, 'utf8')).toBe(performanceDocument(MEASUREMENTS, results));
});

test('so is its chart', () => {
  expect(readFileSync(CHART_FILE, 'utf8')).toBe(performanceChart(figuresOf(results)));
});

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
