import path from 'node:path';
import { PEERS_FOLDER } from 'dev-kit/bench/peers';
import { startChild } from 'dev-kit/bench/processes/child';
import { type Server, serverOf } from 'dev-kit/bench/processes/server';

/** kinesalite with its database in memory, its default. */
export async function startKinesalite(): Promise<Server> {
  const child = startChild({
    script: path.join(__dirname, 'kinesalite-main.cjs'),
    args: [PEERS_FOLDER],
  });
  const { port } = (await child.message()) as { port: number };
  return serverOf(child, port);
}
