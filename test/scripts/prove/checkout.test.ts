import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyOfService } from '../../../scripts/prove/checkout';

const root = mkdtempSync(path.join(tmpdir(), 'checkout-'));
const id = path.basename(root).slice(-6).toLowerCase();
const left: string[] = [root];
afterAll(() => {
  for (const folder of left) rmSync(folder, { recursive: true, force: true });
});

function copyOf(pid: number): string {
  const folder = path.join(tmpdir(), `prove-${id}-${pid}`);
  mkdirSync(path.join(folder, 'templates'), { recursive: true });
  left.push(folder);
  return folder;
}

test('removes copies that killed processes have left, and no others', () => {
  writeFileSync(path.join(root, 'serverless.ts'), '');
  const { pid } = spawnSync(process.execPath, ['--version']);
  const ofDead = copyOf(pid);
  const ofAlive = copyOf(process.ppid);

  const own = copyOfService(root, id);
  left.push(own);

  expect(existsSync(ofDead)).toBe(false);
  expect(existsSync(ofAlive)).toBe(true);
  expect(existsSync(path.join(own, 'serverless.ts'))).toBe(true);
});
