import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isThere, orphaned } from '../../../hooks/process/parent';

test('a process is there until it has ended', async () => {
  const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  expect(isThere(pid)).toBe(true);

  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isThere(pid)).toBe(false);
});

test("a process that is somebody else's is there", () => {
  const refuse = () => {
    throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
  };
  expect(isThere(4, refuse)).toBe(true);
});

test('where the parent has the same number for ever, as on Windows, its end is noticed', async () => {
  const parent = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
  await once(parent, 'spawn');
  const alone = orphaned(() => parent.pid ?? 0);
  // Its timer keeps no process alive.
  const awake = setInterval(() => undefined, 100);

  parent.kill('SIGKILL');
  await expect(alone).resolves.toBe('orphaned');

  clearInterval(awake);
});
