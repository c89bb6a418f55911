import type { Server } from 'dev-kit/bench/processes/server';
import { megabytes, ms, type Table } from 'dev-kit/bench/report/table';
import { type Product, versioned } from './product';

export interface Started {
  readonly server: Server;
  /** Resident as soon as it was ready. */
  readonly idleBytes: number;
}

/** To be called when all has been measured: memory has grown until then. */
export async function startedTable(started: ReadonlyMap<Product, Started>): Promise<Table> {
  const rows: string[][] = [];
  for (const [name, { server, idleBytes }] of started) {
    const { rssBytes } = await server.usage();
    rows.push([
      versioned(name),
      ms(server.startMs),
      megabytes(idleBytes / 1e6),
      megabytes(rssBytes / 1e6),
    ]);
  }
  return {
    title: 'Start and memory',
    header: ['', 'ready after', 'resident when ready', 'resident after all of this'],
    rows,
  };
}
