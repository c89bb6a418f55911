import type { Server } from '../processes/server';
import { percentile } from '../statistics';
import { Connection } from './connection';

export interface SteadyOptions {
  readonly server: Server;
  /** Sent in turn, repeatedly. */
  readonly requests: readonly Buffer[];
  readonly perSecond: number;
  readonly milliseconds: number;
  /** One request at a time each: so many that none has to wait for a connection for long. */
  readonly connections: number;
}

/** The result of a steady load. Times are in milliseconds. */
export interface Steady {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** What was answered a second: less than asked for if the server could not keep up. */
  readonly perSecond: number;
}

/**
 * Sends at a fixed rate, whatever the answers take (an open loop): a request that is late because
 * those before it were slow is measured from when it should have been sent.
 * @throws Error when an answer is not a 200
 */
export async function steadyLoad(options: SteadyOptions): Promise<Steady> {
  const { server, requests, perSecond, milliseconds, connections } = options;
  const idle = await Promise.all(
    Array.from({ length: connections }, () => Connection.open(server.port)),
  );
  const all = [...idle];
  const total = Math.max(1, Math.round((perSecond * milliseconds) / 1000));
  const latencies: number[] = [];
  const started = performance.now();
  const dueAt = (request: number) => started + (request * 1000) / perSecond;
  try {
    await new Promise<void>((resolve, reject) => {
      let next = 0;
      const send = (connection: Connection, request: number) => {
        connection
          .send(requests[request % requests.length] ?? Buffer.alloc(0))
          .then(({ status, body }) => {
            if (status !== 200)
              throw new Error(`Status ${status}: ${body.toString().slice(0, 300)}`);
            latencies.push(performance.now() - dueAt(request));
            idle.push(connection);
            if (latencies.length === total) resolve();
            else pump();
          })
          .catch(reject);
      };
      const pump = () => {
        while (next < total && dueAt(next) <= performance.now()) {
          const connection = idle.pop();
          // The next answer will send it.
          if (connection === undefined) return;
          send(connection, next);
          next += 1;
        }
      };
      // A timer knows milliseconds; the event loop turns more often than that.
      const turn = () => {
        pump();
        if (next < total) setImmediate(turn);
      };
      turn();
    });
  } finally {
    for (const connection of all) connection.close();
  }
  return {
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    max: Math.max(...latencies),
    perSecond: (total * 1000) / (performance.now() - started),
  };
}
