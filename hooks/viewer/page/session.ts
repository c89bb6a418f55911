import { fromBase64 } from '../format/base64';
import type { StreamRecord } from '../format/record';
import type { Extent, Positions, Problem, ReadingMessage, RecordMessage } from '../protocol';
import { ProblemError, readMessages } from './api-client';
import type { Choice } from './choices';

/** Where a reading stands. */
export type Standing = 'page' | 'tip' | 'ended' | 'stopped';

export interface SessionActions {
  readonly onStart: (extent: Extent) => void;
  readonly onRecords: (records: readonly StreamRecord[]) => void;
  readonly onPositions: (positions: Positions) => void;
  readonly onTip: () => void;
  readonly onNotice: (text: string) => void;
  readonly onResharded: () => void;
  /** Nothing is read any more when either of these two is called. */
  readonly onProblem: (problem: Problem) => void;
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

  /** True if there is a reading to continue. */
  get isOpen(): boolean {
    return this.#reading !== undefined;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Forgets its position; the next reading starts over. */
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
    let end: Standing | Problem = 'stopped';
    try {
      const from: Record<string, string> =
        this.#reading === undefined ? { ...choice } : { reading: this.#reading };
      const parameters = { ...from, until: extent, limit: PAGE };
      for await (const messages of readMessages(parameters, running.signal)) {
        end = (await this.#take(messages, running.signal)) ?? end;
      }
    } catch (error) {
      if (!running.signal.aborted) end = this.#problemOf(error);
    }
    if (running.signal.aborted) end = 'stopped';
    if (this.#running === running) this.#running = undefined;
    // Another reading may have begun in the place of this one.
    else if (this.#running !== undefined) return;
    if (typeof end === 'string') this.#actions.onEnd(end);
    else this.#actions.onProblem(end);
  }

  /** @returns how the reading ended, if a message says so */
  async #take(
    messages: readonly ReadingMessage[],
    signal: AbortSignal,
  ): Promise<Standing | Problem | undefined> {
    let end: Standing | Problem | undefined;
    let records: StreamRecord[] = [];
    let began = performance.now();
    for (const message of messages) {
      if (message.kind === 'record') records.push(recordOf(message));
      else end = this.#heed(message) ?? end;
      if (performance.now() - began < SLICE_MS) continue;
      this.#actions.onRecords(records);
      records = [];
      await new Promise((resolve) => setTimeout(resolve));
      if (signal.aborted) return 'stopped';
      began = performance.now();
    }
    if (records.length > 0) this.#actions.onRecords(records);
    return end;
  }

  #heed(message: Exclude<ReadingMessage, RecordMessage>): Standing | Problem | undefined {
    switch (message.kind) {
      case 'reading':
        this.#reading = message.reading;
        return undefined;
      case 'positions':
        this.#actions.onPositions(message.positions);
        return undefined;
      case 'notice':
        this.#actions.onNotice(message.text);
        return undefined;
      case 'resharded':
        this.#actions.onResharded();
        return undefined;
      case 'failure':
        return message.problem;
      case 'tip':
        this.#actions.onTip();
        return 'tip';
      default:
        return message.kind;
    }
  }

  #problemOf(error: unknown): Problem {
    if (error instanceof ProblemError) {
      if (error.problem.code === 'READING_GONE') this.#reading = undefined;
      return error.problem;
    }
    return {
      code: 'CONNECTION_LOST',
      title: 'The connection to the viewer was lost',
      advice: error instanceof Error ? error.message : String(error),
    };
  }
}

function recordOf({ kind: _, data, unpacked, ...record }: RecordMessage): StreamRecord {
  const bytes = { ...record, data: fromBase64(data) };
  if (unpacked === undefined) return bytes;
  return { ...bytes, unpacked: { ...unpacked, data: fromBase64(unpacked.data) } };
}
