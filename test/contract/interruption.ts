import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SIGNALS, type Signal } from '../../hooks/process/interruption';
import { stageApi } from './stage';
import { SWEEP_WITHIN_MS } from './sweep';

/**
 * Runs before the tests, where signals arrive, which in tests they do not. Names the run, and when
 * somebody ends it, deletes its streams before the process goes.
 * @throws Error when no stage is named
 */
async function listenForInterruption(): Promise<void> {
  await stageApi(process.env);
  process.env.CONTRACT_RUN ??= `${Date.now().toString(36)}-${randomBytes(4).toString('hex')}`;
  for (const [name, number] of Object.entries(SIGNALS)) {
    process.once(name as Signal, () => {
      // Nothing else happens in this process meanwhile: no test can make another stream.
      const loader = pathToFileURL(require.resolve('tsx')).href;
      const sweep = path.join(__dirname, 'sweep-main.ts');
      spawnSync(process.execPath, ['--import', loader, sweep], {
        stdio: 'inherit',
        timeout: 2 * SWEEP_WITHIN_MS,
      });
      process.exit(128 + number);
    });
  }
}

// biome-ignore lint/style/noDefaultExport: Jest calls what a module exports by default
export default listenForInterruption;
