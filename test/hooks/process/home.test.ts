import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const HOME = path.join(__dirname, '..', '..', '..', 'hooks', 'process', 'home.cjs');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'homes-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A user whom the system does not know, as in a container: without HOME, Node finds no home folder. */
const UNKNOWN_USER = `
  const os = require('node:os');
  os.homedir = () => {
    if (process.env.HOME) return process.env.HOME;
    throw Object.assign(new Error('uv_os_homedir returned ENOENT'), { code: 'ERR_SYSTEM_ERROR' });
  };`;

function run(script: string, environment: NodeJS.ProcessEnv) {
  const given: NodeJS.ProcessEnv = { ...process.env, TMPDIR: folder, TEMP: folder };
  const { HOME: _, ...rest } = given;
  const env = { ...rest, ...environment };
  const code = `${UNKNOWN_USER} require(${JSON.stringify(HOME)}).ensureHome(); ${script}`;
  return spawnSync(process.execPath, ['-e', code], { encoding: 'utf8', env });
}

const SAY = `require('node:fs').writeFileSync(os.homedir() + '/x', ''); console.log(os.homedir());`;

test('without a home folder there is one, until the process ends', () => {
  const { stdout, stderr } = run(SAY, {});

  expect(stderr).toBe('');
  expect(path.dirname(stdout.trim())).toBe(folder);
  expect(existsSync(stdout.trim())).toBe(false);
});

test('what runs in the process has the same one', () => {
  const { stdout } = run(
    `const { spawnSync } = require('node:child_process');
     const { stdout } = spawnSync(process.execPath, ['-p', 'process.env.HOME']);
     console.log(os.homedir() === String(stdout).trim());`,
    {},
  );

  expect(stdout).toBe('true\n');
});

test('where none can be made, one line says what to set', () => {
  const nowhere = path.join(folder, 'nowhere');
  const { stderr, status } = run('', { TMPDIR: nowhere, TEMP: nowhere });

  expect(status).not.toBe(0);
  expect(stderr).toContain(`none can be made in ${nowhere}: set HOME to a folder`);
});
