import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { filesOf } from '../../scripts/changed/changed-files';

const ROOT = path.join(__dirname, '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'changed-'));
const git = (...options: string[]) =>
  execFileSync('git', ['-C', folder, ...options], { stdio: 'ignore' });

/** Packages of this repository by the copy's own sources, others by the checkout's. */
function linkPackages(): void {
  const modules = path.join(ROOT, 'node_modules');
  const own = readdirSync(path.join(ROOT, 'packages'));
  mkdirSync(path.join(folder, 'node_modules', '.cache'), { recursive: true });
  for (const name of readdirSync(modules)) {
    if (name === '.cache') continue;
    const target = own.includes(name)
      ? path.join(folder, 'packages', name)
      : path.join(modules, name);
    symlinkSync(target, path.join(folder, 'node_modules', name), 'junction');
  }
  // What is known of types is as true here.
  const types = path.join('node_modules', '.cache', 'tsc');
  if (existsSync(path.join(ROOT, types))) {
    cpSync(path.join(ROOT, types), path.join(folder, types), { recursive: true });
  }
}

beforeAll(() => {
  for (const file of filesOf(ROOT).filter((name) => existsSync(path.join(ROOT, name)))) {
    cpSync(path.join(ROOT, file), path.join(folder, file), { recursive: true });
  }
  linkPackages();
  git('init', '--quiet');
  git('add', '--all');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '--quiet', '-m', 'sound');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function edit(file: string, change: (text: string) => string): void {
  const name = path.join(folder, file);
  const text = readFileSync(name, 'utf8');
  writeFileSync(name, change(text));
  expect(readFileSync(name, 'utf8')).not.toBe(text);
}

// Jest's workers have it, and it would colour types.
const { FORCE_COLOR: _, ...env } = process.env;

function testChanged(): { readonly code: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...['node_modules/tsx/dist/cli.mjs', '--conditions=embedded-aws-source'],
      ...['scripts/test-changed.ts'],
    ],
    { cwd: folder, encoding: 'utf8', env: { ...env, NO_COLOR: '1' } },
  );
  return { code: status, output: stdout + stderr };
}

test('a broken template, schema and page, and a wrong type, are each found, by name', () => {
  appendFileSync(path.join(folder, 'templates', 'PutRecord.request.vtl'), '#if($x');
  edit('test/fixtures/events/schemas/order.json', (text) => text.replace('"enum"', '"const"'));
  edit('hooks/viewer/page/index.html', (text) => text.replace('id="follow"', 'id="chase"'));
  edit('hooks/viewer/page/style.css', (text) => text.replace('}', ''));
  edit('bench/options.ts', (text) => `${text}\nexport const wrong: string = 1;\n`);
  edit('hooks/viewer/page/keys.ts', (text) => `${text}\nexport const wrong: string = 2;\n`);

  const { code, output } = testChanged();

  expect(code).toBe(1);
  expect(output).toMatch(/FAIL .*test\/templates\/.*\.test\.ts/);
  expect(output).toMatch(/schemas\/order\.json#[\w/]+\/const/);
  expect(output).toMatch(/the code finds every element that it asks for/);
  expect(output).toMatch(/the style sheet has no fault/);
  expect(output).toMatch(/bench\/options\.ts\(\d+,14\): error TS2322/);
  expect(output).toMatch(/keys\.ts\(\d+,14\): error TS2322/);
  // What there was no time for.
  expect(output).toMatch(/^ {2}npx jest test\/end-to-end\/[\w-]+\.test\.ts$/m);
});

test('a checkout without changes has nothing to test', () => {
  git('checkout', '--quiet', '--', '.');

  expect(testChanged()).toEqual({
    code: 0,
    output: expect.stringMatching(/^Nothing has changed\./),
  });
});
