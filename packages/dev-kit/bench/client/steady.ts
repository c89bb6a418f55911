import type { Server } from '../processes/server';
import { percentile } from '../statistics';
import { Connection } from './connection';

export interface Rate {
  /** Sent in turn, repeatedly. */
  readonly requests: readonly Buffer[];
  readonly perSecond: number;
  readonly milliseconds: number;
}

export interface SteadyOptions extends Rate {
  readonly server: Server;
  /** One request at a time each: so many that none has to wait for a connection for long. */
  readonly connections: number;
}

/** The result of a steady load. Times are in milliseconds. */
export interface Steady {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Answers a second: fewer than asked for if the server could not keep up. */
  readonly perSecond: number;
}

/**
 * Sends at a fixed rate, whatever the answers take (an open loop): a request that is late because
 * those before it were slow is measured from when it should have been sent.
 * @throws Error when an answer is not a 200
 */
export async function steadyLoad({ server, connections, ...rate }: SteadyOptions): Promise<Steady> {
  const open = await Promise.all(
    Array.from({ length: connections }, () => Connection.open(server.port)),
  );
  try {
    return await sendSteadily(open, rate);
  } finally {
    for (const connection of open) connection.close();
  }
}

type Sender = Pick<Connection, 'send'>;

/** See {@link steadyLoad}. @param senders each sends one request at a time */
export async function sendSteadily(
  senders: readonly Sender[],
  { requests, perSecond, milliseconds }: Rate,
): Promise<Steady> {
  const total = Math.max(1, Math.round((perSecond * milliseconds) / 1000));
  const latencies: number[] = [];
  const idle = [...senders];
  const started = performance.now();
  const dueAt = (request: number) => started + (request * 1000) / perSecond;
  let next = 0;
  await new Promise<void>((resolve, reject) => {
    const fail = (error: unknown) => {
      next = total;
      reject(error);
    };
    const send = async (sender: Sender, request: number) => {
      const { status, body } = await sender.send(requests[request % requests.length] as Buffer);
      if (status !== 200) throw new Error(`Status ${status}: ${body.toString().slice(0, 300)}`);
      latencies.push(performance.now() - dueAt(request));
      idle.push(sender);
      if (latencies.length === total) resolve();
    };
    // A timer knows milliseconds; the event loop turns more often than that.
    const turn = () => {
      while (next < total && dueAt(next) <= performance.now()) {
        const sender = idle.pop();
        if (sender === undefined) break;
        send(sender, next).catch(fail);
        next += 1;
      }
      if (next < total) setImmediate(turn);
    };
    turn();
  });
  return {
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    max: latencies.reduce((most, one) => Math.max(most, one), 0),
    perSecond: (total * 1000) / (performance.now() - started),
  };
}
