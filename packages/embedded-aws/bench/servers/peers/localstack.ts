import path from 'node:path';
import { PEERS_FOLDER, pipProgram } from 'dev-kit/bench/peers';
import { startProgram } from 'dev-kit/bench/processes/child';
import { type Server, serverOf } from 'dev-kit/bench/processes/server';
import { freePort } from 'dev-kit/testing/processes';
import { answers } from './answers';

/**
 * LocalStack without Docker, with little logging, no DNS server and nothing sent to its makers. Its
 * Kinesis is kinesis-local, which it installs (npm) when it first needs it.
 * https://docs.localstack.cloud/aws/capabilities/config/configuration/
 */
export async function startLocalStack(): Promise<Server> {
  const port = await freePort();
  const folder = path.join(PEERS_FOLDER, 'localstack');
  const child = startProgram({
    program: pipProgram('localstack', 'python'),
    args: ['-m', 'localstack.runtime.main'],
    folder,
    environment: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      // It keeps there which plugins it has, and would find those of another one.
      XDG_CACHE_HOME: path.join(folder, 'cache'),
      // Else it writes to /var/lib in a container, whichever that is.
      OVERRIDE_IN_DOCKER: '0',
      FILESYSTEM_ROOT: path.join(folder, 'filesystem'),
      GATEWAY_LISTEN: `127.0.0.1:${port}`,
      DNS_ADDRESS: '0',
      DISABLE_EVENTS: '1',
      SKIP_SSL_CERT_DOWNLOAD: '1',
      SKIP_INFRA_DOWNLOADS: '1',
      LS_LOG: 'error',
      KINESIS_MOCK_LOG_LEVEL: 'ERROR',
      KINESIS_LATENCY: '50',
    },
  });
  await answers(child, port);
  return serverOf(child, port);
}
