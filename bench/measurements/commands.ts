import type { Measurement, Outcome, Pace } from 'dev-kit/bench/measurement';
import { ms, type Table, times } from 'dev-kit/bench/report/table';
import { median } from 'dev-kit/bench/statistics';
import { startEmbeddedAws } from 'embedded-aws/bench';
import { freePort } from '../../test/end-to-end/support/processes';
import { openService, type Service, type Took } from '../processes/cli';

const FLOOR = '--version';

/** In the order of a stage's life cycle; each round is a complete one. */
const LIFE = {
  '--version': ['--version'],
  package: ['package'],
  'deploy, the first': ['deploy', '--skip-verify'],
  'deploy, no change': ['deploy', '--skip-verify'],
  verify: ['verify'],
  remove: ['remove'],
} as const;

const START = 'npm start, until ready';
const READY = /Ctrl-C stops it\./;

/** The CLI's commands on stage `local`. */
export const commands: Measurement = {
  name: 'commands',
  title: 'Commands',
  how: 'The real CLI on stage `local`, command after command through whole lives of a stage. `--version` is what the CLI costs before it has looked at the service. `deploy` is without its verification, which stands alone as `verify`; `npm start` is with it: embedded AWS, deploy, verification, until it says that it is ready.',
  mostSeconds: 40,
  async run(pace) {
    const aws = await startEmbeddedAws(pace);
    const service = openService(aws.port);
    const took = new Map<string, Took[]>();
    const keep = (name: string, one: Took) => took.set(name, [...(took.get(name) ?? []), one]);
    try {
      // The first command after a change compiles, which is not measured here.
      if (!pace.quick) await service.run('package');
      for (let round = 0; round < lives(pace); round += 1) {
        for (const [name, args] of Object.entries(LIFE)) {
          pace.progress(`serverless ${name}`);
          keep(name, await service.run(...args));
        }
        pace.progress(START);
        keep(START, await untilReady());
      }
    } finally {
      await aws.stop();
      service.remove();
    }
    return outcome(took);
  },
};

const lives = ({ quick }: Pace) => (quick ? 1 : 3);

async function untilReady(): Promise<Took> {
  const service: Service = openService(await freePort());
  try {
    const child = service.npmStart();
    await child.printed(READY);
    const wallMs = performance.now() - child.startedAt;
    await child.stop();
    // Cannot be told apart: two processes run at once, one of which does not end.
    return { wallMs, cpuMs: Number.NaN };
  } finally {
    service.remove();
  }
}

function outcome(took: ReadonlyMap<string, readonly Took[]>): Outcome {
  const of = (name: string, figure: keyof Took) =>
    median((took.get(name) ?? []).map((one) => one[figure]));
  const table: Table = {
    header: ['command', 'wall', 'CPU', "of the CLI's own start"],
    rows: [...took.keys()].map((name) => [
      name,
      ms(of(name, 'wallMs')),
      ms(of(name, 'cpuMs')),
      times(of(name, 'wallMs') / of(FLOOR, 'wallMs')),
    ]),
  };
  return {
    tables: [table],
    figures: {
      'commands.packageMs': of('package', 'wallMs'),
      'commands.startMs': of(START, 'wallMs'),
      'commands.startOverPackage': of(START, 'wallMs') / of('package', 'wallMs'),
      'commands.deployMs': of('deploy, the first', 'wallMs'),
    },
  };
}
