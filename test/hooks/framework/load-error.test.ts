import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..', '..');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'load-error-'));
  for (const part of ['hooks/typescript.cjs', 'hooks/framework', '.swcrc', 'resources/errors.ts']) {
    cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  }
  mkdirSync(path.join(folder, 'node_modules', 'pack'), { recursive: true });
  symlinkSync(
    path.join(ROOT, 'node_modules', '@swc'),
    path.join(folder, 'node_modules', '@swc'),
    'junction',
  );
  write(
    'node_modules/pack/index.js',
    'exports.fail = () => {\n  throw new Error("of the pack"); };',
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  writeFileSync(path.join(folder, name), text);
}

/** Each module is imported by another, as resources are by serverless.ts. */
const MODULES: readonly (readonly [source: string, line: string])[] = [
  ['const a = 1;\nconst b = = 2;', 'resources/m0.ts:2:11: Expression expected'],
  ["import = from 'node:fs';", "resources/m1.ts:1:8: Expected 'from', got '='"],
  ['export const a = `never', 'resources/m2.ts:1:18: Unterminated template'],
  [
    'interface A { b: string }\n\nnope();',
    'resources/m3.ts:3:1: ReferenceError: nope is not defined',
  ],
  ['throw new Error("two\\nlines");', 'resources/m4.ts:1:7: two lines'],
  [
    '(null as any).foo;',
    "resources/m5.ts:1:15: TypeError: Cannot read properties of null (reading 'foo')",
  ],
  ["import './nowhere';", "resources/m6.ts: Cannot find module './nowhere'"],
  [
    "import 'nowhere';",
    "resources/m7.ts: Cannot find module 'nowhere'. Is it installed? Run: npm ci",
  ],
  ["import { StackError } from './errors';\nthrow new StackError('do this');", 'do this'],
  ["import { fail } from 'pack';\n\nfail();", 'resources/m9.ts:3:5: of the pack'],
  ['throw "a text";', 'a text'],
];

test('an error in a module is one line, with its place', () => {
  for (const [index, [source]] of MODULES.entries()) {
    write(`resources/m${index}.ts`, source);
    write(`resources/importer${index}.ts`, `export * from './m${index}';`);
  }
  const script = `
    Error.stackTraceLimit = Infinity;
    for (let index = 0; index < ${MODULES.length}; index++) {
      try { require('./resources/importer' + index + '.ts'); console.log('loaded'); }
      catch (error) { console.log(error && error.stack ? error.stack : error); }
    }`;

  const args = ['--require', './hooks/typescript.cjs', '--eval', script];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });

  expect(stderr).toBe('');
  expect(stdout.trimEnd().split('\n')).toEqual(MODULES.map(([, line]) => line));
});
