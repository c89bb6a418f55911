import type { Server } from '../processes/server';
import { median, percentile } from '../statistics';
import { Connection } from './connection';

/** A server and the requests to load it with. */
export interface Subject {
  readonly server: Server;
  /** Sent in turn, repeatedly. */
  readonly requests: readonly Buffer[];
  /**
   * No more a round, however much time is left: where each request leaves a lot behind, or takes
   * long.
   */
  readonly mostRequests?: number;
}

export interface LoadOptions {
  readonly connections: number;
  readonly milliseconds: number;
}

/** The result of one round of load. Times are in milliseconds. */
export interface LoadRound {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** CPU time of the server's process per request. */
  readonly serverCpu: number;
  /** CPU time of this process per request. */
  readonly clientCpu: number;
}

/** A server under load, round by round. */
export class Load {
  readonly #subject: Subject;
  readonly #options: LoadOptions;

  constructor(subject: Subject, options: LoadOptions) {
    this.#subject = subject;
    this.#options = options;
  }

  /**
   * Every connection sends, waits for the answer and sends again, until time is up.
   * @throws Error when an answer is not a 200
   */
  async round(): Promise<LoadRound> {
    const { connections, milliseconds } = this.#options;
    const { requests, server, mostRequests = Number.POSITIVE_INFINITY } = this.#subject;
    // New connections each round, because servers may close those that were idle meanwhile.
    const open = await Promise.all(
      Array.from({ length: Math.min(connections, mostRequests) }, () =>
        Connection.open(server.port),
      ),
    );
    const latencies: number[] = [];
    const serverCpu = (await server.usage()).cpuMs;
    const clientCpu = process.cpuUsage();
    const started = performance.now();
    const deadline = started + milliseconds;
    let sent = 0;
    const work = async (connection: Connection): Promise<void> => {
      // Each connection sends at least one request: a round without answers would be useless.
      do {
        const request = requests[sent % requests.length] ?? Buffer.alloc(0);
        sent += 1;
        const began = performance.now();
        const { status, body } = await connection.send(request);
        latencies.push(performance.now() - began);
        if (status !== 200) throw new Error(`Status ${status}: ${body.toString().slice(0, 300)}`);
      } while (performance.now() < deadline && sent < mostRequests);
    };
    await Promise.all(open.map(work)).finally(() => {
      for (const connection of open) connection.close();
    });
    const took = performance.now() - started;
    const { user, system } = process.cpuUsage(clientCpu);
    return {
      perSecond: (latencies.length * 1000) / took,
      p50: percentile(latencies, 0.5),
      p99: percentile(latencies, 0.99),
      serverCpu: ((await server.usage()).cpuMs - serverCpu) / latencies.length,
      clientCpu: (user + system) / 1000 / latencies.length,
    };
  }
}

/** The medians of several rounds, figure by figure. */
export function medianRound(rounds: readonly LoadRound[]): LoadRound {
  const of = (figure: keyof LoadRound) => median(rounds.map((round) => round[figure]));
  return {
    perSecond: of('perSecond'),
    p50: of('p50'),
    p99: of('p99'),
    serverCpu: of('serverCpu'),
    clientCpu: of('clientCpu'),
  };
}
