import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..', '..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'compile-cache-'));
  for (const part of ['hooks/framework', '.swcrc']) {
    cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  }
  mkdirSync(path.join(folder, 'node_modules'));
  const packages = path.join('node_modules', '@swc');
  symlinkSync(path.join(ROOT, packages), path.join(folder, packages), 'junction');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Compiles a module in a process of its own. */
function compiled(source: string): { code: string; usedCompiler: boolean } {
  writeFileSync(path.join(folder, 'main.ts'), source);
  const script = `
    const { compileCached } = require('./hooks/framework/compile-cache.cjs');
    const code = compileCached(require('path').resolve('main.ts'));
    const usedCompiler = Object.keys(require.cache).some((name) => /@swc.core.index.js$/.test(name));
    process.stdout.write(JSON.stringify({ code, usedCompiler }));`;
  return JSON.parse(execFileSync(process.execPath, ['--eval', script], { cwd: folder }).toString());
}

test('a source is compiled once, and again when it has changed', () => {
  const first = compiled('export const a: number = 1;');
  expect(first).toMatchObject({ code: expect.stringContaining('= 1'), usedCompiler: true });
  expect(compiled('export const a: number = 1;')).toEqual({ ...first, usedCompiler: false });
  expect(compiled('export const a: number = 2;')).toMatchObject({
    code: expect.stringContaining('= 2'),
    usedCompiler: true,
  });
});

test('another setting of the compiler compiles it again', () => {
  compiled('export const a: number = 1;');
  const settings = path.join(folder, '.swcrc');
  writeFileSync(
    settings,
    `${JSON.stringify({ jsc: { target: 'es2020' }, module: { type: 'commonjs' } })}`,
  );
  expect(compiled('export const a: number = 1;').usedCompiler).toBe(true);
});

test('without a folder to write in, every process compiles', () => {
  mkdirSync(path.join(folder, 'node_modules', '.cache'));
  writeFileSync(path.join(folder, 'node_modules', '.cache', 'typescript'), 'no folder');
  for (const attempt of [1, 2]) {
    expect([attempt, compiled('export const a: number = 1;').usedCompiler]).toEqual([
      attempt,
      true,
    ]);
  }
});

test('nothing but whole results is left in the cache', () => {
  compiled('export const a: number = 1;');
  const names = readdirSync(path.join(folder, 'node_modules', '.cache', 'typescript'));
  expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{32}\.js$/)]);
});

test('results that nothing has written for a week are removed by the next to write', () => {
  const cache = path.join(folder, 'node_modules', '.cache', 'typescript');
  mkdirSync(cache, { recursive: true });
  const old = path.join(cache, 'old.js');
  writeFileSync(old, '');
  const weekAgo = new Date(Date.now() - 8 * 86_400_000);
  utimesSync(old, weekAgo, weekAgo);
  compiled('export const a: number = 1;');
  expect(existsSync(old)).toBe(false);
});
