import { compare } from 'dev-kit/bench/client/compare';
import type { LoadRound, Subject } from 'dev-kit/bench/client/load';
import { apiPuts, apiRequest } from 'dev-kit/bench/client/requests';
import type { Measurement, Pace } from 'dev-kit/bench/measurement';
import type { Server } from 'dev-kit/bench/processes/server';
import { ms, type Table, times } from 'dev-kit/bench/report/table';
import { median } from 'dev-kit/bench/statistics';
import { KinesisClient, startEmbeddedAws } from 'embedded-aws/bench';
import { invokeUrlOf, openService, UNTHROTTLED } from '../processes/cli';

/** The last is near what a template of CloudFormation may have: docs/scaling.md. */
const COUNTS = [0, 3, 40] as const;

type Count = (typeof COUNTS)[number];

const STREAM = 'bench-declared';

/** The cost of commands and of calls as streams.ts grows. */
export const declared: Measurement = {
  name: 'declared',
  title: 'Declared streams',
  how: 'The service with none, three and 40 streams declared in streams.ts, each with its event endpoint, alarms and outputs: near what one CloudFormation template may have. `package` and a first `deploy` without its verification; then, in turns, PutRecord through the API, and an event of 200 bytes to the last declared stream.',
  mostSeconds: 50,
  async run(pace) {
    const made = new Map<Count, Made>();
    try {
      for (const count of COUNTS) made.set(count, await make(pace, count));
      const put = await calls(pace, made, ({ requests }) => requests.put);
      const event = await calls(pace, made, ({ requests }) => requests.event);
      return {
        tables: [tableOf(made, put, event)],
        figures: { 'declared.call': grown(put), 'declared.event': grown(event) },
      };
    } finally {
      await Promise.all(Array.from(made.values(), ({ server }) => server.stop()));
    }
  },
};

interface Made {
  readonly server: Server;
  readonly packageCpuMs: number;
  readonly deployMs: number;
  readonly requests: { readonly put: readonly Buffer[]; readonly event: readonly Buffer[] };
}

const nameOf = (stream: number): string => `stream${stream}`;

const declaration = (count: number): string =>
  `{ ${Array.from({ length: count }, (_, index) => `${nameOf(index + 1)}: {}`).join(', ')} }`;

async function make(pace: Pace, count: Count): Promise<Made> {
  const server = await startEmbeddedAws(pace);
  const service = openService(server.port, { streams: declaration(count) });
  const rounds = pace.quick ? 1 : 2;
  const packageCpuMs: number[] = [];
  const deployMs: number[] = [];
  try {
    // The first command in a copy of the service compiles it, which is not measured.
    await service.run('package');
    for (let round = 1; round <= rounds; round += 1) {
      pace.progress(`${count} streams: package and deploy`);
      packageCpuMs.push((await service.run('package')).cpuMs);
      const { wallMs } = await service.run('deploy', '--skip-verify', ...UNTHROTTLED);
      deployMs.push(wallMs);
      if (round < rounds) await service.run('remove');
    }
  } finally {
    service.remove();
  }
  const client = await KinesisClient.open(server.port);
  await client.createStream(STREAM);
  client.close();
  const url = await invokeUrlOf(server.port);
  return {
    server,
    packageCpuMs: median(packageCpuMs),
    deployMs: median(deployMs),
    requests: {
      put: apiPuts(url, STREAM, { count: 1, bytes: 200 }),
      event: count === 0 ? [] : [eventTo(url, nameOf(count))],
    },
  };
}

const eventTo = (url: string, stream: string): Buffer =>
  apiRequest(url, 'POST', `/events/${stream}`, {
    body: JSON.stringify({ text: 'event '.repeat(31).slice(0, 189) }),
  });

type Calls = ReadonlyMap<Count, LoadRound>;

async function calls(
  pace: Pace,
  made: ReadonlyMap<Count, Made>,
  requestsOf: (one: Made) => readonly Buffer[],
): Promise<Calls> {
  const subjects = Array.from(made)
    .map(([count, one]) => [count, requestsOf(one), one.server] as const)
    .filter(([, requests]) => requests.length > 0)
    .map(([count, requests, server]): [string, Subject] => [
      String(count),
      { server, requests, mostRequests: 1_000 },
    ]);
  const rounds = await compare(pace, 1, Object.fromEntries(subjects));
  return new Map(Object.entries(rounds).map(([count, round]) => [Number(count) as Count, round]));
}

/** The CPU time of a call beside the most streams, of that beside the fewest. */
function grown(rounds: Calls): number {
  const cpu = Array.from(rounds.values(), ({ serverCpu }) => serverCpu);
  return (cpu.at(-1) ?? Number.NaN) / (cpu[0] ?? Number.NaN);
}

function tableOf(made: ReadonlyMap<Count, Made>, put: Calls, event: Calls): Table {
  const all = [...made.values()];
  const [fewest, most] = [all[0], all.at(-1)];
  const row = (label: string, figure: (one: Made) => number) => [
    label,
    ...all.map((one) => ms(figure(one))),
    times(most && fewest ? figure(most) / figure(fewest) : Number.NaN),
  ];
  const called = (label: string, rounds: Calls) => [
    label,
    ...COUNTS.map((count) => ms(rounds.get(count)?.serverCpu ?? Number.NaN)),
    times(grown(rounds)),
  ];
  return {
    header: ['', ...COUNTS.map((count) => `${count} streams`), 'grew to'],
    rows: [
      row('`package`, CPU', ({ packageCpuMs }) => packageCpuMs),
      row('`deploy`, the first', ({ deployMs }) => deployMs),
      called('PutRecord through the API, CPU', put),
      called('an event to the last stream, CPU', event),
    ],
  };
}
