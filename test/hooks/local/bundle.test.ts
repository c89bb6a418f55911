import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inOrder } from 'dev-kit/testing/in-order';
import { bundledAws } from '../../../hooks/local/bundle';

const test = inOrder();

const folder = mkdtempSync(path.join(tmpdir(), 'bundle-'));
const sources = mkdtempSync(path.join(tmpdir(), 'sources-'));
afterAll(() => {
  for (const each of [folder, sources]) rmSync(each, { recursive: true });
});

const write = (name: string, text: string) => writeFileSync(path.join(sources, name), text);
const bundled = () => bundledAws(sources, folder);
const printed = (file: string) => execFileSync(process.execPath, [file]).toString().trim();

test('one file for all sources, made anew when one of them changes', () => {
  write('said.ts', "export const said: string = 'one';");
  write('main.ts', "import { said } from './said'; console.log(said);");
  const first = bundled();

  expect(printed(first)).toBe('one');
  expect(bundled()).toBe(first);

  write('said.ts', "export const said: string = 'two';");
  expect(printed(bundled())).toBe('two');
});

test('one that nobody has started for a week goes when another is made', () => {
  const old = bundled();
  const longAgo = new Date(Date.now() - 8 * 86_400_000);
  utimesSync(old, longAgo, longAgo);

  write('said.ts', "export const said: string = 'three';");
  const next = bundled();

  expect(readdirSync(folder)).not.toContain(path.basename(old));
  expect(readdirSync(folder)).toContain(path.basename(next));
});

test('one that is started stays, however old its sources are', () => {
  const file = bundled();
  const longAgo = new Date(Date.now() - 8 * 86_400_000);
  utimesSync(file, longAgo, longAgo);
  bundled();

  write('said.ts', "export const said: string = 'four';");
  bundled();

  expect(readdirSync(folder)).toContain(path.basename(file));
});
