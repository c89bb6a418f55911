import path from 'node:path';
import { PEERS_FOLDER } from 'dev-kit/bench/peers';
import { startChild } from 'dev-kit/bench/processes/child';
import { type Server, serverOf } from 'dev-kit/bench/processes/server';
import { freePort } from 'dev-kit/testing/processes';
import { answers } from './answers';

/** kinesis-local without TLS and with little logging, which is the fastest that it can be set to. */
export async function startKinesisLocal(): Promise<Server> {
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
  await answers(child, port);
  return serverOf(child, port);
}
