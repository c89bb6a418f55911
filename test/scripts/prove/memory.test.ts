import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Memory } from '../../../scripts/prove/memory';

const folder = mkdtempSync(path.join(tmpdir(), 'memory-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a run that goes on has what the step found at its beginning, and not what it has made', async () => {
  await new Memory(folder).once('rollback', async () => ({ rate: 500 }));

  const goesOn = new Memory(folder);
  expect(await goesOn.once('rollback', async () => ({ rate: 600 }))).toEqual({ rate: 500 });
  expect(await goesOn.once('parameters', async () => ({ rate: 600 }))).toEqual({ rate: 600 });
});
