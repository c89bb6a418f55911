import { compare } from 'dev-kit/bench/client/compare';
import { Load, type LoadRound, type Subject } from 'dev-kit/bench/client/load';
import { apiPuts, kinesisPuts, kinesisRequest, type Payload } from 'dev-kit/bench/client/requests';
import type { Pace } from 'dev-kit/bench/measurement';
import type { Server } from 'dev-kit/bench/processes/server';
import { ms, number, type Table, times } from 'dev-kit/bench/report/table';
import { KinesisClient } from 'embedded-aws/bench';
import { type Product, versioned } from './product';
import type { Stack } from './stack';

const STREAM = 'bench-peers';

interface Case {
  readonly label: string;
  readonly via: 'API' | 'engine';
  /** Undefined for a call that writes nothing. */
  readonly payload?: Payload;
  readonly connections: number;
}

const CASES: readonly Case[] = [
  { label: 'API: PutRecord', via: 'API', payload: { count: 1, bytes: 200 }, connections: 4 },
  {
    label: 'API: PutRecords of 100',
    via: 'API',
    payload: { count: 100, bytes: 200 },
    connections: 1,
  },
  { label: 'engine: PutRecord', via: 'engine', payload: { count: 1, bytes: 200 }, connections: 4 },
  {
    label: 'engine: PutRecords of 100',
    via: 'engine',
    payload: { count: 100, bytes: 200 },
    connections: 1,
  },
  { label: 'engine: DescribeStreamSummary', via: 'engine', connections: 4 },
];

/** Calls a round to those that need up to a second for one. */
const FEW_CALLS = 8;

const SLOW: readonly Product[] = ['localstack'];

type Calls = readonly (readonly [Case, ReadonlyMap<Product, LoadRound>])[];

/** The calls that were measured, and the products that failed one. */
export interface CallsFound {
  readonly calls: Calls;
  readonly problems: readonly string[];
}

/** The same calls to every product that has them and answers them, in turns. */
export async function measureCalls(
  pace: Pace,
  servers: ReadonlyMap<Product, Server>,
  stacks: ReadonlyMap<Product, Stack>,
): Promise<CallsFound> {
  const problems: string[] = [];
  const tried = async (name: Product, what: string, run: () => Promise<unknown>) => {
    try {
      await run();
      return true;
    } catch (error) {
      if (name === 'embedded AWS') throw error;
      problems.push(`${what}: ${versioned(name)} failed. ${(error as Error).message}`);
      return false;
    }
  };
  const ready = new Map<Product, Server>();
  for (const [name, server] of servers) {
    if (await tried(name, 'CreateStream', () => makeStream(server))) ready.set(name, server);
  }
  const found: (readonly [Case, ReadonlyMap<Product, LoadRound>])[] = [];
  for (const one of CASES) {
    pace.progress(one.label);
    const subjects = new Map<Product, Subject>();
    for (const [name, server] of ready) {
      const requests = requestsOf(one, server.port, stacks.get(name)?.invokeUrl);
      if (requests === undefined) continue;
      const subject = { server, requests, mostRequests: SLOW.includes(name) ? FEW_CALLS : 100_000 };
      const once = new Load({ ...subject, mostRequests: 1 }, { connections: 1, milliseconds: 0 });
      if (await tried(name, one.label, () => once.round())) subjects.set(name, subject);
    }
    const rounds = await compare(
      { ...pace, rounds: Math.min(pace.rounds, ROUNDS) },
      one.connections,
      Object.fromEntries(subjects),
    );
    found.push([one, new Map(Object.entries(rounds) as [Product, LoadRound][])]);
  }
  return { calls: found, problems };
}

async function makeStream({ port }: Server): Promise<void> {
  const client = await KinesisClient.open(port);
  await client.createStream(STREAM);
  client.close();
}

const ROUNDS = 3;

/** @returns undefined where there is no API */
function requestsOf(
  { via, payload }: Case,
  port: number,
  invokeUrl: string | undefined,
): readonly Buffer[] | undefined {
  if (payload === undefined) {
    return [kinesisRequest(port, 'DescribeStreamSummary', { StreamName: STREAM })];
  }
  if (via === 'engine') return kinesisPuts(port, STREAM, payload);
  return invokeUrl === undefined ? undefined : apiPuts(invokeUrl, STREAM, payload);
}

export function callsTable(calls: Calls): Table {
  return {
    title: 'The same calls, records of 200 bytes',
    header: ['call', 'to', 'calls/s', 'records/s', 'p50', 'CPU per call', 'ours is', 'by CPU'],
    rows: calls.flatMap(([{ label, payload }, rounds]) => {
      const ours = rounds.get('embedded AWS');
      return Array.from(rounds, ([name, round]) => [
        label,
        versioned(name),
        number(round.perSecond),
        payload === undefined ? '–' : number(round.perSecond * payload.count),
        ms(round.p50),
        ms(round.serverCpu),
        times((ours?.perSecond ?? Number.NaN) / round.perSecond),
        times(round.serverCpu / (ours?.serverCpu ?? Number.NaN)),
      ]);
    }),
  };
}

/** Says who is faster than the embedded AWS, call by call; by CPU time if not by the clock. */
export function callNotes(calls: Calls): string[] {
  const wins = calls.flatMap(([{ label }, rounds]) => {
    const ours = rounds.get('embedded AWS');
    return Array.from(rounds).flatMap(([name, { perSecond, serverCpu }]) => {
      if (ours === undefined || name === 'embedded AWS') return [];
      if (perSecond > ours.perSecond) return [`${label} (${versioned(name)})`];
      return serverCpu < ours.serverCpu ? [`${label} (${versioned(name)}, in CPU time only)`] : [];
    });
  });
  return [
    wins.length === 0
      ? 'The embedded AWS is the fastest in each of these calls.'
      : `Faster than the embedded AWS: ${wins.join(', ')}.`,
  ];
}
