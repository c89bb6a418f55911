import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..');
const textOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const enginesOf = (file: string): string => JSON.parse(textOf(file)).engines.node;

test('engines are those of the CLI, which refuses every other version', () => {
  expect(enginesOf('package.json')).toBe(enginesOf('node_modules/serverless/package.json'));
});

test('the README names each of them', () => {
  const { engines } = JSON.parse(textOf('package.json'));
  const versions = Array.from(String(engines.node).matchAll(/\d+(\.[1-9]\d*)?/g), ([text]) => text);

  expect(versions.length).toBeGreaterThan(1);
  const said = /^Node .*$/m.exec(textOf('README.md'))?.[0] ?? '';
  for (const version of versions) expect(said).toContain(version);
});

test('every line of versions is tested', () => {
  const majors = Array.from(
    enginesOf('package.json').matchAll(/(\d+)(?:\.\d+)*/g),
    ([, major]) => major,
  );
  const tested = /node: \[(.*)\]/.exec(textOf('.github/workflows/ci.yml'))?.[1]?.split(', ');

  expect(tested).toEqual(majors);
});
