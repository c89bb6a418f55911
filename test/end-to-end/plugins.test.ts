import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { bareEnvironment } from './support/processes';

const ROOT = path.join(__dirname, '..', '..');
const HOOK = path.join(ROOT, 'hooks', 'typescript.cjs');

/** Loads modules as the framework does. @returns what that loaded, in the repository's own words */
function loadedBy(...modules: readonly string[]): string[] {
  const script = `
    for (const name of ${JSON.stringify(modules)}) require(name);
    console.log(JSON.stringify(Object.keys(require.cache)));`;
  const printed = execFileSync(process.execPath, ['--require', HOOK, '--eval', script], {
    cwd: ROOT,
    env: bareEnvironment(),
    encoding: 'utf8',
  });
  return JSON.parse(printed).map((file: string) => path.relative(ROOT, file));
}

const PLUGINS = [
  ...[
    'errors',
    'parameters',
    'config-schema',
    'service-state',
    'local',
    'destination',
    'conditions',
    'deployment',
    'logging-role',
  ],
  ...['contracts', 'verify', 'sweep', 'viewer', 'records', 'keys', 'canary'],
].map((name) => `./hooks/${name}.ts`);

test('what a plugin builds on is loaded by the command that needs it, and by no other', () => {
  const loaded = loadedBy(...PLUGINS);

  expect(loaded).toContain('hooks/verify.ts');
  expect(
    loaded.filter(
      (file) =>
        !/^hooks\/([\w-]+\.ts|typescript\.cjs|framework\/[\w-]+\.cjs)$/.test(file) &&
        !file.includes('@swc'),
    ),
  ).toEqual([]);
});

test('an import without extension finds the .ts, and the .js of a package before its .ts', () => {
  const loaded = loadedBy('./packages/embedded-aws/src/cloudformation/resource-types', 'esbuild');

  expect(loaded).toContain('packages/embedded-aws/src/cloudformation/resource-types.ts');
  expect(loaded.filter((file) => /node_modules\/.*\.ts$/.test(file))).toEqual([]);
});
