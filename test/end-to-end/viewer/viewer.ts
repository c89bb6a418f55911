import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { bytesOf } from '../../hooks/viewer/opening/aggregates';
import {
  bareEnvironment,
  type Running,
  startEmbeddedAws,
  startServerless,
} from '../support/processes';
import { serviceCopy, streamsFile } from '../support/service-copy';
import { streamsOn, type Written } from '../support/streams';
import { HOSTILE } from './hostile';

/** The middle of the hash keys. */
export const HALF = (1n << 127n).toString();

const URL_OF_PAGE = /http:\/\/127\.0\.0\.1:\d+\/\S+\//;

/** An event in its envelope. */
const CLICK = {
  id: 'request-1',
  receivedAt: Date.UTC(2026, 0, 31, 9, 30),
  sourceIp: '203.0.113.7',
  userAgent: 'Mozilla/5.0 <b>',
  method: 'POST',
  query: {},
  headers: { 'X-Page': 'home' },
  contentType: 'text/plain;charset=UTF-8',
  body: '{"price": 1.10}',
};

const CLOUD_EVENT = {
  specversion: '1.0',
  id: 'e-1',
  source: '/shop',
  type: 'order.created',
  data: { order: 7 },
};

interface Started {
  readonly running: Running;
  readonly url: string;
}

/** The real CLI's data viewer, on an embedded AWS with streams to look at. */
export class Viewer {
  readonly streams: ReturnType<typeof streamsOn>;
  readonly #service = serviceCopy();
  readonly #aws: Awaited<ReturnType<typeof startEmbeddedAws>>;
  #started: Started | undefined;
  #narrow: Promise<Started> | undefined;
  #orders: readonly string[] = [];

  private constructor(aws: Awaited<ReturnType<typeof startEmbeddedAws>>) {
    this.#aws = aws;
    this.streams = streamsOn(aws.endpoint);
  }

  /** Starts it once for all tests, which takes seconds: AWS, the streams, the viewer. */
  static async start(): Promise<Viewer> {
    const viewer = new Viewer(await startEmbeddedAws());
    await viewer.#furnish();
    viewer.#started = await viewer.#start(
      "{ clicks: { streamName: 'shop-clicks', envelope: true } }",
    );
    return viewer;
  }

  /** The page, with its secret. */
  get url(): string {
    return this.#started?.url ?? '';
  }

  /** The sequence numbers of the stream `orders`. */
  get orders(): readonly string[] {
    return this.#orders;
  }

  /** The page of a stage of the same AWS whose streams are others, and not there yet. */
  async urlOfNarrow(): Promise<string> {
    this.#narrow ??= this.#start('{}', '--param', 'streams=dev-*');
    return (await this.#narrow).url;
  }

  async #start(streams: string, ...options: readonly string[]): Promise<Started> {
    writeFileSync(path.join(this.#service.folder, 'streams.ts'), streamsFile(streams));
    const environment = { ...bareEnvironment(), LOCAL_AWS_PORT: String(this.#aws.port) };
    const args = ['viewer', '--stage', 'local', '--no-open', ...options];
    const running = startServerless(this.#service.folder, args, environment);
    await running.printed(URL_OF_PAGE);
    return { running, url: URL_OF_PAGE.exec(running.output())?.[0] ?? '' };
  }

  /** @returns the exit codes of the viewers that were started: after Ctrl-C, and after SIGTERM */
  async stop(): Promise<(number | null)[]> {
    const started = [this.#started, await this.#narrow].filter((one) => one !== undefined);
    started.at(0)?.running.child.kill('SIGINT');
    started.at(1)?.running.child.kill('SIGTERM');
    const codes = await Promise.all(started.map(({ running }) => running.code));
    this.streams.kinesis.destroy();
    await this.#aws.stop();
    this.#service.remove();
    return codes;
  }

  async #furnish(): Promise<void> {
    const { create, put } = this.streams;
    await create('orders', 4);
    // Shard 0 takes most of it.
    const records = Array.from({ length: 120 }, (_, index): Written => {
      const hashKey = index % 4 === 0 ? HALF : '0';
      return { data: JSON.stringify({ order: index }), key: `customer-${index % 10}`, hashKey };
    });
    this.#orders = await put('orders', records);
    // For tests that write, so that others find what was there at first.
    await create('paged', 4);
    await put('paged', records);
    await create('followed', 1);
    await create('hostile', 1);
    await put(
      'hostile',
      HOSTILE.map((data) => ({ data, key: `<b>${data.slice(0, 40)}</b>` })),
    );
    await create('shop-clicks', 1);
    await put('shop-clicks', [{ data: JSON.stringify(CLICK), key: 'request-1' }]);
    await create('wrapped', 1);
    await put('wrapped', [
      { data: bytesOf('kpl'), key: 'a' },
      { data: gzipSync(JSON.stringify({ ...CLICK, body: '{"zipped": 1.10}' })), key: 'gzip' },
      { data: JSON.stringify(CLOUD_EVENT), key: 'event' },
      { data: gzipSync(Buffer.alloc(40_000_000, 'boom ')), key: 'bomb' },
      { data: Uint8Array.of(0xf3, 0x89, 0x9a, 0xc2, 1, 2, 3), key: 'no aggregate' },
    ]);
    await create('wide', 4);
    await put(
      'wide',
      Array.from({ length: 10_000 }, (_, index) => ({ data: `{"n":${index}}`, key: `k${index}` })),
    );
  }
}
