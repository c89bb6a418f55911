import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import { describeInChromium } from 'dev-kit/testing/browser';
import { watch } from 'dev-kit/testing/processes';
import type { Browser, Page } from 'playwright-core';
import {
  bareEnvironment,
  freePort,
  type Running,
  startServerless,
  warmServerless,
} from './support/processes';
import { serviceCopy } from './support/service-copy';

// Declared streams as docs/events.md has them, deployed by the real CLI, with what really sends to
// them: pages in a browser, a webhook with its signature, CloudEvents, and a consumer that reads.

const SHOP = 'https://shop.example';
/** The laptop lets its pages call; the declarations do not. */
const NAMED = 'https://named.example';
const EVIL = 'https://evil.example';

const STREAMS = `{
  orders: {
    shards: 2,
    retentionHours: 72,
    schema: 'schemas/order.json',
    key: '$.customerId',
  },
  clicks: { shards: 'on-demand', senders: ['beacon', 'pixel', 'ndjson'], authorization: 'NONE', origins: ['${SHOP}'], envelope: true },
  github: { senders: ['webhook'], authorization: 'NONE', envelope: true, keepHeaders: ['X-Hub-Signature-256', 'X-GitHub-Event'], key: '$.repository.full_name' },
  visits: { senders: ['json', 'form'], origins: ['${SHOP}', 'https://www.shop.example'], envelope: true },
  open: { senders: ['beacon'], authorization: 'NONE' },
  closed: { senders: ['beacon'] },
  audit: { senders: ['cloudevents', 'cloudevents-batch'], key: '$.subject' },
}`;

const ROOT = path.join(__dirname, '..', '..');
const FIXTURES = path.join(ROOT, 'test', 'fixtures', 'events');
const ORDER = readFileSync(path.join(FIXTURES, 'schemas', 'order.sample.json'), 'utf8');

const service = serviceCopy(undefined, STREAMS);
let running: Running;
let url: string;
let endpoint: string;
let kinesis: KinesisClient;

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const streamName = (name: string) => `kinesis-rest-proxy-local-${name}`;

beforeAll(async () => {
  cpSync(path.join(FIXTURES, 'schemas'), path.join(service.folder, 'schemas'), { recursive: true });
  const port = await freePort();
  running = startServerless(service.folder, ['local', '--allow-origin', NAMED], {
    ...bareEnvironment(),
    LOCAL_AWS_PORT: String(port),
  });
  await running.printed('Ctrl-C stops it.');
  url = /The API is ready at (\S+)/.exec(running.output())?.[1] ?? '';
  endpoint = `http://127.0.0.1:${port}`;
  kinesis = new KinesisClient({ endpoint, region: 'us-east-1', credentials });
});

afterAll(async () => {
  kinesis?.destroy();
  running.child.kill('SIGKILL');
  await running.code;
  service.remove();
});

interface Stored {
  readonly key: string;
  readonly text: string;
  readonly shard: string;
}

/** All records of a stream. */
async function recordsOf(name: string): Promise<Stored[]> {
  const StreamName = streamName(name);
  const found: Stored[] = [];
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName }));
  for (const { ShardId = '' } of Shards) {
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    for (const { PartitionKey: key = '', Data } of Records) {
      found.push({ key, text: Buffer.from(Data ?? []).toString(), shard: ShardId });
    }
  }
  return found;
}

/** The record with this text, as soon as it is there: a beacon has no answer to wait for. */
async function storedWith(name: string, text: string): Promise<Stored> {
  for (;;) {
    const found = (await recordsOf(name)).find((record) => record.text.includes(text));
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const post = (
  route: string,
  type: string,
  body: string | Uint8Array<ArrayBuffer>,
  more: Record<string, string> = {},
) =>
  fetch(`${url}/events/${route}`, {
    method: 'POST',
    headers: { 'content-type': type, ...more },
    body,
  });

test('the deployment is verified, and its endpoints are listed', () => {
  expect(running.output()).not.toContain('✖');
  expect(running.output()).toMatch(
    / {2}curl -X POST \S+\/events\/orders -H 'content-type: application\/json' --data-binary @schemas\/order\.sample\.json/,
  );
});

test('the endpoints of one stream are verified alone', async () => {
  const { code, output } = await warmServerless(
    service.folder,
    ['verify', '--stage', 'local', '--only', 'events/orders'],
    { ...bareEnvironment(), LOCAL_AWS_PORT: new URL(endpoint).port },
  );

  const told = output.match(/^[✔✖] \S+ \S+(?=:)/gm) ?? [];
  expect([code, [...new Set(told)]]).toEqual([
    0,
    ['✔ POST /events/orders', '✔ POST /events/orders/batch'],
  ]);
});

test('a good order is stored byte for byte by its customer; a bad one is refused', async () => {
  const good = await post('orders', 'application/json', ORDER);
  const bad = await post('orders', 'application/json', ORDER.replace('"quantity"', '"amount"'));

  expect([good.status, bad.status]).toEqual([200, 400]);
  expect(await bad.json()).toMatchObject({ message: expect.stringContaining('amount') });
  const { customerId } = JSON.parse(ORDER);
  expect((await recordsOf('orders')).filter(({ text }) => text === ORDER)).toEqual([
    expect.objectContaining({ key: customerId }),
  ]);
});

test('lines of JSON, also gzipped, are a record each', async () => {
  const lines = (which: string) => `{"${which}": 1.10}\n{"${which}": "größe"}\r\n\n{"${which}": 3}`;
  const plain = await post('clicks/batch', 'application/x-ndjson', lines('plain'));
  const gzipped = await post('clicks/batch', 'application/x-ndjson', gzipSync(lines('zipped')), {
    'content-encoding': 'gzip',
  });

  expect([plain.status, gzipped.status]).toEqual([200, 200]);
  for (const which of ['plain', 'zipped']) {
    const bodies = (await recordsOf('clicks'))
      .map(({ text }) => JSON.parse(text).body as string)
      .filter((body) => body.includes(which));
    expect(bodies.sort()).toEqual([
      `{"${which}": "größe"}`,
      `{"${which}": 1.10}`,
      `{"${which}": 3}`,
    ]);
  }
});

test("a webhook's signature is verified by a consumer, as docs/events.md has it", async () => {
  const send = (delivery: string, secret: string) => {
    // Numbers and escapes that a parser would print otherwise: the signature is of the bytes.
    const body = `{"zen": "caf\\u00e9 ☕", "n": 1.10, "delivery": "${delivery}", "repository": {"full_name": "acme/shop"}}`;
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    return post('github', 'application/json', body, {
      'x-github-event': 'push',
      'x-hub-signature-256': `sha256=${signature}`,
      'idempotency-key': delivery,
    });
  };
  const statuses = [
    (await send('genuine', 's3cret')).status,
    (await send('forged', 'guessed')).status,
  ];
  const program = path.join(service.folder, 'consumer.mjs');
  writeFileSync(program, programIn('docs/events.md', 'consumer.mjs'));
  const consumer = watch(
    spawn(process.execPath, [program], {
      cwd: service.folder,
      env: {
        ...bareEnvironment(),
        STREAM: streamName('github'),
        GITHUB_SECRET: 's3cret',
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
      },
    }),
  );

  expect(statuses).toEqual([200, 200]);
  expect([await consumer.code, consumer.output()]).toEqual([0, expect.any(String)]);
  expect(consumer.output()).toContain('push of acme/shop, event genuine');
  expect(consumer.output()).toContain('Not from GitHub: event forged');
  expect((await storedWith('github', 'genuine')).key).toBe('acme/shop');
});

/** The block of code in a page that begins with this comment. */
function programIn(page: string, name: string): string {
  const text = readFileSync(path.join(ROOT, page), 'utf8');
  const code = text.split('```').find((block) => block.startsWith(`js\n// ${name}`));
  if (code === undefined) throw new Error(`${page} has no ${name}.`);
  return code.slice('js\n'.length);
}

test('CloudEvents come structured, one by one and in batches', async () => {
  const event = (id: string) => ({
    specversion: '1.0',
    id,
    source: '/crm',
    type: 'customer.moved',
    subject: 'customer-7',
    data: { city: 'Łódź' },
  });
  const one = await post(
    'audit',
    'application/cloudevents+json; charset=utf-8',
    JSON.stringify(event('single')),
  );
  const batch = await post(
    'audit/batch',
    'application/cloudevents-batch+json',
    JSON.stringify([event('first'), event('second')]),
  );

  expect([one.status, batch.status]).toEqual([200, 200]);
  for (const id of ['single', 'first', 'second']) {
    const { key, text } = await storedWith('audit', `"${id}"`);
    expect([key, JSON.parse(text)]).toEqual(['customer-7', event(id)]);
  }
});

/** Chromium's own fence around local networks is switched off: not every browser has one. */
const ARGS = [
  '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights,PrivateNetworkAccessRespectPreflightResults',
];

let shared: Page | undefined;

/**
 * Loads a page of an origin that exists in this browser alone, into the one page of all tests: a page
 * of its own takes a second.
 */
async function pageOf(browser: Browser, origin: string): Promise<Page> {
  shared ??= await browser.newPage();
  await shared.route(`${origin}/**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>A page</title>' }),
  );
  await shared.goto(`${origin}/`);
  return shared;
}

/** What the browser was answered to a request of the page that its script makes. */
async function answered(page: Page, route: string, script: string): Promise<number> {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().startsWith(`${url}/events/${route}`)),
    page.evaluate(script),
  ]);
  return answer.status();
}

const beacon = (stream: string, text: string) =>
  `navigator.sendBeacon(${JSON.stringify(`${url}/events/${stream}`)}, ${JSON.stringify(text)})`;

describeInChromium(
  'a page in a browser',
  (browser) => {
    test('sends a beacon, whose envelope says where it is from', async () => {
      const page = await pageOf(browser(), SHOP);

      expect(await answered(page, 'clicks', beacon('clicks', '{"button": "☕ 1.10"}'))).toBe(200);
      const { text } = await storedWith('clicks', 'button');
      expect(JSON.parse(text)).toMatchObject({
        sourceIp: '127.0.0.1',
        userAgent: expect.stringContaining('Mozilla/5.0'),
        method: 'POST',
        contentType: 'text/plain;charset=UTF-8',
        body: '{"button": "☕ 1.10"}',
      });
    });

    test('sends a form by beacon, as it came', async () => {
      const page = await pageOf(browser(), SHOP);
      const form = `navigator.sendBeacon('${url}/events/visits', new URLSearchParams({ name: 'größe & co', n: '1' }))`;

      expect(await answered(page, 'visits', form)).toBe(200);
      const { text } = await storedWith('visits', 'gr%C3%B6');
      expect(JSON.parse(text).body).toBe('name=gr%C3%B6%C3%9Fe+%26+co&n=1');
    });

    test('sends JSON by a fetch that outlives it, after a preflight', async () => {
      const page = await pageOf(browser(), SHOP);
      const sent = `fetch('${url}/events/visits', {
        method: 'POST', keepalive: true, headers: { 'content-type': 'application/json' }, body: '{"page": "checkout"}',
      }).then((answer) => answer.json())`;

      expect(await page.evaluate(sent)).toEqual({
        SequenceNumber: expect.any(String),
        ShardId: expect.any(String),
      });
      expect(JSON.parse((await storedWith('visits', 'checkout')).text).body).toBe(
        '{"page": "checkout"}',
      );
    });

    test('loads a pixel, whose query is the event', async () => {
      const page = await pageOf(browser(), SHOP);
      const source = `${url}/events/clicks/pixel?page=${encodeURIComponent('/größe?a&b')}&n=pixel-1`;
      const image = `new Promise((resolve) => {
        const image = new Image();
        image.onload = () => resolve([image.naturalWidth, image.naturalHeight]);
        image.onerror = () => resolve('error');
        // The laptop's fence asks which page it is; browsers do not tell http what an https page is.
        image.referrerPolicy = 'origin';
        image.src = ${JSON.stringify(source)};
      })`;

      expect(await page.evaluate(image)).toEqual([1, 1]);
      const { text } = await storedWith('clicks', 'pixel-1');
      expect(JSON.parse(JSON.parse(text).body)).toEqual({ page: '/größe?a&b', n: 'pixel-1' });
    });

    test.each([
      ['that the laptop has not heard of', EVIL],
      ['that the laptop knows, and the declaration does not', NAMED],
    ])('is refused if it is of an origin %s: nothing is stored', async (_, origin) => {
      const page = await pageOf(browser(), origin);
      const mark = `from ${new URL(origin).host}`;
      const fetched = (stream: string) =>
        `fetch('${url}/events/${stream}', { method: 'POST', mode: 'no-cors', body: '${mark}' }).then(() => {})`;

      expect(await answered(page, 'clicks', beacon('clicks', mark))).toBe(403);
      expect(await answered(page, 'clicks', fetched('clicks'))).toBe(403);
      const stored = await recordsOf('clicks');
      expect(stored.filter(({ text }) => text.includes(mark))).toEqual([]);
    });

    test('of any origin sends where a stream is open to everybody, and not beside it', async () => {
      const page = await pageOf(browser(), EVIL);

      expect(await answered(page, 'open', beacon('open', 'from anybody'))).toBe(200);
      expect((await storedWith('open', 'from anybody')).text).toBe('from anybody');
      // Open to programs of this machine, as all of stage local: no declaration says so.
      expect(await answered(page, 'closed', beacon('closed', 'from anybody'))).toBe(403);
      const stored = await recordsOf('closed');
      expect(stored.filter(({ text }) => text.includes('anybody'))).toEqual([]);
    });
  },
  { args: ARGS },
);
