import type { Measurement } from 'dev-kit/bench/measurement';
import { barChart } from 'dev-kit/bench/report/svg';
import { ms, number, renderTable, times } from 'dev-kit/bench/report/table';
import { performanceChart } from '../../bench/report/chart';
import { performanceDocument, targetsTable } from '../../bench/report/document';
import { mergeResults, type Result } from '../../bench/results';
import { isMet, TARGETS } from '../../bench/targets';

const RESULT: Result = {
  tables: [{ title: 'It', header: ['a'], rows: [['1']] }],
  figures: {},
  notes: ['Mind $& and $1.'],
  date: '2026-11-22',
  quick: false,
  seconds: 3,
  machine: { cpu: 'CPU', cores: 2, memoryGiB: 8, system: 'Linux x64', node: '24.0.0', load: 0.1 },
};

describe('numbers', () => {
  test.each([
    [0.01234, '0.012'],
    [1.234, '1.23'],
    [12.34, '12.3'],
    [1_234_567.8, '1,234,568'],
    [50, '50'],
    [-12.34, '-12.3'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('%d', (value, expected) => {
    expect(number(value)).toBe(expected);
  });

  test('a unit only behind a number', () => {
    expect([ms(3), ms(Number.NaN), times(2.5)]).toEqual(['3 ms', '–', '2.50×']);
  });
});

test('tables line up, numbers to the right, and keep what would end a cell', () => {
  const text = renderTable({
    header: ['a|b', 'time'],
    rows: [
      ['x', '1 ms'],
      ['longer', '–'],
    ],
  });
  expect(text).toBe(
    ['| a\\|b   | time |', '| ------ | ---: |', '| x      | 1 ms |', '| longer |    – |'].join(
      '\n',
    ),
  );
});

describe('the chart', () => {
  const svg = barChart('a < b & "c"', [
    {
      title: 'One',
      unit: '/s',
      bars: [
        { label: 'x<y', value: 10, ours: true },
        { label: 'z', value: 5, ours: false },
      ],
    },
    { title: 'Two', unit: '', bars: [{ label: 'none', value: Number.NaN, ours: false }] },
  ]);

  test('is one document in which text is escaped', () => {
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="[\d ]+"/);
    expect(svg.trimEnd().endsWith('</svg>')).toBe(true);
    expect(svg).toContain('<title>a &lt; b &amp; &quot;c&quot;</title>');
    expect(svg).toContain('x&lt;y');
    expect(svg).not.toContain('x<y');
  });

  test('draws bars as long as their values', () => {
    const widths = [...svg.matchAll(/class="(?:ours|theirs)" x="\d+" y="\d+" width="([\d.]+)"/g)];
    const [ten, five] = widths.map(([, width]) => Number(width));
    expect(ten).toBe(2 * Number(five));
  });

  test('says what was not measured, and never NaN', () => {
    expect(svg).toContain('not measured');
    expect(svg).not.toContain('NaN');
    expect(performanceChart({})).not.toContain('NaN');
  });

  test('has colours for both themes', () => {
    expect(svg).toContain('prefers-color-scheme: dark');
  });
});

describe('targets', () => {
  const [atLeast] = TARGETS.filter(({ bound }) => bound === 'at least');
  const [atMost] = TARGETS.filter(({ bound }) => bound === 'at most');

  test('are met from their value on', () => {
    if (atLeast === undefined || atMost === undefined) throw new Error('There are both kinds.');
    expect(isMet(atLeast, atLeast.value)).toBe(true);
    expect(isMet(atLeast, atLeast.value * 0.99)).toBe(false);
    expect(isMet(atMost, atMost.value)).toBe(true);
    expect(isMet(atMost, atMost.value * 1.01)).toBe(false);
  });

  test('are neither met nor missed when nothing was measured', () => {
    for (const target of TARGETS) {
      expect(isMet(target, undefined)).toBeUndefined();
      expect(isMet(target, Number.NaN)).toBeUndefined();
    }
    expect(targetsTable({})).not.toContain('**no**');
  });

  test('are met by CPU time where the machine was busy', () => {
    const target = TARGETS.find(({ byCpu }) => byCpu !== undefined);
    if (target?.byCpu === undefined) throw new Error('There is one by CPU time.');
    const [name = ''] = target.figure.split('.');
    const figures = { [target.figure]: 0, [target.byCpu]: target.value };
    const verdict = (load: number) =>
      targetsTable({ [name]: { ...RESULT, figures, machine: { ...RESULT.machine, load } } })
        .split('\n')
        .find((line) => line.includes(target.what));
    expect(verdict(0.1)).toContain('**no**');
    expect(verdict(9)).toContain('yes, by CPU time');
  });

  test('all have figures of their own', () => {
    expect(new Set(TARGETS.map(({ figure }) => figure)).size).toBe(TARGETS.length);
  });
});

describe('the document', () => {
  const measurement: Measurement = {
    name: 'thing',
    title: 'A thing',
    mostSeconds: 1,
    how: 'By looking.',
    run: async () => ({ tables: [], figures: {} }),
  };
  const make = (one: Partial<Result>, template = '{{targets}} {{thing}}') =>
    performanceDocument([measurement], { thing: { ...RESULT, ...one } }, template);

  test('has how, when and where, tables and notes to the letter', () => {
    const text = make({});
    expect(text).toContain('By looking.');
    expect(text).toContain('*2026-11-22, CPU, 2 cores, 8 GiB, Linux x64, Node 24.0.0, 3 s.*');
    expect(text).toContain('It:\n\n|   a |\n');
    expect(text).toContain('- Mind $& and $1.');
  });

  test('warns of quick runs and of busy machines', () => {
    expect(make({})).not.toContain('**');
    expect(make({ quick: true })).toContain('**A quick run');
    expect(make({ machine: { ...RESULT.machine, load: 3 } })).toContain('**The machine was busy');
  });

  test('says what was not measured', () => {
    expect(performanceDocument([measurement], {}, '{{targets}} {{thing}}')).toContain(
      'npm run bench -- --only thing --write',
    );
  });

  test('needs a template with a place for everything and for nothing else', () => {
    expect(() => make({}, '{{targets}}')).toThrow('{{thing}}');
    expect(() => make({}, '{{targets}} {{thing}} {{other}}')).toThrow('{{other}}');
  });

  test('keeps what a run did not measure', () => {
    const merged = mergeResults({ a: RESULT, b: RESULT }, { b: { ...RESULT, seconds: 9 } });
    expect(Object.entries(merged).map(([name, { seconds }]) => [name, seconds])).toEqual([
      ['a', 3],
      ['b', 9],
    ]);
  });
});
