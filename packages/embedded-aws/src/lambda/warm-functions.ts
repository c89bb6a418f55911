import { AwsError } from '../core/errors';
import { type Outcome, type Run, Sandbox, type SandboxSettings } from './sandbox';

/** An idle process is ended after this long. */
const IDLE_MS = 10_000;
/** Its credentials are good for twelve hours. */
const LONGEST_MS = 60 * 60_000;
/** How many functions run at the same time by default; the others wait, each as long as it may. */
const MOST_AT_ONCE = 16;

interface Warm {
  readonly sandbox: Sandbox;
  readonly startedAt: number;
  /** Ends it when nothing has used it for a while. */
  idle?: NodeJS.Timeout;
}

/** Functions in processes that are used again, as Lambda's execution environments are. */
export class WarmFunctions {
  /** Those that wait for an event, by what they run. */
  readonly #idle = new Map<string, Warm[]>();
  readonly #all = new Set<Sandbox>();
  readonly #mostAtOnce: number;
  #running = 0;
  /** Lets those in that wait for their turn, the first one first. */
  readonly #waiting = new Set<() => void>();
  #isClosed = false;

  constructor(mostAtOnce = MOST_AT_ONCE) {
    this.#mostAtOnce = mostAtOnce;
  }

  /**
   * Runs a function for one event.
   * @param key the same for the same code and configuration only
   * @param patienceMs how long it waits for its turn at most
   * @throws AwsError ServiceException, 500
   */
  async run(
    key: string,
    settings: () => SandboxSettings,
    run: Run,
    patienceMs?: number,
  ): Promise<Outcome> {
    await this.#turn(patienceMs);
    try {
      this.#requireOpen();
      const warm = this.#take(key) ?? (await this.#start(settings()));
      try {
        const outcome = await warm.sandbox.run(run);
        this.#requireOpen();
        return outcome;
      } finally {
        this.#keep(key, warm);
      }
    } finally {
      this.#running--;
      const [next] = this.#waiting;
      if (this.#running < this.#mostAtOnce) next?.();
    }
  }

  /** Ends all processes, whatever they do. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#all].map((sandbox) => this.#end(sandbox)));
  }

  /** A call that is cut off has no outcome. */
  #requireOpen(): void {
    if (this.#isClosed) throw new AwsError('ServiceException', 'Lambda stops.', { status: 500 });
  }

  #turn(patienceMs: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const enter = () => {
        clearTimeout(timer);
        this.#waiting.delete(enter);
        this.#running++;
        resolve();
      };
      if (this.#running < this.#mostAtOnce) {
        enter();
        return;
      }
      this.#waiting.add(enter);
      if (patienceMs !== undefined) timer = setTimeout(enter, patienceMs);
    });
  }

  async #start(settings: SandboxSettings): Promise<Warm> {
    const sandbox = await Sandbox.start(settings);
    this.#all.add(sandbox);
    if (this.#isClosed) await this.#end(sandbox);
    this.#requireOpen();
    return { sandbox, startedAt: performance.now() };
  }

  #take(key: string): Warm | undefined {
    const waiting = this.#idle.get(key) ?? [];
    for (let warm = waiting.pop(); warm !== undefined; warm = waiting.pop()) {
      clearTimeout(warm.idle);
      if (warm.sandbox.isUsable) return warm;
      this.#end(warm.sandbox);
    }
    return undefined;
  }

  #keep(key: string, warm: Warm): void {
    const { sandbox, startedAt } = warm;
    const isOld = performance.now() - startedAt > LONGEST_MS;
    if (this.#isClosed || isOld || !sandbox.isUsable) {
      this.#end(sandbox);
      return;
    }
    warm.idle = setTimeout(() => {
      const rest = (this.#idle.get(key) ?? []).filter((other) => other !== warm);
      if (rest.length > 0) this.#idle.set(key, rest);
      else this.#idle.delete(key);
      this.#end(sandbox);
    }, IDLE_MS);
    warm.idle.unref();
    this.#idle.set(key, [...(this.#idle.get(key) ?? []), warm]);
  }

  async #end(sandbox: Sandbox): Promise<void> {
    await sandbox.close();
    this.#all.delete(sandbox);
  }
}
