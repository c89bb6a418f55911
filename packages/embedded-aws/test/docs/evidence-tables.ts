import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const EVIDENCE = /^(recorded|documented|public reports?|inferred)\b/;

interface Row {
  readonly text: string;
  readonly cells: readonly string[];
}

/** The rows of a section's table, without its head. */
function rowsOf(section: string): Row[] {
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((text) => ({
      text,
      cells: text
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    }));
}

/** Titles of tests and groups as a test file spells them. */
function titlesOf(file: string): Set<string> {
  const calls = /\(\s*(['"`])((?:\\.|(?!\1)[^\n])*)\1\s*,/g;
  return new Set(
    [...readFileSync(file, 'utf8').matchAll(calls)].map(([, , title = '']) =>
      title.replace(/\\(.)/g, '$1'),
    ),
  );
}

/** The tests of a page that says what is done, from which evidence, and which test shows it. */
export function testEvidence(page: string): void {
  const file = path.join(__dirname, '..', '..', 'docs', page);
  const sections = readFileSync(file, 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section) => ({ title: section.split('\n', 1)[0] ?? '', rows: rowsOf(section) }));
  const behaviours = sections
    .filter(({ title }) => title !== 'What it refuses')
    .flatMap(({ rows }) => rows);
  const refusals = sections.find(({ title }) => title === 'What it refuses')?.rows ?? [];

  test.each([
    ['of a behaviour', behaviours, 4],
    ['of what is refused', refusals, 3],
  ])('every row %s has all its cells', (_, rows, cells) => {
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row) => row.cells.length !== cells || row.cells.includes(''))).toEqual([]);
  });

  test('every behaviour says what its evidence is', () => {
    expect(behaviours.filter(({ cells }) => !EVIDENCE.test(cells[2] ?? ''))).toEqual([]);
  });

  test('every row names a test that is there', () => {
    const lost = [...behaviours, ...refusals].filter(({ cells }) => {
      const named = /^\[[^\]]+\]\(([^)]+)\) "(.+)"$/.exec(cells.at(-1) ?? '');
      if (named === null) return true;
      const [, link = '', title = ''] = named;
      const linked = path.join(path.dirname(file), link);
      return !existsSync(linked) || !titlesOf(linked).has(title);
    });
    expect(lost.map(({ text }) => text)).toEqual([]);
  });

  test('what is thin is told again below the tables', () => {
    expect(behaviours.some(({ cells }) => /\bthin\b/.test(cells[2] ?? ''))).toBe(true);
    expect(sections.at(-1)?.title).toBe('Where the evidence is thin');
  });
}
