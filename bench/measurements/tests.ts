import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { BenchError, type Measurement } from 'dev-kit/bench/measurement';
import { onExit } from 'dev-kit/bench/processes/cleanup';
import { endedChildrenMs } from 'dev-kit/bench/processes/usage';
import { number } from 'dev-kit/bench/report/table';

/** All of `npm test`. Runs only by name, because it takes as long as everything else together. */
export const tests: Measurement = {
  name: 'tests',
  title: 'The tests',
  how: 'One run of `npm test`: lint, types, unit and end-to-end tests. Not part of a run that names no measurement; `npm run bench -- --only tests --write` adds it.',
  mostSeconds: 400,
  onlyByName: true,
  async run() {
    const before = endedChildrenMs();
    const started = performance.now();
    const npm = spawn('npm', ['test'], {
      cwd: path.join(__dirname, '..', '..'),
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
    const release = onExit(() => npm.kill());
    const [code] = await once(npm, 'close');
    release();
    if (code !== 0) throw new BenchError(`npm test ended with ${code}: nothing worth timing.`);
    const seconds = (performance.now() - started) / 1000;
    const cpu = (endedChildrenMs() - before) / 1000;
    return {
      tables: [
        {
          header: ['', 'wall', 'CPU'],
          rows: [['npm test', `${number(seconds)} s`, `${number(cpu)} s`]],
        },
      ],
      figures: { 'tests.seconds': seconds },
    };
  },
};
