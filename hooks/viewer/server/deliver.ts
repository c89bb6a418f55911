import type { ServerResponse } from 'node:http';
import { toBase64 } from '../format/base64';
import type { StreamRecord } from '../format/record';
import { shortShardId } from '../format/time';
import type { Extent, ReadingMessage, RecordMessage } from '../protocol';
import type { Clock } from '../reader/pace';
import { problemOf } from '../reader/problem';
import { SECURITY_HEADERS } from './guard';
import type { OpenReading } from './readings';

/** The extent of one request of the page. */
export interface Delivery {
  readonly until: Extent;
  /** The most records of a page; infinite unless it ends with a page. */
  readonly limit: number;
}

/** The pause before a stream is read again at its tip. */
const TIP_REST_MS = 800;
/** How often the page hears how far it has read. */
const POSITIONS_EVERY_MS = 500;
const CHUNK = 65_536;

/** Sends what is read as lines of JSON, no faster than the browser takes them. */
export async function deliver(
  reading: OpenReading,
  delivery: Delivery,
  response: ServerResponse,
  clock: Clock,
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'content-type': 'application/x-ndjson; charset=utf-8',
  });
  const lines = new Lines(response, gone.signal);
  await lines.send({ kind: 'reading', reading: reading.id });
  try {
    await reading.hold(gone, () => readOn(reading, delivery, lines, clock, gone.signal));
  } catch (error) {
    if (!gone.signal.aborted) await lines.send({ kind: 'failure', problem: problemOf(error) });
  }
  lines.flush();
  response.end();
}

async function readOn(
  reading: OpenReading,
  { until, limit }: Delivery,
  lines: Lines,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  reading.stream.pageSize = limit;
  const throttled = new Set<string>();
  let count = 0;
  let toldPositions = clock.now();
  const tellPositions = async () => {
    toldPositions = clock.now();
    await lines.send({ kind: 'positions', positions: reading.stream.positions() });
  };
  for (;;) {
    const event = await reading.next(signal);
    switch (event?.kind) {
      case undefined:
        await tellPositions();
        return await lines.send({ kind: 'ended' });
      case 'record':
        await lines.send(messageOf(event.record));
        count += 1;
        if (count === limit) {
          await tellPositions();
          return await lines.send({ kind: 'page' });
        }
        if (clock.now() - toldPositions > POSITIONS_EVERY_MS) await tellPositions();
        break;
      case 'tip':
        await tellPositions();
        await lines.send({ kind: 'tip' });
        if (until !== 'stopped') return;
        await clock.sleep(TIP_REST_MS, signal);
        break;
      case 'resharded':
        await lines.send({ kind: 'resharded' });
        break;
      case 'throttled':
        if (throttled.has(event.shardId)) break;
        throttled.add(event.shardId);
        await lines.send({
          kind: 'notice',
          text: `Shard ${shortShardId(event.shardId)}: other readers use its five reads a second. Waiting.`,
        });
    }
  }
}

/** Unpacked bytes of a record that are sent: of a whole page of them a browser must not run out. */
const MOST_UNPACKED = 1024 * 1024;

function messageOf({ data, unpacked, ...record }: StreamRecord): RecordMessage {
  const message: RecordMessage = { kind: 'record', ...record, data: toBase64(data) };
  if (unpacked === undefined) return message;
  const isWhole = unpacked.isWhole && unpacked.data.length <= MOST_UNPACKED;
  return {
    ...message,
    unpacked: { data: toBase64(unpacked.data.subarray(0, MOST_UNPACKED)), isWhole },
  };
}

/** Lines gathered until there is something to wait for, or enough of them. */
class Lines {
  readonly #response: ServerResponse;
  readonly #signal: AbortSignal;
  #waiting = '';

  constructor(response: ServerResponse, signal: AbortSignal) {
    this.#response = response;
    this.#signal = signal;
  }

  async send(message: ReadingMessage): Promise<void> {
    if (this.#waiting === '') setImmediate(() => this.flush());
    this.#waiting += `${JSON.stringify(message)}\n`;
    if (this.#waiting.length >= CHUNK && !this.flush()) await this.#drained();
  }

  /** @returns whether the browser keeps up */
  flush(): boolean {
    const text = this.#waiting;
    this.#waiting = '';
    if (text === '' || this.#response.destroyed || this.#response.writableEnded) return true;
    return this.#response.write(text);
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#signal.aborted) return resolve();
      const done = () => {
        this.#response.off('drain', done);
        this.#signal.removeEventListener('abort', done);
        resolve();
      };
      this.#response.on('drain', done);
      this.#signal.addEventListener('abort', done);
    });
  }
}
