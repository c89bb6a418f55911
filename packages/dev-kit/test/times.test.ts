import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface Reporter {
  onRunComplete(contexts: unknown, results: { readonly testResults: readonly object[] }): void;
}

const Times: {
  new (options: { readonly rootDir: string }): Reporter;
  knownTimes(root: string): Record<string, number>;
} = require('../jest/times.cjs');

const root = mkdtempSync(path.join(tmpdir(), 'times-'));
afterAll(() => rmSync(root, { recursive: true }));

/** Reports a run of files, with the seconds of each. @returns what it prints */
function report(seconds: Readonly<Record<string, number>>): string {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const testResults = Object.entries(seconds).map(([file, each]) => ({
    testFilePath: path.join(root, file),
    perfStats: { runtime: each * 1000 },
  }));
  new Times({ rootDir: root }).onRunComplete(undefined, { testResults });
  const printed = write.mock.calls.map(([text]) => String(text)).join('');
  write.mockRestore();
  return printed;
}

test('the seconds of each file are known to later runs, and change with the file alone', () => {
  report({ 'test/a.test.ts': 1, 'test/b.test.ts': 2 });
  report({ 'test/b.test.ts': 3 });

  expect(Times.knownTimes(root)).toEqual({ 'test/a.test.ts': 1, 'test/b.test.ts': 3 });
});

test('a file of seconds that cannot be read is begun anew', () => {
  const folder = path.join(root, 'node_modules', '.cache');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'test-seconds.json'), '{"test/a.te');
  report({ 'test/b.test.ts': 3 });

  expect(Times.knownTimes(root)).toEqual({ 'test/b.test.ts': 3 });
});

test('a long run ends with the seconds of each tier and of the slowest files', () => {
  const unit = Array.from({ length: 20 }, (_, index) => [`test/u${index}.test.ts`, 1] as const);
  const printed = report({
    ...Object.fromEntries(unit),
    'test/end-to-end/deploys.test.ts': 12.34,
    'test/slow.test.ts': 5,
  });

  expect(printed).toContain('    25.0  unit, 21 files\n    12.3  end-to-end, 1 files\n');
  expect(printed).toContain(
    'Slowest files:\n    12.3  test/end-to-end/deploys.test.ts\n     5.0  test/slow.test.ts\n',
  );
});

test('a short one does not', () => {
  expect(report({ 'test/a.test.ts': 1 })).toBe('');
});
