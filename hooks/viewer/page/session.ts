import { fromBase64 } from '../format/base64';
import type { StreamRecord } from '../format/record';
import type { Lags, ReadingMessage, RecordMessage } from '../protocol';
import { ProblemError, readMessages } from './api-client';
import type { Choice } from './choices';

/** How far to read: a page, everything there is, or for as long as it is looked at. */
export type Extent = 'page' | 'tip' | 'stopped';

/** Where a reading stands. */
export type Standing = 'page' | 'tip' | 'ended' | 'stopped';

export interface SessionActions {
  readonly onStart: (extent: Extent) => void;
  readonly onRecords: (records: readonly StreamRecord[]) => void;
  readonly onLags: (lags: Lags) => void;
  readonly onTip: () => void;
  readonly onNotice: (text: string) => void;
  readonly onResharded: () => void;
  readonly onProblem: (problem: ProblemError['problem']) => void;
  readonly onEnd: (standing: Standing) => void;
}

/** As many as the console shows. */
const PAGE = '50';
/** How long the page may work before it is drawn. */
const SLICE_MS = 12;

/** One reading of the chosen shards, page by page or without end. */
export class Session {
  readonly #actions: SessionActions;
  #reading: string | undefined;
  #running: AbortController | undefined;

  constructor(actions: SessionActions) {
    this.#actions = actions;
  }

  /** Whether there is a reading to go on with. */
  get isOpen(): boolean {
    return this.#reading !== undefined;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Forgets where it stands; the next reading begins anew. */
  reset(): void {
    this.stop();
    this.#reading = undefined;
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  /** Reads on, or from the chosen position when there is nothing to go on with. */
  async read(choice: Choice, extent: Extent): Promise<void> {
    this.stop();
    const running = new AbortController();
    this.#running = running;
    this.#actions.onStart(extent);
    let standing: Standing | 'failed' = 'stopped';
    try {
      const from: Record<string, string> =
        this.#reading === undefined ? { ...choice } : { reading: this.#reading };
      const parameters = { ...from, until: extent, limit: PAGE };
      for await (const messages of readMessages(parameters, running.signal)) {
        standing = (await this.#take(messages, running.signal)) ?? standing;
      }
    } catch (error) {
      if (running.signal.aborted) standing = 'stopped';
      else {
        standing = 'failed';
        this.#fail(error);
      }
    }
    if (this.#running === running) this.#running = undefined;
    // Another reading may have begun in the place of this one.
    else if (this.#running !== undefined) return;
    if (standing !== 'failed') this.#actions.onEnd(standing);
  }

  /** @returns where the reading stands, if a message says so */
  async #take(
    messages: readonly ReadingMessage[],
    signal: AbortSignal,
  ): Promise<Standing | 'failed' | undefined> {
    let standing: Standing | 'failed' | undefined;
    let records: StreamRecord[] = [];
    let began = performance.now();
    for (const message of messages) {
      if (message.kind === 'record') records.push(recordOf(message));
      else standing = this.#heed(message) ?? standing;
      if (performance.now() - began < SLICE_MS) continue;
      this.#actions.onRecords(records);
      records = [];
      await new Promise((resolve) => setTimeout(resolve));
      if (signal.aborted) return 'stopped';
      began = performance.now();
    }
    if (records.length > 0) this.#actions.onRecords(records);
    return standing;
  }

  #heed(message: Exclude<ReadingMessage, RecordMessage>): Standing | 'failed' | undefined {
    switch (message.kind) {
      case 'reading':
        this.#reading = message.reading;
        return undefined;
      case 'lags':
        this.#actions.onLags(message.lags);
        return undefined;
      case 'notice':
        this.#actions.onNotice(message.text);
        return undefined;
      case 'resharded':
        this.#actions.onResharded();
        return undefined;
      case 'failure':
        this.#actions.onProblem(message.problem);
        return 'failed';
      case 'tip':
        this.#actions.onTip();
        return 'tip';
      default:
        return message.kind;
    }
  }

  #fail(error: unknown): void {
    if (!(error instanceof ProblemError)) {
      this.#actions.onProblem({
        code: 'CONNECTION_LOST',
        title: 'The connection to the viewer broke off',
        advice: error instanceof Error ? error.message : String(error),
      });
      return;
    }
    if (error.problem.code === 'READING_GONE') this.#reading = undefined;
    this.#actions.onProblem(error.problem);
  }
}

function recordOf({ kind: _, data, ...record }: RecordMessage): StreamRecord {
  return { ...record, data: fromBase64(data) };
}
