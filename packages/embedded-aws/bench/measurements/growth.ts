import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  ListStacksCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { compare } from 'dev-kit/bench/client/compare';
import { apiRequest, kinesisRequest } from 'dev-kit/bench/client/requests';
import { sdkOf } from 'dev-kit/bench/client/sdk';
import type { Measurement, Pace } from 'dev-kit/bench/measurement';
import type { Server } from 'dev-kit/bench/processes/server';
import { ms, number, type Table, times } from 'dev-kit/bench/report/table';
import { median } from 'dev-kit/bench/statistics';
import { startEmbeddedAws } from '../servers/embedded-aws';
import { KinesisClient } from '../servers/kinesis-client';
import { apiTemplate } from './api-template';

const ROUTES = [6, 60] as const;
const STACKS = 50;
const STREAMS = 1_000;

/**
 * An account may send its APIs 10,000 requests a second, and 5,000 more at once; the gateway can
 * answer more than that. So that no round of routes is throttled, it is short, and one
 * connection's.
 */
const UNTHROTTLED = { connections: 1, mostRequests: 1_000 };

/** Costs in relation to the number of routes, stacks and streams. */
export const growth: Measurement = {
  name: 'growth',
  title: 'Growth',
  how: 'On the embedded AWS, with stacks made for it: an API of 6 and of 60 routes deployed and called at its last route; the first and the fiftieth stack deployed, described and called; 1 and 1,000 streams described, listed and written to. Deploying is CreateStack until CREATE_COMPLETE.',
  mostSeconds: 90,
  async run(pace) {
    const aws = await startEmbeddedAws(pace);
    const client = new CloudFormationClient(sdkOf(aws.port));
    try {
      const routes = await byRoutes(pace, aws, client);
      const stacks = await byStacks(pace, aws, client);
      const streams = await byStreams(pace, aws);
      return {
        tables: [routes.table, stacks.table, streams.table],
        figures: { ...routes.figures, ...stacks.figures, ...streams.figures },
      };
    } finally {
      client.destroy();
      await aws.stop();
    }
  },
};

interface Found {
  readonly table: Table;
  readonly figures: Readonly<Record<string, number>>;
}

async function byRoutes(pace: Pace, aws: Server, client: CloudFormationClient): Promise<Found> {
  const [few, many] = ROUTES;
  const deployMs = new Map<number, number[]>();
  const urls = new Map<number, string>();
  for (let round = 0; round <= pace.rounds; round += 1) {
    for (const count of ROUTES) {
      pace.progress(`${count} routes`);
      const name = `routes-${count}-${round}`;
      const took = await timed(() => createStack(client, name, count));
      if (round > 0) deployMs.set(count, [...(deployMs.get(count) ?? []), took]);
      if (round < pace.rounds) await deleteStack(client, name);
      else urls.set(count, await invokeUrl(aws, client, name));
    }
  }
  const subject = (count: number) => ({
    server: aws,
    requests: [apiRequest(urls.get(count) ?? '', 'GET', `/route-${count}`)],
    mostRequests: UNTHROTTLED.mostRequests,
  });
  const called = await compare(pace, UNTHROTTLED.connections, {
    few: subject(few),
    many: subject(many),
  });
  const deployed = (count: number) => median(deployMs.get(count) ?? []);
  const perRoute = deployed(many) / many / (deployed(few) / few);
  return {
    table: {
      header: ['', `${few} routes`, `${many} routes`, 'grew to'],
      rows: [
        ['deploy', ms(deployed(few)), ms(deployed(many)), times(deployed(many) / deployed(few))],
        callRow('call of the last route', called),
      ],
    },
    figures: { 'growth.routes.deployPerRoute': perRoute, 'growth.routes.call': ratio(called) },
  };
}

async function byStacks(pace: Pace, aws: Server, client: CloudFormationClient): Promise<Found> {
  const count = pace.quick ? 5 : STACKS;
  const deployMs: number[] = [];
  const describeMs: number[] = [];
  const listMs: number[] = [];
  for (let stack = 1; stack <= count; stack += 1) {
    pace.progress(`${stack} stacks`);
    deployMs.push(await timed(() => createStack(client, `stack-${stack}`, ROUTES[0])));
    const StackName = `stack-${stack}`;
    describeMs.push(await timed(() => client.send(new DescribeStacksCommand({ StackName }))));
    listMs.push(await timed(() => client.send(new ListStacksCommand({}))));
  }
  const last = ROUTES[0];
  const subject = async (name: string) => ({
    server: aws,
    requests: [apiRequest(await invokeUrl(aws, client, name), 'GET', `/route-${last}`)],
    mostRequests: UNTHROTTLED.mostRequests,
  });
  const called = await compare(pace, UNTHROTTLED.connections, {
    few: await subject('stack-1'),
    many: await subject(`stack-${count}`),
  });
  const early = (all: number[]) => median(all.slice(0, 5));
  const late = (all: number[]) => median(all.slice(-5));
  const row = (label: string, all: number[]) => [
    label,
    ms(early(all)),
    ms(late(all)),
    times(late(all) / early(all)),
  ];
  return {
    table: {
      header: ['', 'the first 5 stacks', `the last 5 of ${count}`, 'grew to'],
      rows: [
        row('deploy, 6 routes each', deployMs),
        row('DescribeStacks of one', describeMs),
        row('ListStacks, its first page', listMs),
        callRow('call of a route', called),
      ],
    },
    figures: { 'growth.stacks.deploy': late(deployMs) / early(deployMs) },
  };
}

/** Two accounts: a slow moment, and code that is not yet compiled, must hit both alike. */
const ACCOUNTS = { few: '111111111111', many: '222222222222' };

async function byStreams(pace: Pace, aws: Server): Promise<Found> {
  const count = pace.quick ? 50 : STREAMS;
  const clients = {
    few: await KinesisClient.open(aws.port, ACCOUNTS.few),
    many: await KinesisClient.open(aws.port, ACCOUNTS.many),
  };
  const createMs: number[] = [];
  await clients.few.createStream('stream-1', 1);
  for (let stream = 1; stream <= count; stream += 1) {
    if (stream % 100 === 0) pace.progress(`${stream} streams`);
    const input = { StreamName: `stream-${stream}`, ShardCount: 1 };
    createMs.push(await timed(() => clients.many.call('CreateStream', input)));
  }
  await clients.many.active('stream-1');
  const calls = {
    PutRecord: { StreamName: 'stream-1', Data: 'ZGF0YQ==', PartitionKey: 'key' },
    DescribeStreamSummary: { StreamName: 'stream-1' },
    ListStreams: {},
  } as const;
  const rows: string[][] = [];
  const figures: Record<string, number> = {};
  for (const [action, input] of Object.entries(calls)) {
    pace.progress(`${action} with ${count} streams`);
    const subject = (account: string) => ({
      server: aws,
      requests: [kinesisRequest(aws.port, action, input, account)],
    });
    const called = await compare(pace, 8, {
      few: subject(ACCOUNTS.few),
      many: subject(ACCOUNTS.many),
    });
    rows.push(callRow(action === 'ListStreams' ? 'ListStreams, its first page' : action, called));
    figures[`growth.streams.${action}`] = ratio(called);
  }
  for (const client of Object.values(clients)) client.close();
  const [first, last] = [median(createMs.slice(0, 20)), median(createMs.slice(-20))];
  return {
    table: {
      header: ['', '1 stream', `${number(count)} streams`, 'grew to'],
      rows: [...rows, ['CreateStream', ms(first), ms(last), times(last / first)]],
    },
    figures,
  };
}

type Called = Record<'few' | 'many', { readonly serverCpu: number }>;

const ratio = ({ few, many }: Called) => many.serverCpu / few.serverCpu;

const callRow = (label: string, called: Called) => [
  `${label}, CPU`,
  ms(called.few.serverCpu),
  ms(called.many.serverCpu),
  times(ratio(called)),
];

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

/** How often a waiter looks, in seconds. */
const POLL = { minDelay: 0.005, maxDelay: 0.005, maxWaitTime: 60 };

async function createStack(
  client: CloudFormationClient,
  StackName: string,
  routes: number,
): Promise<void> {
  await client.send(
    new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(apiTemplate(routes)) }),
  );
  await waitUntilStackCreateComplete({ client, ...POLL }, { StackName });
}

async function deleteStack(client: CloudFormationClient, StackName: string): Promise<void> {
  await client.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete({ client, ...POLL }, { StackName });
}

async function invokeUrl(
  aws: Server,
  client: CloudFormationClient,
  StackName: string,
): Promise<string> {
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  const [id] = stack?.Outputs ?? [];
  return `http://127.0.0.1:${aws.port}/_aws/execute-api/${id?.OutputValue}/bench`;
}
