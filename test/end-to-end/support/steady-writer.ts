/** How many records a second are written. */
export const RATE = 50;

/** Everything a client can tell of an answer, apart from what differs from record to record. */
export interface Kind {
  readonly status: number;
  readonly deployment: string | null;
  readonly contentType: string | null;
  readonly members: string;
}

/** Writes records to a stream through an API, steadily, and looks at every answer. */
export interface SteadyWriter {
  /** The kinds of answers since the last call, each once. */
  kinds(): Kind[];
  /** Ids of the records for which the API answered 200. */
  readonly written: readonly string[];
  /** Records a second since the start. */
  rate(): number;
  /** Stops, and waits for the answers that are still to come. */
  stop(): Promise<void>;
}

/** @param url of a stream: `…/streams/orders` */
export function writeSteadily(url: string): SteadyWriter {
  const started = performance.now();
  const kinds = new Map<string, Kind>();
  const written: string[] = [];
  const open = new Set<Promise<void>>();
  let sent = 0;
  const send = async (id: string) => {
    const answer = await fetch(`${url}/record`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ Data: { id, to: 'Zürich' }, PartitionKey: id }),
    });
    const body = (await answer.json()) as object;
    const kind = {
      status: answer.status,
      deployment: answer.headers.get('x-deployment-id'),
      contentType: answer.headers.get('content-type'),
      members: Object.keys(body).join(),
    };
    kinds.set(JSON.stringify(kind), kind);
    if (answer.status === 200) written.push(id);
  };
  const seconds = () => (performance.now() - started) / 1_000;
  // As many as are due: where the process was held up, the next turn makes up for it.
  const timer = setInterval(() => {
    for (; sent < seconds() * RATE; sent += 1) {
      const request = send(`order-${sent}`).catch((error: Error) => {
        const kind = { status: 0, deployment: null, contentType: null, members: error.message };
        kinds.set(JSON.stringify(kind), kind);
      });
      open.add(request);
      void request.then(() => open.delete(request));
    }
  }, 1_000 / RATE);
  return {
    kinds() {
      const found = [...kinds.values()];
      kinds.clear();
      return found;
    },
    written,
    rate: () => sent / seconds(),
    async stop() {
      clearInterval(timer);
      await Promise.all(open);
    },
  };
}
