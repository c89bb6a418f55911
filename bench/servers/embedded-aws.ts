import path from 'node:path';
import { mainOf, SOURCES } from '../../hooks/local/program';
import { BenchError, type Pace } from '../measurement';
import { startChild } from '../processes/child';
import { type Server, serverOf } from '../processes/server';

/** The embedded AWS as `npm start` starts it, on a free port. */
export async function startEmbeddedAws({ profileFolder }: Pace): Promise<Server> {
  const child = startChild({
    args: ['--port', '0'],
    // A profile is to name the files, of which the bundle is one.
    ...(profileFolder
      ? { script: path.join(SOURCES, 'main.ts'), typescript: true, profileFolder }
      : { script: mainOf() }),
  });
  const message = (await child.message()) as { type: string; port: number };
  if (message.type !== 'listening') {
    throw new BenchError(`The embedded AWS did not start: ${JSON.stringify(message)}`);
  }
  return serverOf(child, message.port);
}
