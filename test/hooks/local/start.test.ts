import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..', '..');

/** In place of the framework: waits for the embedded AWS, and prints its own command line. */
const CLI = `
  const { existsSync } = require('node:fs');
  const since = Date.now();
  const timer = setInterval(() => {
    if (!existsSync('loading') && Date.now() - since < 20_000) return;
    clearInterval(timer);
    const [, script, ...args] = process.argv;
    console.log(JSON.stringify({ isLoading: existsSync('loading'), isCli: script === __filename, args }));
  }, 10);`;

/** In place of the embedded AWS, which ends with the process that started it. */
const LAUNCH = `
  require('node:fs').writeFileSync('loading', '');
  process.on('disconnect', () => process.exit());`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'start-'));
  for (const part of ['hooks', 'resources', 'package.json', '.swcrc']) {
    cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  }
  mkdirSync(path.join(folder, 'node_modules', 'serverless', 'bin'), { recursive: true });
  const swc = path.join('node_modules', '@swc');
  symlinkSync(path.join(ROOT, swc), path.join(folder, swc), 'junction');
  writeFileSync(path.join(folder, 'node_modules', 'serverless', 'bin', 'serverless.js'), CLI);
  writeFileSync(path.join(folder, 'hooks', 'local', 'launch.ts'), LAUNCH);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('npm start is `serverless local`, beside an embedded AWS that loads at the same time', () => {
  const args = ['hooks/local/start.cjs', '--strict', '--param', 'streams=orders-*'];
  const env = { ...process.env, LOCAL_AWS_ENDPOINT: '' };
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
  });

  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    isLoading: true,
    isCli: true,
    args: ['local', '--strict', '--param', 'streams=orders-*'],
  });
});

describe('what is missing is one line', () => {
  const started = (...options: string[]) =>
    spawnSync(process.execPath, [...options, 'hooks/local/start.cjs'], {
      cwd: folder,
      env: { ...process.env, LOCAL_AWS_ENDPOINT: '' },
      encoding: 'utf8',
    });

  test('packages that are not installed', () => {
    rmSync(path.join(folder, 'node_modules', 'serverless'), { recursive: true });

    const { stderr, status } = started();

    expect(stderr).toBe(
      "hooks/local/start.cjs: Cannot find module 'serverless/bin/serverless.js'. Is it installed? Run: npm ci\n",
    );
    expect(status).toBe(1);
  });

  test.each([
    [
      'packages that were installed on another system, as a folder that a container shares',
      'new Error("Cannot find module \'./swc.linux-x64-gnu.node\'")',
      `node_modules has no compiler for ${process.platform} ${process.arch}: it was installed on another system. Run: npm ci\n`,
    ],
    [
      'a folder in which the compiler can be unpacked',
      "new Error('SWC native addon: user cache failed: Permission denied; fallback cache failed: Permission denied')",
      `The compiler finds no folder that it can write to: make HOME or the temporary folder (${tmpdir()}) writable.\n`,
    ],
  ])('%s', (_what, cause, line) => {
    rmSync(path.join(folder, 'node_modules', '@swc'));
    const swc = path.join(folder, 'node_modules', '@swc', 'core');
    mkdirSync(swc, { recursive: true });
    writeFileSync(path.join(swc, 'package.json'), '{"main": "index.js"}');
    writeFileSync(
      path.join(swc, 'index.js'),
      `throw new Error('Failed to load native binding', { cause: [${cause}] });`,
    );

    const { stderr, status } = started();

    expect(stderr).toBe(line);
    expect(status).toBe(1);
  });
});
