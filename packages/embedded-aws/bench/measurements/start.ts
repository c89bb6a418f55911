import type { Measurement } from 'dev-kit/bench/measurement';
import type { Server } from 'dev-kit/bench/processes/server';
import { megabytes, ms } from 'dev-kit/bench/report/table';
import { interleaved, median } from 'dev-kit/bench/statistics';
import { startEmbeddedAws } from '../servers/embedded-aws';
import { startFloor } from '../servers/floor';

/** How long the embedded AWS takes to listen, and what it holds with nothing to do. */
export const start: Measurement = {
  name: 'start',
  title: 'Start of the embedded AWS',
  how: "From the start of the process until it says that it listens, beside a bare Node server, which loads nothing but Node's own HTTP. Memory is what is resident a second after that.",
  mostSeconds: 20,
  async run(pace) {
    const things = { aws: () => once(() => startEmbeddedAws(pace)), floor: () => once(startFloor) };
    const found = await interleaved(pace.quick ? 1 : 7, things);
    const of = (who: keyof typeof found, figure: keyof Started) =>
      median(found[who].map((started) => started[figure]));
    const row = (label: string, who: keyof typeof found) => [
      label,
      ms(of(who, 'startMs')),
      ms(of(who, 'cpuMs')),
      megabytes(of(who, 'rssMB')),
    ];
    return {
      tables: [
        {
          header: ['', 'listens after', 'CPU until then', 'resident'],
          rows: [row('embedded AWS', 'aws'), row('bare Node', 'floor')],
        },
      ],
      figures: { 'start.listeningMs': of('aws', 'startMs'), 'start.idleMB': of('aws', 'rssMB') },
    };
  },
};

interface Started {
  readonly startMs: number;
  readonly cpuMs: number;
  readonly rssMB: number;
}

async function once(begin: () => Promise<Server>): Promise<Started> {
  const server = await begin();
  try {
    const { cpuMs } = await server.usage();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return { startMs: server.startMs, cpuMs, rssMB: (await server.usage()).rssBytes / 1e6 };
  } finally {
    await server.stop();
  }
}
