import type { Clock } from '../reader/pace';
import type { ReplayRecord } from './exported-record';

/** Gives records when they are due: with the pauses between them that they arrived with. */
export class Source {
  readonly #records: AsyncIterator<ReplayRecord>;
  readonly #clock: Clock;
  readonly #speed: number;
  /** Being read; kept where nobody waits for it. */
  #reading: Promise<void> | undefined;
  #next: ReplayRecord | undefined;
  /** Arrival of the first record that has one, and when it was due. */
  #origin: { readonly arrivedAt: number; readonly dueAt: number } | undefined;
  isAtEnd = false;
  /** Why no more can be read. */
  error: unknown;

  /** @param speed times as fast as they arrived */
  constructor(records: AsyncIterable<ReplayRecord>, clock: Clock, speed: number) {
    this.#records = records[Symbol.asyncIterator]();
    this.#clock = clock;
    this.#speed = speed;
  }

  /** Milliseconds until the next record is due; undefined where none is known. */
  get restMs(): number | undefined {
    return this.#next && Math.max(0, this.#dueAt(this.#next) - this.#clock.now());
  }

  /**
   * The next record.
   * @param waits whether to wait until one is read, as from a pipe
   * @returns undefined where none is due, or has been read
   * @throws the signal's reason
   */
  async take(waits: boolean, signal: AbortSignal): Promise<ReplayRecord | undefined> {
    if (this.#next === undefined) await this.#read(waits, signal);
    const next = this.#next;
    if (next === undefined || (this.restMs ?? 0) > 0) return undefined;
    this.#next = undefined;
    return next;
  }

  async close(): Promise<void> {
    // A pipe that gives nothing is not waited for.
    if (this.#reading === undefined) await this.#records.return?.();
  }

  async #read(waits: boolean, signal: AbortSignal): Promise<void> {
    if (this.isAtEnd || this.error !== undefined) return;
    this.#reading ??= this.#readOne();
    if (!waits) {
      await Promise.race([this.#reading, new Promise(setImmediate)]);
      return;
    }
    let stop = () => {};
    const aborted = new Promise<void>((resolve) => {
      stop = resolve;
      signal.addEventListener('abort', stop, { once: true });
    });
    await Promise.race([this.#reading, aborted]);
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
  }

  async #readOne(): Promise<void> {
    try {
      const { value, done } = await this.#records.next();
      if (done) this.isAtEnd = true;
      else this.#next = value;
    } catch (error) {
      this.error = error;
    } finally {
      this.#reading = undefined;
    }
  }

  #dueAt({ arrivedAt }: ReplayRecord): number {
    if (arrivedAt === undefined || this.#speed === Number.POSITIVE_INFINITY) return 0;
    this.#origin ??= { arrivedAt, dueAt: this.#clock.now() };
    return this.#origin.dueAt + (arrivedAt - this.#origin.arrivedAt) / this.#speed;
  }
}
