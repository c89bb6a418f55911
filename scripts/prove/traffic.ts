import { setTimeout as sleep } from 'node:timers/promises';
import { signWith } from '../../hooks/verify/sign';
import { outputOf } from './outputs';
import { StepFailure } from './prove-error';
import type { Run } from './run';

/** An answer of the live stage, or that there was none. */
export interface Written {
  readonly status: number | undefined;
  readonly deploymentId: string | undefined;
  readonly sequenceNumber: string | undefined;
}

const PAUSE_MS = 200;
const ANSWER_WITHIN_MS = 30_000;
/** How long a stream may take to come or go. */
const STREAM_WITHIN_MS = 180_000;
const READ_ATTEMPTS = 8;
const READ_LIMIT = 10_000;

/** A client of the live stage that writes to a stream of its own, as long as it is let. */
export class Traffic {
  readonly stream: string;
  readonly #url: string;
  readonly #sign: ReturnType<typeof signWith>;

  private constructor(stream: string, url: string, sign: ReturnType<typeof signWith>) {
    this.stream = stream;
    this.#url = url;
    this.#sign = sign;
  }

  /** Makes the stream, through the API. */
  static async open(run: Run): Promise<Traffic> {
    const { clients, place } = run;
    const sign = signWith(place.region, clients.kinesis.config.credentials);
    const traffic = new Traffic(streamOf(run), await outputOf(run, 'InvokeUrl'), sign);
    await traffic.#until('ACTIVE', async () => {
      const { status, body } = await traffic.#ask('GET', '');
      if (status === 404) await traffic.#ask('POST', '', { ShardCount: 1 });
      return /"StreamStatus":"ACTIVE"/.test(body);
    });
    return traffic;
  }

  /** Writes a record at a time while something happens. @returns all answers */
  async during<T>(act: () => Promise<T>): Promise<{ result: T; written: Written[] }> {
    const written: Written[] = [];
    let isOver = false;
    const write = async () => {
      // At least one before and one after whatever happens.
      for (let index = 0; !isOver; index += 1) {
        written.push(await this.#write(index));
        await sleep(PAUSE_MS);
      }
      written.push(await this.#write(-1));
    };
    const writing = write();
    try {
      const result = await act();
      isOver = true;
      await writing;
      return { result, written };
    } finally {
      isOver = true;
    }
  }

  /** The sequence numbers of all records in the stream, read through the API. */
  async stored(): Promise<Set<string>> {
    const shard = 'shardId-000000000000';
    const first = await this.#json('GET', `/sharditerator?shard-id=${shard}&type=TRIM_HORIZON`);
    const found = new Set<string>();
    let iterator = String(first.ShardIterator);
    for (;;) {
      const query = `limit=${READ_LIMIT}&shard-iterator=${encodeURIComponent(iterator)}`;
      const { Records, MillisBehindLatest, NextShardIterator } = await this.#json(
        'GET',
        `/records?${query}`,
      );
      for (const { SequenceNumber } of Records as { SequenceNumber: string }[]) {
        found.add(SequenceNumber);
      }
      if (MillisBehindLatest === 0) return found;
      iterator = String(NextShardIterator);
      await sleep(PAUSE_MS);
    }
  }

  /** Deletes the stream, and waits until it is gone. */
  async close(): Promise<void> {
    await this.#until('gone', async () => {
      const { status } = await this.#ask('DELETE', '');
      return status === 404;
    });
  }

  async #write(index: number): Promise<Written> {
    const record = { Data: { index, text: 'é 漢 🎉' }, PartitionKey: `key-${index}` };
    try {
      const { status, headers, body } = await this.#ask('PUT', '/record', record);
      return {
        status,
        deploymentId: headers.get('x-deployment-id') ?? undefined,
        sequenceNumber: status === 200 ? JSON.parse(body).SequenceNumber : undefined,
      };
    } catch {
      return { status: undefined, deploymentId: undefined, sequenceNumber: undefined };
    }
  }

  async #json(method: string, path: string): Promise<Record<string, unknown>> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#ask(method, path).catch((error: Error) => error);
      if (!(answer instanceof Error) && answer.status === 200) return JSON.parse(answer.body);
      if (attempt === READ_ATTEMPTS) {
        const said = answer instanceof Error ? answer.message : `${answer.status} ${answer.body}`;
        throw new StepFailure(`${method} ${path} of the live stage answers ${said}`);
      }
      await sleep(PAUSE_MS * attempt);
    }
  }

  async #until(wanted: string, holds: () => Promise<boolean>): Promise<void> {
    const until = Date.now() + STREAM_WITHIN_MS;
    while (!(await holds().catch(() => false))) {
      if (Date.now() > until) throw new StepFailure(`The stream ${this.stream} is not ${wanted}.`);
      await sleep(2 * PAUSE_MS);
    }
  }

  async #ask(method: string, path: string, body?: object) {
    const request = new Request(`${this.#url}/streams/${this.stream}${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const answer = await fetch(await this.#sign(request), { signal });
    return { status: answer.status, headers: answer.headers, body: await answer.text() };
  }
}

/** The name of the stream that the traffic of a run writes to. */
export const streamOf = ({ stackName }: Pick<Run, 'stackName'>): string => `${stackName}-traffic`;
