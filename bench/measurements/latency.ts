import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compare } from 'dev-kit/bench/client/compare';
import { apiPuts } from 'dev-kit/bench/client/requests';
import { type Steady, steadyLoad } from 'dev-kit/bench/client/steady';
import type { Measurement, Pace } from 'dev-kit/bench/measurement';
import { onExit } from 'dev-kit/bench/processes/cleanup';
import type { Server } from 'dev-kit/bench/processes/server';
import { ms, number } from 'dev-kit/bench/report/table';
import { interleaved, median } from 'dev-kit/bench/statistics';
import { KinesisClient, startEmbeddedAws } from 'embedded-aws/bench';
import { invokeUrlOf, openService, UNTHROTTLED } from '../processes/cli';

const STREAM = 'bench-latency';

/** The length of each round of steady load, in milliseconds. */
const ROUND_MS = 2_000;

const KINDS = { memory: 'in memory', persist: 'with --persist' } as const;

type Kind = keyof typeof KINDS;

/** How long callers wait while the API is as busy as it often is, with and without a disk. */
export const latency: Measurement = {
  name: 'latency',
  title: 'Latency under load',
  how: 'PutRecord of 200 bytes through the API at half of the rate that it can take, which is measured first, with 8 connections. The load is steady (an open loop): requests are due at fixed times, and one that had to wait for others is measured from when it was due. With `--persist`, every record is on disk before it is acknowledged. Rounds of two seconds, in turns; medians of rounds.',
  mostSeconds: 40,
  async run(pace) {
    const folder = mkdtempSync(path.join(tmpdir(), 'bench-persist-'));
    const release = onExit(() => rmSync(folder, { recursive: true, force: true }));
    const servers: Server[] = [];
    try {
      const start = async (...args: string[]) => {
        const server = await startEmbeddedAws(pace, args);
        servers.push(server);
        return { server, requests: await requestsTo(server, pace) };
      };
      const subjects = { memory: await start(), persist: await start('--persist', folder) };
      pace.progress('throughput');
      const throughput = await compare(pace, 8, subjects);
      const perSecond = Math.floor(throughput.memory.perSecond / 2);
      const steady = (kind: Kind) => () => {
        pace.progress(`${number(perSecond)} requests a second, ${KINDS[kind]}`);
        return steadyLoad({
          ...subjects[kind],
          perSecond,
          milliseconds: pace.quick ? pace.roundMs : ROUND_MS,
          connections: 64,
        });
      };
      const rounds = await interleaved(pace.rounds, {
        memory: steady('memory'),
        persist: steady('persist'),
      });
      const of = (kind: Kind, figure: keyof Steady) =>
        median(rounds[kind].map((round) => round[figure]));
      return {
        tables: [
          {
            header: ['', 'it can take', 'asked for', 'answered', 'p50', 'p99', 'longest'],
            rows: (['memory', 'persist'] as const).map((kind) => [
              KINDS[kind],
              `${number(throughput[kind].perSecond)}/s`,
              `${number(perSecond)}/s`,
              `${number(of(kind, 'perSecond'))}/s`,
              ms(of(kind, 'p50')),
              ms(of(kind, 'p99')),
              ms(of(kind, 'max')),
            ]),
          },
        ],
        figures: {
          'latency.memory.p99': of('memory', 'p99'),
          'latency.persist.p99': of('persist', 'p99'),
        },
      };
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
      release();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Requests to a stage and a stream that are made for them. */
async function requestsTo({ port }: Server, pace: Pace): Promise<Buffer[]> {
  pace.progress('deploy');
  const service = openService(port);
  try {
    await service.run('deploy', '--skip-verify', ...UNTHROTTLED);
  } finally {
    service.remove();
  }
  const client = await KinesisClient.open(port);
  await client.createStream(STREAM);
  client.close();
  return apiPuts(await invokeUrlOf(port), STREAM, { count: 1, bytes: 200 });
}
