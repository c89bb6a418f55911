import { compare } from 'dev-kit/bench/client/compare';
import type { LoadRound, Subject } from 'dev-kit/bench/client/load';
import { kinesisPuts, kinesisRequest } from 'dev-kit/bench/client/requests';
import type { Measurement, Outcome, Pace } from 'dev-kit/bench/measurement';
import type { Server } from 'dev-kit/bench/processes/server';
import { megabytes, ms, number, type Table, times } from 'dev-kit/bench/report/table';
import { startEmbeddedAws } from '../servers/embedded-aws';
import { KinesisClient } from '../servers/kinesis-client';
import { startKinesaliteAndLocal } from '../servers/peers';

const STREAM = 'bench';

const CASES = {
  describe: { label: 'DescribeStreamSummary', records: 1, connections: 8 },
  get: { label: 'GetRecords, 100 oldest', records: 100, connections: 4 },
  getNewest: { label: 'GetRecords, the newest', records: 1, connections: 4 },
  putRecord: { label: 'PutRecord', records: 1, connections: 8 },
  putRecords100: { label: 'PutRecords, 100 records', records: 100, connections: 1 },
  putRecords500: { label: 'PutRecords, 500 records', records: 500, connections: 1 },
} as const;

type Case = keyof typeof CASES;
const cases = Object.keys(CASES) as Case[];

const ENGINES = { engine: 'this engine', kinesalite: 'kinesalite', kinesisLocal: 'kinesis-local' };
type EngineName = keyof typeof ENGINES;
const engines = Object.keys(ENGINES) as EngineName[];

const FEW = 1_000;
const MANY = 1_000_000;

/** The Kinesis engine beside kinesalite and kinesis-local, and beside itself with much stored. */
export const engine: Measurement = {
  name: 'engine',
  title: 'The engine',
  how: "Kinesis's JSON protocol over HTTP to the embedded AWS, to kinesalite and to kinesis-local, each a process of its own, a stream of two shards, records of 200 bytes, 1,000 of them stored before. Peers run as fast as their options allow: kinesalite in memory, kinesis-local without TLS and with little logging (it listens on every address; the bench turns that into loopback). Then this engine again with 1,000,000 stored: no call may cost more for it.",
  peers: ['kinesalite', 'kinesis-local'],
  async run(pace) {
    const aws = await startEmbeddedAws(pace);
    const peers = await startKinesaliteAndLocal();
    try {
      const beside = await besidePeers(pace, { engine: aws, ...peers });
      await Promise.all(Object.values(peers).map((peer) => peer.stop()));
      const growth = await growing(pace, aws);
      return outcome(pace, beside, growth);
    } finally {
      await Promise.all([aws, ...Object.values(peers)].map((server) => server.stop()));
    }
  },
};

type Beside = Record<Case, Record<EngineName, LoadRound>>;

async function besidePeers(pace: Pace, servers: Record<EngineName, Server>): Promise<Beside> {
  const clients = await Promise.all(engines.map((name) => KinesisClient.open(servers[name].port)));
  for (const client of clients) {
    await client.createStream(STREAM);
    await client.fill(STREAM, FEW);
  }
  const found = new Map<Case, Record<EngineName, LoadRound>>();
  for (const one of cases) {
    pace.progress(CASES[one].label);
    const all = new Map<string, Subject>();
    for (const [index, name] of engines.entries()) {
      const requests = await requestsOf(one, servers[name].port, clients[index] as KinesisClient);
      // A batch keeps kinesis-local busy for seconds.
      const isSlow = name === 'kinesisLocal' && CASES[one].records === 500;
      const mostRequests = isSlow ? 1 : Number.POSITIVE_INFINITY;
      all.set(name, { server: servers[name], requests, mostRequests });
    }
    const subjects = Object.fromEntries(all) as Record<EngineName, Subject>;
    found.set(one, await compare(pace, CASES[one].connections, subjects));
  }
  for (const client of clients) client.close();
  return Object.fromEntries(found) as Beside;
}

interface Growth {
  readonly few: Record<Case, LoadRound>;
  readonly many: Record<Case, LoadRound>;
  readonly stored: number;
  /** Resident bytes that the stored records added. */
  readonly grownBytes: number;
  readonly fillPerSecond: number;
}

async function growing(pace: Pace, aws: Server): Promise<Growth> {
  const client = await KinesisClient.open(aws.port);
  const fresh = `${STREAM}-few`;
  const large = `${STREAM}-many`;
  const stored = pace.quick ? MANY / 50 : MANY;
  for (const stream of [fresh, large]) await client.createStream(stream);
  await client.fill(fresh, FEW);
  const before = (await aws.usage()).rssBytes;
  pace.progress(`Storing ${number(stored)} records`);
  const started = performance.now();
  await client.fill(large, stored);
  const fillPerSecond = (stored * 1000) / (performance.now() - started);
  const grownBytes = (await aws.usage()).rssBytes - before;
  const few = new Map<Case, LoadRound>();
  const many = new Map<Case, LoadRound>();
  for (const one of cases) {
    pace.progress(`${CASES[one].label} with ${number(stored)} stored`);
    const found = await compare(pace, CASES[one].connections, {
      few: { server: aws, requests: await requestsOf(one, aws.port, client, fresh) },
      many: { server: aws, requests: await requestsOf(one, aws.port, client, large) },
    });
    few.set(one, found.few);
    many.set(one, found.many);
  }
  client.close();
  return {
    few: Object.fromEntries(few) as Growth['few'],
    many: Object.fromEntries(many) as Growth['many'],
    stored,
    grownBytes,
    fillPerSecond,
  };
}

async function requestsOf(
  one: Case,
  port: number,
  client: KinesisClient,
  stream = STREAM,
): Promise<Buffer[]> {
  const get = (ShardIterator: string) =>
    kinesisRequest(port, 'GetRecords', { ShardIterator, Limit: 100 });
  switch (one) {
    case 'describe':
      return [kinesisRequest(port, 'DescribeStreamSummary', { StreamName: stream })];
    case 'get':
      return [get(await client.oldest(stream))];
    case 'getNewest':
      return [get(await client.newest(stream))];
    default:
      return kinesisPuts(port, stream, { count: CASES[one].records, bytes: 200 });
  }
}

function outcome(pace: Pace, beside: Beside, growth: Growth): Outcome {
  const versus: Table = {
    header: [
      'call',
      'engine',
      'calls/s',
      'records/s',
      'p99',
      'CPU per call',
      'this engine is',
      'by CPU',
    ],
    rows: cases.flatMap((one) =>
      engines.map((name) => {
        const round = beside[one][name];
        return [
          CASES[one].label,
          ENGINES[name],
          number(round.perSecond),
          number(round.perSecond * CASES[one].records),
          ms(round.p99),
          ms(round.serverCpu),
          times(beside[one].engine.perSecond / round.perSecond),
          times(round.serverCpu / beside[one].engine.serverCpu),
        ];
      }),
    ),
  };
  const grown: Table = {
    title: `This engine with ${number(growth.stored)} records stored`,
    header: ['call', '1,000 stored', `${number(growth.stored)} stored`, 'CPU per call', 'grew to'],
    rows: cases.map((one) => [
      CASES[one].label,
      `${number(growth.few[one].perSecond)}/s`,
      `${number(growth.many[one].perSecond)}/s`,
      `${ms(growth.few[one].serverCpu)}, ${ms(growth.many[one].serverCpu)}`,
      times(growth.many[one].serverCpu / growth.few[one].serverCpu),
    ]),
  };
  const perMillion = (growth.grownBytes / growth.stored) * 1_000_000;
  const growths = cases.map((one) => growth.many[one].serverCpu / growth.few[one].serverCpu);
  const ratios = cases.flatMap((one) =>
    engines.flatMap((name) => [
      [`engine.${one}.${name}.records`, beside[one][name].perSecond * CASES[one].records],
      [`engine.${one}.over.${name}`, beside[one].engine.perSecond / beside[one][name].perSecond],
      [`engine.${one}.cpuOver.${name}`, beside[one][name].serverCpu / beside[one].engine.serverCpu],
    ]),
  );
  return {
    tables: [versus, grown],
    figures: {
      ...Object.fromEntries(ratios),
      'engine.growth': Math.max(...growths.filter(Number.isFinite)),
      'engine.perMillionMB': perMillion / 1e6,
    },
    notes: [
      `${number(growth.stored)} records of 200 bytes were stored at ${number(growth.fillPerSecond)} a second. Resident memory grew by ${megabytes(perMillion / 1e6)} per million of them.`,
      `Peers hold only the 1,000: at their own rates a million would take kinesalite ${minutes(beside.putRecords500.kinesalite)} and kinesis-local ${minutes(beside.putRecords500.kinesisLocal)} at the very least.`,
      ...(pace.quick ? ['A quick run stores 20,000 records only.'] : []),
    ],
  };
}

const minutes = ({ perSecond }: LoadRound) => `${number(MANY / (perSecond * 500) / 60)} minutes`;
