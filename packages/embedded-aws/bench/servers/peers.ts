import path from 'node:path';
import { Connection } from 'dev-kit/bench/client/connection';
import { kinesisRequest } from 'dev-kit/bench/client/requests';
import { BenchError } from 'dev-kit/bench/measurement';
import { PEERS_FOLDER } from 'dev-kit/bench/peers';
import { startChild } from 'dev-kit/bench/processes/child';
import { type Server, serverOf } from 'dev-kit/bench/processes/server';
import { freePort } from 'dev-kit/testing/processes';

export async function startKinesaliteAndLocal(): Promise<{
  kinesalite: Server;
  kinesisLocal: Server;
}> {
  const kinesalite = await startKinesalite();
  return { kinesalite, kinesisLocal: await startKinesisLocal() };
}

/** kinesalite with its database in memory, its default. */
async function startKinesalite(): Promise<Server> {
  const child = startChild({
    script: path.join(__dirname, 'kinesalite-main.cjs'),
    args: [PEERS_FOLDER],
  });
  const { port } = (await child.message()) as { port: number };
  return serverOf(child, port);
}

const PATIENCE_MS = 30_000;

/** kinesis-local without TLS and with little logging, which is the fastest that it can be set to. */
async function startKinesisLocal(): Promise<Server> {
  const folder = path.join(PEERS_FOLDER, 'node_modules', 'kinesis-local');
  const port = await freePort();
  const child = startChild({
    script: path.join(folder, 'main.js'),
    folder,
    environment: {
      PATH: process.env.PATH,
      LOG_LEVEL: 'ERROR',
      KINESIS_MOCK_PLAIN_PORT: String(port),
      KINESIS_MOCK_TLS_PORT: String(await freePort()),
      KINESIS_MOCK_CERT_PATH: path.join(folder, 'server.json'),
      CREATE_STREAM_DURATION: '50ms',
      DELETE_STREAM_DURATION: '50ms',
    },
  });
  await answers(port, child.startedAt + PATIENCE_MS, () => child.output());
  return serverOf(child, port);
}

/** It does not say when it is ready. */
async function answers(port: number, deadline: number, output: () => string): Promise<void> {
  while (performance.now() < deadline) {
    try {
      const connection = await Connection.open(port);
      await connection.send(kinesisRequest(port, 'ListStreams', {}));
      connection.close();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  throw new BenchError(`kinesis-local did not answer. It printed:\n${output()}`);
}
