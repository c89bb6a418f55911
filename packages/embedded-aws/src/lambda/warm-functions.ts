import { AwsError } from '../core/errors';
import { type Outcome, type Run, Sandbox, type SandboxSettings } from './sandbox';

/** An idle process is ended after this long. */
const IDLE_MS = 10_000;
/** Its credentials are good for twelve hours. */
const LONGEST_MS = 60 * 60_000;
/** How many functions run at the same time; the others wait. */
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
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  #isClosed = false;

  /**
   * Runs a function for one event.
   * @param key the same for the same code and configuration only
   * @throws AwsError ServiceException, 500
   */
  async run(key: string, settings: () => SandboxSettings, run: Run): Promise<Outcome> {
    await this.#turn();
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
      this.#waiting.shift()?.();
    }
  }

  /** Runs a function for one event in a process that is ended afterwards: a cold start. */
  async runOnce(settings: SandboxSettings, run: Run): Promise<Outcome> {
    const { sandbox } = await this.#start(settings);
    try {
      const outcome = await sandbox.run(run);
      this.#requireOpen();
      return outcome;
    } finally {
      await this.#end(sandbox);
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

  async #turn(): Promise<void> {
    while (this.#running >= MOST_AT_ONCE) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running++;
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
