import { compare, warmUp } from 'dev-kit/bench/client/compare';
import type { LoadRound, Subject } from 'dev-kit/bench/client/load';
import { kinesisPuts, kinesisRequest } from 'dev-kit/bench/client/requests';
import { absentNotes, type Measurement, type Outcome, type Pace } from 'dev-kit/bench/measurement';
import { PEERS } from 'dev-kit/bench/peers';
import type { Server } from 'dev-kit/bench/processes/server';
import { megabytes, ms, number, type Table, times } from 'dev-kit/bench/report/table';
import { startEmbeddedAws } from '../servers/embedded-aws';
import { KinesisClient } from '../servers/kinesis-client';
import { PEER_SERVERS } from '../servers/peers';

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

/** By their names in figures: `engine.putRecord.over.kinesisLocal`. */
const ENGINES = {
  ferrokinesis: 'ferrokinesis',
  kinesalite: 'kinesalite',
  kinesisLocal: 'kinesis-local',
} as const;

type PeerEngine = keyof typeof ENGINES;
type EngineName = 'engine' | PeerEngine;

const labelOf = (name: EngineName): string =>
  name === 'engine' ? 'this engine' : `${ENGINES[name]} ${PEERS[ENGINES[name]].version}`;

const FEW = 1_000;
const MANY = 1_000_000;

/** The Kinesis engine beside other engines, and beside itself with much stored. */
export const engine: Measurement = {
  name: 'engine',
  title: 'The engine',
  how: "Kinesis's JSON protocol over HTTP to the embedded AWS and to its peers, each a process of its own, a stream of two shards, records of 200 bytes, 1,000 of them stored before; all are warmed up with PutRecord for the same time. Peers run as fast as their options allow: ferrokinesis with little logging (it is a program of Rust and uses all cores; it listens on every address), kinesalite in memory, kinesis-local without TLS and with little logging. Then this engine again with 1,000,000 stored: no call may cost more for it.",
  peers: ['ferrokinesis', 'kinesalite', 'kinesis-local'],
  mostSeconds: 150,
  async run(pace) {
    const servers = new Map<EngineName, Server>();
    try {
      const aws = await startEmbeddedAws(pace);
      servers.set('engine', aws);
      for (const [name, peer] of Object.entries(ENGINES)) {
        if (!pace.absent.has(peer)) servers.set(name as PeerEngine, await PEER_SERVERS[peer]());
      }
      const beside = await besidePeers(pace, servers);
      for (const server of servers.values()) if (server !== aws) await server.stop();
      const growth = await growing(pace, aws);
      return outcome(pace, beside, growth);
    } finally {
      await Promise.all(Array.from(servers.values(), (server) => server.stop()));
    }
  },
};

/** Engines that are absent have no round. */
type Beside = Record<Case, ReadonlyMap<EngineName, LoadRound>>;

async function besidePeers(pace: Pace, servers: ReadonlyMap<EngineName, Server>): Promise<Beside> {
  const clients = new Map<EngineName, KinesisClient>();
  for (const [name, { port }] of servers) {
    const client = await KinesisClient.open(port);
    clients.set(name, client);
    await client.createStream(STREAM);
    await client.fill(STREAM, FEW);
  }
  pace.progress('Warming up');
  for (const [name, server] of servers) {
    const stream = `${STREAM}-warm-up`;
    await clients.get(name)?.createStream(stream);
    const requests = kinesisPuts(server.port, stream, { count: 1, bytes: 200 });
    await warmUp(pace, { [name]: { server, requests } });
    await clients.get(name)?.deleteStream(stream);
  }
  const found = new Map<Case, ReadonlyMap<EngineName, LoadRound>>();
  for (const one of cases) {
    pace.progress(CASES[one].label);
    const subjects = new Map<EngineName, Subject>();
    for (const [name, server] of servers) {
      const requests = await requestsOf(one, server.port, clients.get(name) as KinesisClient);
      // A batch keeps kinesis-local busy for seconds.
      const isSlow = name === 'kinesisLocal' && CASES[one].records === 500;
      const mostRequests = isSlow ? 1 : Number.POSITIVE_INFINITY;
      subjects.set(name, { server, requests, mostRequests });
    }
    const rounds = await compare(pace, CASES[one].connections, Object.fromEntries(subjects));
    found.set(one, new Map(Object.entries(rounds) as [EngineName, LoadRound][]));
  }
  for (const client of clients.values()) client.close();
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
  const ours = (one: Case) => beside[one].get('engine') as LoadRound;
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
      Array.from(beside[one], ([name, round]) => [
        CASES[one].label,
        labelOf(name),
        number(round.perSecond),
        number(round.perSecond * CASES[one].records),
        ms(round.p99),
        ms(round.serverCpu),
        times(ours(one).perSecond / round.perSecond),
        times(round.serverCpu / ours(one).serverCpu),
      ]),
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
    Array.from(beside[one]).flatMap(([name, round]) => [
      [`engine.${one}.${name}.records`, round.perSecond * CASES[one].records],
      [`engine.${one}.over.${name}`, ours(one).perSecond / round.perSecond],
      [`engine.${one}.cpuOver.${name}`, round.serverCpu / ours(one).serverCpu],
      [`engine.${one}.cpuOf.${name}`, ours(one).serverCpu / round.serverCpu],
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
      `Peers hold only the 1,000. At their own rates of PutRecords a million would take ${minutes(beside.putRecords500)}.`,
      winners(beside),
      ...absentNotes(pace, Object.values(ENGINES)),
      ...(pace.quick ? ['A quick run stores 20,000 records only.'] : []),
    ],
  };
}

/** How long each peer would need for a million records, 500 at a time. */
const minutes = (rounds: ReadonlyMap<EngineName, LoadRound>): string =>
  Array.from(rounds)
    .filter(([name]) => name !== 'engine')
    .map(
      ([name, { perSecond }]) =>
        `${labelOf(name)} ${number(MANY / (perSecond * 500) / 60)} minutes`,
    )
    .join(', ');

/** Says which peer is faster than this engine, call by call; by CPU time if not by the clock. */
function winners(beside: Beside): string {
  const wins = cases.flatMap((one) => {
    const ours = beside[one].get('engine');
    return Array.from(beside[one]).flatMap(([name, { perSecond, serverCpu }]) => {
      if (ours === undefined || name === 'engine') return [];
      if (perSecond > ours.perSecond) return [`${labelOf(name)} in ${CASES[one].label}`];
      if (serverCpu >= ours.serverCpu) return [];
      return [`${labelOf(name)} in ${CASES[one].label} (in CPU time only)`];
    });
  });
  return wins.length === 0
    ? 'This engine is the fastest in each of these calls.'
    : `Faster than this engine: ${wins.join('; ')}.`;
}
