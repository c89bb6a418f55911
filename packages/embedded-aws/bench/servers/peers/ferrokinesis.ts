import { cargoProgram } from 'dev-kit/bench/peers';
import { startProgram } from 'dev-kit/bench/processes/child';
import { type Server, serverOf } from 'dev-kit/bench/processes/server';
import { freePort } from 'dev-kit/testing/processes';
import { answers } from './answers';

/** ferrokinesis with little logging. It listens on every address: it has no option for one. */
export async function startFerrokinesis(): Promise<Server> {
  const port = await freePort();
  const times = ['create', 'delete', 'update'].flatMap((what) => [`--${what}-stream-ms`, '50']);
  const child = startProgram({
    program: cargoProgram('ferrokinesis'),
    args: ['--port', String(port), '--log-level', 'error', ...times],
    environment: { PATH: process.env.PATH },
  });
  await answers(child, port);
  return serverOf(child, port);
}
