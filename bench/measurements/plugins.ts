import path from 'node:path';
import { BenchError, type Measurement } from 'dev-kit/bench/measurement';
import { ms } from 'dev-kit/bench/report/table';
import { median } from 'dev-kit/bench/statistics';
import { startEmbeddedAws } from 'embedded-aws/bench';
import { openService } from '../processes/cli';

const TIMER = path.join(__dirname, '..', 'processes', 'time-plugins.cjs');

/** The time that loading each plugin adds to every command. */
export const plugins: Measurement = {
  name: 'plugins',
  title: 'What each plugin adds to every command',
  how: 'CPU time of loading each plugin of `serverless.ts`, with all that it loads, measured inside `serverless print`. What several plugins share counts for the first of them.',
  mostSeconds: 10,
  async run(pace) {
    const aws = await startEmbeddedAws(pace);
    const service = openService(aws.port, { nodeOptions: `--require ${JSON.stringify(TIMER)}` });
    const runs: Record<string, number>[] = [];
    const commands: number[] = [];
    try {
      for (let run = pace.quick ? 1 : 0; run <= (pace.quick ? 1 : 5); run += 1) {
        pace.progress('serverless print');
        const { output, cpuMs } = await service.run('print');
        // The first one compiles.
        if (run === 0) continue;
        runs.push(parsePluginTimes(output));
        commands.push(cpuMs);
      }
    } finally {
      service.remove();
      await aws.stop();
    }
    const names = Object.keys(runs[0] ?? {});
    const of = (name: string) => median(runs.map((run) => run[name] ?? Number.NaN));
    const all = names.map(of).reduce((sum, one) => sum + one, 0);
    return {
      tables: [
        {
          header: ['plugin', 'CPU'],
          rows: [
            ...names.map((name) => [name, ms(of(name))]),
            ['all plugins', ms(all)],
            ['the whole command', ms(median(commands))],
          ],
        },
      ],
      figures: { 'plugins.allMs': all },
    };
  },
};

/** Parses the output of time-plugins.cjs. @throws BenchError if there is none */
export function parsePluginTimes(output: string): Record<string, number> {
  const line = /^bench:plugins (\{.+\})$/m.exec(output)?.[1];
  if (line === undefined) throw new BenchError(`No plugin was seen being loaded:\n${output}`);
  return JSON.parse(line);
}
