import { Connection } from 'dev-kit/bench/client/connection';
import { kinesisRequest } from 'dev-kit/bench/client/requests';
import { BenchError } from 'dev-kit/bench/measurement';
import type { Child } from 'dev-kit/bench/processes/child';

/** LocalStack installs its Kinesis (npm) before its first answer. */
const PATIENCE_MS = 60_000;

/**
 * Waits until a server's Kinesis answers: it does not say itself when it is ready.
 * @throws BenchError with what it printed when it ends, or does not answer in a minute
 */
export async function answers(child: Child, port: number): Promise<void> {
  const hasEnded = child.ended.then(() => true);
  while (performance.now() < child.startedAt + PATIENCE_MS) {
    if (await isAnswered(port)) return;
    const pause = new Promise<false>((resolve) => setTimeout(() => resolve(false), 20));
    if (await Promise.race([hasEnded, pause])) break;
  }
  throw new BenchError(`Nothing answered on port ${port}. The server printed:\n${child.output()}`);
}

async function isAnswered(port: number): Promise<boolean> {
  try {
    const connection = await Connection.open(port);
    const { status } = await connection.send(kinesisRequest(port, 'ListStreams', {}));
    connection.close();
    return status === 200;
  } catch {
    return false;
  }
}
