import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');

const FILES = {
  'own/thing.ts': `interface Thing { readonly name: string }


export const thing: Thing = { name: 'typed' };
export const fail = (): never => { throw new Error('here'); };`,
  'own/data.ts': "export const data = 'typescript';",
  'own/data.json': '{"data": "json"}',
  'main.ts': `import { data } from './own/data';
import { thing, fail } from './own/thing';
const placeOf = (run: () => never) => {
  try { return run(); } catch (error) {
    return String((error as Error).stack).split('\\n')[1]?.replace(/.*[/\\\\](\\w+\\.\\w+:\\d+:\\d+).*/, '$1');
  }
};
console.log(JSON.stringify({ thing, data, place: placeOf(fail) }));`,
};

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'typescript-')));
  for (const [name, text] of Object.entries(FILES)) write(name, text);
  for (const part of ['hooks/typescript.cjs', 'hooks/framework', 'serverless.cjs', '.swcrc']) {
    cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

const run = (...args: string[]) =>
  execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });

test('a TypeScript module comes before JSON of its name, and its errors name their place in it', () => {
  expect(JSON.parse(run('--require', './hooks/typescript.cjs', './main.ts'))).toEqual({
    thing: { name: 'typed' },
    data: 'typescript',
    place: 'thing.ts:5:42',
  });
});

test('a missing module is reported as Node reports it', () => {
  write('missing.ts', "import './nowhere';");
  const args = ['--require', './hooks/typescript.cjs', './missing.ts'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });

  expect(status).toBe(1);
  expect(stderr).toContain("Cannot find module './nowhere'");
});

test('serverless.ts and the plugins share the modules that both import', () => {
  write('serverless.ts', "import { thing } from './own/thing';\nexport default { thing };");
  write(
    'framework.cjs',
    `const { thing } = require('./serverless.cjs');
    console.log(thing === require('./own/thing.ts').thing);`,
  );

  expect(run('./framework.cjs')).toBe('true\n');
});

test('a plugin loads what it imports when it uses it', () => {
  write('rooms/loud.ts', "console.log('loaded');\nexport const answer = 42;");
  write(
    'hooks/plugin.ts',
    "import { answer } from '../rooms/loud';\nexport const run = () => console.log(answer);",
  );
  write(
    'command.cjs',
    `require('./hooks/typescript.cjs');
    const { run } = require('./hooks/plugin.ts');
    console.log('started');
    run();`,
  );

  expect(run('./command.cjs')).toBe('started\nloaded\n42\n');
});
