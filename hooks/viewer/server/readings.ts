import { randomBytes } from 'node:crypto';
import type { ReaderContext } from '../reader/shard-reader';
import { type ReadingEvent, type ReadingPlan, StreamReading } from '../reader/stream-reading';

/** A reading that waits between requests, so that "Next records" goes on where the last page ended. */
export class OpenReading {
  readonly id: string = randomBytes(12).toString('base64url');
  readonly stream: StreamReading;
  readonly #ended = new AbortController();
  /** The request that reads on at this moment. */
  #holder: AbortController | undefined;
  #turn: Promise<void> = Promise.resolve();
  #events: AsyncGenerator<ReadingEvent, void> | undefined;
  /** The event being read; kept when its request ends before it arrives. */
  #pending: Promise<IteratorResult<ReadingEvent, void>> | undefined;

  constructor(context: ReaderContext, plan: ReadingPlan) {
    this.stream = new StreamReading(context, plan);
  }

  /** True while a request reads. */
  get busy(): boolean {
    return this.#holder !== undefined;
  }

  /**
   * Reads on for one request. An earlier one that still does is ended first: who stops and goes on
   * at once must not have to wait.
   */
  async hold(gone: AbortController, act: () => Promise<void>): Promise<void> {
    this.#holder?.abort();
    this.#holder = gone;
    const turn = this.#turn.then(act).finally(() => {
      if (this.#holder === gone) this.#holder = undefined;
    });
    this.#turn = turn.catch(() => {});
    await turn;
  }

  /**
   * The next event; one that is being read when the signal comes is returned by the next call.
   * @throws Kinesis's errors, after which reading may go on; the signal's reason
   */
  async next(signal: AbortSignal): Promise<ReadingEvent | undefined> {
    const isForAnother = this.#pending !== undefined;
    const event = await this.#take(signal);
    // Something may have arrived since the other request.
    return isForAnother && event?.kind === 'tip' ? this.#take(signal) : event;
  }

  async #take(signal: AbortSignal): Promise<ReadingEvent | undefined> {
    this.#events ??= this.stream.events(this.#ended.signal);
    const pending = this.#pending ?? this.#events.next();
    this.#pending = pending;
    try {
      const result = await unlessAborted(pending, signal);
      this.#pending = undefined;
      return result.value ?? undefined;
    } catch (error) {
      if (signal.aborted) throw error;
      this.#pending = undefined;
      this.#events = undefined;
      throw error;
    }
  }

  end(): void {
    this.#pending?.catch(() => {});
    this.#ended.abort();
  }
}

async function unlessAborted<T>(pending: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([pending, aborted]);
  } catch (error) {
    // A later failure may have no listener.
    pending.catch(() => {});
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** A browser's tabs keep one each; the oldest idle one makes room. */
const MOST_READINGS = 12;

/** The readings that pages may go on with. */
export class Readings {
  readonly #context: ReaderContext;
  readonly #open = new Map<string, OpenReading>();

  constructor(context: ReaderContext) {
    this.#context = context;
  }

  start(plan: ReadingPlan): OpenReading {
    const reading = new OpenReading(this.#context, plan);
    this.#open.set(reading.id, reading);
    const idle = [...this.#open.values()].filter(({ busy }) => !busy);
    for (const oldest of idle.slice(0, Math.max(0, this.#open.size - MOST_READINGS))) {
      if (oldest === reading) continue;
      oldest.end();
      this.#open.delete(oldest.id);
    }
    return reading;
  }

  /** Undefined when it has made room for others, or never was. */
  find(id: string): OpenReading | undefined {
    const reading = this.#open.get(id);
    if (reading === undefined) return undefined;
    // The map's order is the order of use.
    this.#open.delete(id);
    this.#open.set(id, reading);
    return reading;
  }

  endAll(): void {
    for (const reading of this.#open.values()) reading.end();
    this.#open.clear();
  }
}
