import { compare, warmUp } from 'dev-kit/bench/client/compare';
import type { LoadRound } from 'dev-kit/bench/client/load';
import { apiPuts, kinesisPuts, type Payload } from 'dev-kit/bench/client/requests';
import type { Measurement, Outcome, Pace } from 'dev-kit/bench/measurement';
import type { Server } from 'dev-kit/bench/processes/server';
import { ms, number, type Table, times } from 'dev-kit/bench/report/table';
import { KinesisClient, startEmbeddedAws, startFloor } from 'embedded-aws/bench';
import { invokeUrlOf, openService, UNTHROTTLED } from '../processes/cli';

interface Case extends Payload {
  /** In figures: `gateway.putRecord.ratio`. */
  readonly key: string;
  readonly connections: number;
}

const CASES: readonly Case[] = [
  { key: 'putRecord1', count: 1, bytes: 200, connections: 1 },
  { key: 'putRecord', count: 1, bytes: 200, connections: 8 },
  { key: 'putRecord32', count: 1, bytes: 200, connections: 32 },
  { key: 'putRecordLarge', count: 1, bytes: 10_000, connections: 8 },
  { key: 'putRecords100', count: 100, bytes: 200, connections: 4 },
  { key: 'putRecords500', count: 500, bytes: 200, connections: 4 },
  { key: 'putRecords100Large', count: 100, bytes: 10_000, connections: 2 },
  { key: 'putRecords500Large', count: 500, bytes: 10_000, connections: 2 },
];

/**
 * The embedded AWS stores all records, so this limits the data per case and subject.
 */
const MOST_BYTES = 150_000_000;

/**
 * An account may send its APIs 10,000 requests a second, and 5,000 more at once. On a fast machine
 * the gateway answers more than that: then a round ends before it is throttled, and the next finds
 * the account rested.
 */
const MOST_CALLS = 8_000;

/** PutRecord and PutRecords through the API, compared with the engine alone and bare Node. */
export const gateway: Measurement = {
  name: 'gateway',
  title: 'Through the gateway',
  how: "The same records through the deployed API (real `serverless deploy`, stage `local`, its throttle raised), to the same embedded Kinesis directly over HTTP, and to a bare Node server that parses the JSON and answers as much: what nothing can beat. Every server is a process of its own. The client is raw keep-alive sockets with ready-made requests. All are warmed up with some thousands of requests first. Rounds alternate; figures are medians of rounds. CPU is the server process's own time per request: the number to trust where wall clocks are noisy.",
  mostSeconds: 80,
  async run(pace) {
    const aws = await startEmbeddedAws(pace);
    const floor = await startFloor();
    const service = openService(aws.port);
    try {
      await service.run('deploy', '--skip-verify', ...UNTHROTTLED);
      const target = { aws, floor, invokeUrl: await invokeUrlOf(aws.port) };
      const client = await KinesisClient.open(aws.port);
      pace.progress('Warming up');
      const fresh = await warmedUp(pace, target, client);
      const found: (readonly [Case, Rounds])[] = [];
      for (const one of CASES) {
        pace.progress(labelOf(one));
        found.push([one, await measureCase(pace, target, client, one)]);
      }
      client.close();
      return outcome(found, fresh);
    } finally {
      await Promise.all([aws.stop(), floor.stop()]);
      service.remove();
    }
  },
};

interface Target {
  readonly aws: Server;
  readonly floor: Server;
  readonly invokeUrl: string;
}

type Rounds = Record<'gateway' | 'engine' | 'floor', LoadRound>;

/** @returns what a small record took when the servers were fresh */
async function warmedUp(
  pace: Pace,
  { aws, floor, invokeUrl }: Target,
  client: KinesisClient,
): Promise<Rounds> {
  const stream = 'bench-warm-up';
  const small = { count: 1, bytes: 200 };
  await client.createStream(stream);
  const fresh = await warmUp(pace, {
    gateway: { server: aws, requests: apiPuts(invokeUrl, stream, small) },
    engine: { server: aws, requests: kinesisPuts(aws.port, stream, small) },
    floor: { server: floor, requests: kinesisPuts(floor.port, stream, small) },
  });
  await client.deleteStream(stream);
  return fresh;
}

/** Uses a stream of its own, so that cases do not affect each other. */
async function measureCase(
  pace: Pace,
  { aws, floor, invokeUrl }: Target,
  client: KinesisClient,
  one: Case,
): Promise<Rounds> {
  const stream = `bench-${one.key}`;
  await client.createStream(stream);
  const mostRequests = Math.max(
    one.connections,
    Math.floor(MOST_BYTES / (one.count * one.bytes) / (pace.rounds + 1)),
  );
  const direct = kinesisPuts(aws.port, stream, one);
  const rounds = await compare(pace, one.connections, {
    gateway: {
      server: aws,
      requests: apiPuts(invokeUrl, stream, one),
      mostRequests: Math.min(mostRequests, MOST_CALLS),
    },
    engine: { server: aws, requests: direct, mostRequests },
    floor: { server: floor, requests: kinesisPuts(floor.port, stream, one), mostRequests },
  });
  await client.deleteStream(stream);
  return rounds;
}

const labelOf = ({ count, bytes }: Case) =>
  `${count === 1 ? 'PutRecord' : `PutRecords, ${count} records`}, ${bytes < 1000 ? `${bytes} B` : `${bytes / 1000} KB`}`;

const WHO = { gateway: 'the API', engine: 'the engine directly', floor: 'bare Node' } as const;

function outcome(found: readonly (readonly [Case, Rounds])[], fresh: Rounds): Outcome {
  const throughput: Table = {
    header: [
      'request',
      'to',
      'requests/s',
      'records/s',
      'CPU per request',
      'of bare Node',
      'by CPU',
      'of the engine',
      'by CPU',
    ],
    rows: found
      .filter(([{ connections }]) => connections !== 1 && connections !== 32)
      .flatMap(([one, rounds]) =>
        (['gateway', 'engine', 'floor'] as const).map((who) => [
          labelOf(one),
          WHO[who],
          number(rounds[who].perSecond),
          number(rounds[who].perSecond * one.count),
          ms(rounds[who].serverCpu),
          times(rounds[who].perSecond / rounds.floor.perSecond),
          times(rounds.floor.serverCpu / rounds[who].serverCpu),
          times(rounds[who].perSecond / rounds.engine.perSecond),
          times(rounds.engine.serverCpu / rounds[who].serverCpu),
        ]),
      ),
  };
  const latency: Table = {
    title: 'Latency of PutRecord, 200 B',
    header: ['connections', 'to', 'p50', 'p99', 'requests/s'],
    rows: found
      .filter(([{ count, bytes }]) => count === 1 && bytes === 200)
      .flatMap(([{ connections }, rounds]) =>
        (['gateway', 'engine', 'floor'] as const).map((who) => [
          String(connections),
          WHO[who],
          ms(rounds[who].p50),
          ms(rounds[who].p99),
          number(rounds[who].perSecond),
        ]),
      ),
  };
  const figures = found.flatMap(([{ key, count }, rounds]) => [
    [`gateway.${key}.ratio`, rounds.gateway.perSecond / rounds.engine.perSecond],
    [`gateway.${key}.cpuRatio`, rounds.engine.serverCpu / rounds.gateway.serverCpu],
    ...(['gateway', 'engine'] as const).flatMap((who) => [
      [`gateway.${key}.${who}.ofBare`, rounds[who].perSecond / rounds.floor.perSecond],
      [`gateway.${key}.${who}.cpuOfBare`, rounds.floor.serverCpu / rounds[who].serverCpu],
    ]),
    ...Object.entries(rounds).map(([who, { perSecond }]) => [
      `gateway.${key}.${who}.records`,
      perSecond * count,
    ]),
  ]);
  return {
    tables: [throughput, latency],
    figures: Object.fromEntries(figures),
    notes: [freshNote(fresh), clientNote(found)],
  };
}

/** A note on what a server costs before V8 has compiled what it runs. */
function freshNote(fresh: Rounds): string {
  const taken = (['gateway', 'engine', 'floor'] as const).map(
    (who) => `${ms(fresh[who].serverCpu)} with ${WHO[who]}`,
  );
  return `PutRecord of 200 bytes with 8 connections took servers that had just started ${taken.join(', ')}, of CPU time: in their first half second.`;
}

/** A note on whether the client itself may have been the bottleneck. */
function clientNote(found: readonly (readonly [Case, Rounds])[]): string {
  const most = (who: keyof Rounds) =>
    Math.max(
      ...found
        .map(([, rounds]) => (rounds[who].clientCpu / rounds[who].serverCpu) * 100)
        .filter(Number.isFinite),
    );
  return `The client's CPU time was at most ${number(most('gateway'))} % of the server's with the API, ${number(most('engine'))} % with the engine, ${number(most('floor'))} % with bare Node: above 100 % it would have been the client that was measured.`;
}
