import path from 'node:path';
import { startChild } from 'dev-kit/bench/processes/child';
import { type Server, serverOf } from 'dev-kit/bench/processes/server';

/** A bare Node server, the least that anything here can cost. */
export async function startFloor(): Promise<Server> {
  const child = startChild({ script: path.join(__dirname, 'floor-main.cjs') });
  const { port } = (await child.message()) as { port: number };
  return serverOf(child, port);
}
