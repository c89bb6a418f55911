import { pipProgram } from 'dev-kit/bench/peers';
import { startProgram } from 'dev-kit/bench/processes/child';
import { type Server, serverOf } from 'dev-kit/bench/processes/server';
import { freePort } from 'dev-kit/testing/processes';
import { answers } from './answers';

/** moto's server, all services in one process. */
export async function startMoto(): Promise<Server> {
  const port = await freePort();
  const child = startProgram({
    program: pipProgram('moto', 'moto_server'),
    args: ['--host', '127.0.0.1', '--port', String(port)],
    environment: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      // It has AWS's own policies only when it is told to load them, and stacks attach some.
      MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
    },
  });
  await answers(child, port);
  return serverOf(child, port);
}
