import { absentNotes, BenchError, type Measurement, type Pace } from 'dev-kit/bench/measurement';
import type { Server } from 'dev-kit/bench/processes/server';
import { PEER_SERVERS, startEmbeddedAws } from 'embedded-aws/bench';
import { callNotes, callsTable, measureCalls } from './peers/calls';
import { PRODUCTS, type Product, versioned, WITH_STACKS } from './peers/product';
import { makeStack, stackNotes, stacksTable } from './peers/stack';
import { type Started, startedTable } from './peers/started';

/** Whole emulators side by side: start, deploy, verification, the API, the engine, memory. */
export const peers: Measurement = {
  name: 'peers',
  title: 'Beside other emulators',
  how: "The embedded AWS beside ferrokinesis (Rust; Kinesis alone), moto's server (Python) and LocalStack without Docker (Python, with the Kinesis engine that it brings, kinesis-local), each a process of its own with what it starts. Ready is when ListStreams answers; a first start, which may install something, is not counted. Then the real `serverless deploy` and `serverless verify` of this service's stack, and the same calls to all in turns, a few at a time: some need a second for one. Memory and CPU are of all of a server's processes.",
  peers: PRODUCTS,
  mostSeconds: 110,
  async run(pace) {
    const started = new Map<Product, Started>();
    const broken: string[] = [];
    try {
      for (const name of productsHere(pace)) {
        pace.progress(`start of ${name}`);
        try {
          started.set(name, await startOf(name, pace));
        } catch (error) {
          if (name === 'embedded AWS' || !(error instanceof BenchError)) throw error;
          broken.push(`${versioned(name)} did not start. ${error.message}`);
        }
      }
      const servers = new Map<Product, Server>(
        Array.from(started, ([name, { server }]) => [name, server]),
      );
      const stacks = new Map<Product, Awaited<ReturnType<typeof makeStack>>>();
      for (const name of WITH_STACKS) {
        const server = servers.get(name);
        if (server === undefined) continue;
        pace.progress(`deploy to ${name}`);
        stacks.set(name, await makeStack(server.port, { isOther: name !== 'embedded AWS' }));
      }
      const { calls, problems } = await measureCalls(pace, servers, stacks);
      return {
        tables: [await startedTable(started), stacksTable(stacks), callsTable(calls)],
        figures: {},
        notes: [
          ...absentNotes(pace, PRODUCTS),
          ...broken,
          ...problems,
          ...stackNotes(stacks),
          ...callNotes(calls),
          'ferrokinesis has no CloudFormation and no API Gateway. It listens on every address.',
        ],
      };
    } finally {
      await Promise.all(Array.from(started.values(), ({ server }) => server.stop()));
    }
  },
};

const productsHere = ({ absent }: Pace): readonly Product[] => [
  'embedded AWS',
  ...PRODUCTS.filter((name) => !absent.has(name)),
];

async function startOf(name: Product, pace: Pace): Promise<Started> {
  const start = name === 'embedded AWS' ? () => startEmbeddedAws(pace) : PEER_SERVERS[name];
  if (!pace.quick) await (await start()).stop();
  const server = await start();
  return { server, idleBytes: (await server.usage()).rssBytes };
}
