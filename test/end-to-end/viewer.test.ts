import { readFileSync } from 'node:fs';
import http from 'node:http';
import {
  DeleteStreamCommand,
  GetShardIteratorCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describeInChromium } from './support/browser';
import {
  bareEnvironment,
  type Running,
  startEmbeddedAws,
  startServerless,
} from './support/processes';
import { serviceCopy } from './support/service-copy';
import { streamsOn, type Written } from './support/streams';

const HALF = (1n << 127n).toString();
const DESKTOP = { viewport: { width: 1280, height: 860 } };

/** Data that would do harm where it is taken for anything but data. */
const HOSTILE: readonly string[] = [
  '<script>globalThis.harmed = 1</script>',
  '<img src="https://elsewhere.example/x" onerror="globalThis.harmed = 2">',
  '</pre><style>* { display: none !important }</style>',
  '{"__proto__": {"harmed": 3}, "constructor": {"prototype": {"harmed": 4}}}',
  'javascript:globalThis.harmed=5',
  '\u202e\u0000\u001b[2J\u2028',
  `{"deep": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
  `wide ${'x'.repeat(500_000)}`,
];

const service = serviceCopy();
let aws: Awaited<ReturnType<typeof startEmbeddedAws>>;
let streams: ReturnType<typeof streamsOn>;
let viewer: Running;
let url: string;
let orders: string[];

async function startViewer(...options: string[]): Promise<{ running: Running; url: string }> {
  const environment = { ...bareEnvironment(), LOCAL_AWS_PORT: String(aws.port) };
  const args = ['viewer', '--stage', 'local', '--no-open', ...options];
  const running = startServerless(service.folder, args, environment);
  await running.printed(/http:\/\/127\.0\.0\.1:\d+\/\S+\//);
  return { running, url: /http:\/\/127\.0\.0\.1:\d+\/\S+\//.exec(running.output())?.[0] ?? '' };
}

beforeAll(async () => {
  aws = await startEmbeddedAws();
  streams = streamsOn(aws.endpoint);
  await streams.create('orders', 4);
  // Shard 0 takes most of it.
  const records = Array.from({ length: 120 }, (_, index): Written => {
    const hashKey = index % 4 === 0 ? HALF : '0';
    return { data: JSON.stringify({ order: index }), key: `customer-${index % 10}`, hashKey };
  });
  orders = await streams.put('orders', records);
  await streams.create('hostile', 1);
  await streams.put(
    'hostile',
    HOSTILE.map((data) => ({ data, key: `<b>${data.slice(0, 40)}</b>` })),
  );
  await streams.create('wide', 4);
  await streams.put(
    'wide',
    Array.from({ length: 10_000 }, (_, index) => ({ data: `{"n":${index}}`, key: `k${index}` })),
  );
  ({ running: viewer, url } = await startViewer());
});

afterAll(async () => {
  viewer.child.kill('SIGINT');
  await viewer.code;
  streams.kinesis.destroy();
  await aws.stop();
  service.remove();
});

describeInChromium('the data viewer', (browser) => {
  let page: Page;
  let complaints: string[];
  let requests: string[];

  /** The page of a stream, and all that it asked for and complained about. */
  async function open(stream: string, options: BrowserContextOptions = DESKTOP): Promise<Page> {
    const context = await browser().newContext({ colorScheme: 'light', ...options });
    const opened = await context.newPage();
    complaints = [];
    requests = [];
    opened.on('console', (message) => complaints.push(message.text()));
    opened.on('pageerror', (error) => complaints.push(String(error)));
    opened.on('dialog', (dialog) => complaints.push(dialog.message()));
    opened.on('request', (request) => requests.push(request.url()));
    await opened.goto(`${url}#${stream}`);
    await opened.locator('#shard-rows tr').first().waitFor();
    return opened;
  }

  /** Evaluates an expression in the page; these tests have no types of its world. */
  const inPage = (expression: string): Promise<unknown> => page.evaluate(expression);
  const shown = (id: string, text: string | RegExp) =>
    page.locator(`#${id}`).filter({ hasText: text }).waitFor();
  const get = async (count: string) => {
    await page.click('#get');
    await shown('count', count);
  };
  const rows = () => page.locator('.rows .row');

  afterEach(async () => {
    await page.context().close();
    expect(complaints).toEqual([]);
    for (const request of requests) expect(request.startsWith(new URL(url).origin)).toBe(true);
  });

  describe("the console's choices", () => {
    test('fifty records a page, from the trim horizon, and the next ones', async () => {
      page = await open('orders');
      expect(await page.locator('#next').isDisabled()).toBe(true);
      await get('50 records');
      await shown('status', 'There may be more');
      await page.click('#next');
      await shown('count', '100 records');
      await page.click('#next');
      await shown('count', '120 records');
      await shown('status', 'At the tip');
      await streams.put('orders', [{ data: 'later', key: 'later' }]);
      await page.click('#next');
      await shown('count', '121 records');
    });

    test('one shard', async () => {
      page = await open('orders');
      await page.selectOption('#shard', 'shardId-000000000002');
      await get('30 records');
      const shards = await page.locator('.rows .row .shard').allTextContents();
      expect(new Set(shards)).toEqual(new Set(['2']));
    });

    test('latest, and what arrives after it', async () => {
      page = await open('hostile');
      await page.selectOption('#position', 'latest');
      await get('0 records');
      await shown('empty', 'Next records looks again');
    });

    test('at a timestamp, by date and time', async () => {
      page = await open('orders');
      await page.selectOption('#position', 'time');
      await page.fill('#time', '2020-01-31T09:30:00');
      await get('50 records');
      await page.fill('#time', '2999-01-31T09:30:00');
      await page.click('#get');
      expect(await inPage('document.getElementById("time").validationMessage')).toBe(
        'This time is still to come.',
      );
    });

    test('at and after a sequence number, which is a place in one shard', async () => {
      page = await open('orders');
      const [first = ''] = orders.slice(1);
      await page.selectOption('#position', 'at');
      await page.fill('#sequence', first);
      await page.click('#get');
      expect(await inPage('document.getElementById("shard").validationMessage')).toContain(
        'choose which',
      );
      await page.selectOption('#shard', 'shardId-000000000000');
      await page.click('#get');
      await rows().first().click();
      await shown('detail-facts', first);
      await page.selectOption('#position', 'after');
      await page.click('#get');
      await rows().first().click();
      await page.locator('#detail-facts').filter({ hasNotText: first }).waitFor();
    });
  });

  describe('what the console lacks', () => {
    test('follows live, until it is stopped', async () => {
      page = await open('orders');
      await page.selectOption('#position', 'latest');
      await page.click('#follow');
      await shown('status', 'Following: at the tip');
      await streams.put('orders', [{ data: 'live', key: 'live' }]);
      await rows().filter({ hasText: 'live' }).waitFor();
      await page.click('#stop');
      await shown('status', 'Stopped');
      await streams.put('orders', [{ data: 'missed', key: 'missed' }]);
      await page.click('#next');
      await rows().filter({ hasText: 'missed' }).waitFor();
    });

    test('filters by text and by key', async () => {
      page = await open('orders');
      await page.click('#to-tip');
      await shown('status', 'At the tip');
      await page.fill('#filter-text', '"ORDER":7}');
      await shown('count', '1 of');
      await page.fill('#filter-text', '');
      await page.fill('#filter-key', 'customer-3');
      await shown('count', '12 of');
      await page.fill('#filter-key', 'nobody');
      await shown('empty', 'No record passes the filter');
    });

    test('finds the shard of a key', async () => {
      page = await open('orders');
      await page.fill('#finder-key', 'a');
      await page.keyboard.press('Enter');
      // MD5 of 'a' is 0cc1…: the first quarter.
      await shown('finder-answer', 'Shard 0');
      await page.locator('#key-space .marked').waitFor({ state: 'attached' });
    });

    test('shows a record as JSON, text and hex, and copies it', async () => {
      page = await open('orders', {
        ...DESKTOP,
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      await get('50 records');
      await rows().first().click();
      const data = page.locator('#detail-data');
      expect(await data.textContent()).toMatch(/^\{\n {2}"order": \d+\n\}$/);
      await page.click('[data-form="text"]');
      expect(await data.textContent()).toMatch(/^\{"order":\d+\}$/);
      await page.click('[data-form="hex"]');
      expect(await data.textContent()).toMatch(/^00000000 {2}7b 22 6f 72 64 65 72 22/);
      const copied = () => inPage('navigator.clipboard.readText()');
      await page.click('#copy-data');
      await shown('status', 'The data is copied');
      expect(await copied()).toMatch(/^\{"order":\d+\}$/);
      await page.click('#copy-put');
      await shown('status', 'The command is copied');
      expect(await copied()).toContain('curl -X PUT "$API"\'/streams/orders/record\'');
      await page.click('#copy-read');
      expect(await copied()).toContain('shard-iterator-type=AT_SEQUENCE_NUMBER');
    });

    test('exports what is listed, as the command line prints it', async () => {
      page = await open('orders');
      await page.click('#to-tip');
      await shown('status', 'At the tip');
      await page.fill('#filter-key', 'customer-3');
      await shown('count', '12 of');
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('#export')]);
      expect(download.suggestedFilename()).toMatch(/^orders-\d{4}-\d\d-\d\dT\d{4}\.jsonl$/);
      const lines = readFileSync(await download.path(), 'utf8')
        .split('\n')
        .slice(0, -1);
      expect(lines).toHaveLength(12);
      expect(lines.map((line) => JSON.parse(line))).toContainEqual(
        expect.objectContaining({ PartitionKey: 'customer-3', Text: '{"order":3}' }),
      );
    });

    test('reads closed shards, and shows a split as it happens', async () => {
      await streams.create('growing', 1);
      await streams.put('growing', [{ data: 'parent' }]);
      page = await open('growing');
      await page.click('#follow');
      await rows().filter({ hasText: 'parent' }).waitFor();
      await streams.kinesis.send(
        new SplitShardCommand({
          StreamName: 'growing',
          ShardToSplit: 'shardId-000000000000',
          NewStartingHashKey: HALF,
        }),
      );
      await streams.active('growing');
      await streams.put('growing', [{ data: 'child' }]);
      await rows().filter({ hasText: 'child' }).waitFor();
      await page.locator('#shard-rows tr.closed').waitFor();
      await page.click('#stop');
      await page.selectOption('#shard', 'shardId-000000000000');
      await page.click('#get');
      await shown('status', 'closed and read to their end');
      await shown('count', /^1 record$/);
    });
  });

  describe('to look at', () => {
    test('shards are slices of the hash keys, and a hot one stands out', async () => {
      page = await open('orders');
      await page.click('#to-tip');
      await page.locator('#key-space text.hot').waitFor();
      expect(await page.locator('#key-space .slice').count()).toBe(4);
      const hot = page.locator('#shard-rows tr').filter({ has: page.locator('.hot') });
      expect(await hot.locator('th').textContent()).toBe('0');
      expect(await page.locator('#key-space svg').getAttribute('aria-label')).toContain(
        'hot: shardId-000000000000',
      );
      expect(await hot.textContent()).toContain('at the tip');
    });

    test('traffic over time, in records and in bytes, read out by the keyboard', async () => {
      page = await open('orders');
      await page.click('#to-tip');
      await shown('rate-reading', /^At most .* records a second/);
      await page.focus('#rate-chart');
      await page.keyboard.press('ArrowRight');
      await shown('rate-reading', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
      await page.click('[data-measure="bytes"]');
      await shown('rates-title', 'Bytes a second');
      expect(await page.locator('#rate-chart path.bar').count()).toBeGreaterThan(0);
    });
  });

  test('hostile records are data: nothing runs, nothing is styled, nothing is asked for', async () => {
    page = await open('hostile');
    const elements = () => page.locator('script, style, img, iframe, b').count();
    const before = await elements();
    await get('8 records');
    for (let index = 0; index < HOSTILE.length; index++) {
      await rows().nth(index).click();
      for (const form of ['json', 'text', 'hex']) await page.click(`[data-form="${form}"]`);
    }
    expect(await elements()).toBe(before);
    const harm = await inPage('[typeof globalThis.harmed, typeof {}.harmed]');
    expect(harm).toEqual(['undefined', 'undefined']);
    expect(await page.locator('.masthead').isVisible()).toBe(true);
    expect(await rows().nth(0).textContent()).toContain('<script>globalThis.harmed = 1</script>');
    expect(await rows().nth(5).textContent()).toContain('⟨U+202E⟩␀␛[2J⟨U+2028⟩');
  });

  test('ten thousand records come while the page stays alive', async () => {
    page = await open('wide');
    await inPage(`(() => {
      globalThis.seen = new Set();
      const look = () => {
        seen.add(document.getElementById('count').textContent);
        requestAnimationFrame(look);
      };
      look();
    })()`);
    await page.click('#to-tip');
    await shown('count', '10,000 records');
    // A page that froze would go from none to all.
    const counts = await inPage('seen.size');
    expect(counts).toBeGreaterThan(2);
    expect(await rows().count()).toBeLessThan(100);
    await page.focus('#grid');
    await page.keyboard.press('End');
    await page.locator('.row[aria-selected="true"][aria-rowindex="10001"]').waitFor();
    await page.fill('#filter-text', '{"n":9876}');
    await shown('count', '1 of 10,000');
  });

  test('works by the keyboard alone', async () => {
    page = await open('orders');
    await page.focus('#position');
    await page.keyboard.press('Tab');
    expect(await inPage('document.activeElement.id')).toBe('get');
    await page.keyboard.press('Enter');
    await shown('count', '50 records');
    await page.keyboard.press('n');
    await shown('count', '100 records');
    await page.keyboard.press('/');
    expect(await inPage('document.activeElement.id')).toBe('filter-text');
    await page.focus('#grid');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.locator('.row[aria-selected="true"][aria-rowindex="3"]').waitFor();
    expect(await page.locator('#detail').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.locator('#detail').isVisible()).toBe(false);
    expect(await inPage('document.activeElement.id')).toBe('grid');
    await page.keyboard.press('f');
    await shown('status', 'Following');
    await page.keyboard.press('f');
    await shown('status', 'Stopped');
  });

  test.each(['light', 'dark'] as const)('can be read in %s', async (colorScheme) => {
    page = await open('orders', { ...DESKTOP, colorScheme });
    const names = [
      ...['page', 'panel', 'sunken', 'chosen', 'text', 'dim', 'accent', 'on-accent', 'hot'],
      ...Array.from({ length: 8 }, (_, index) => `series-${index + 1}`),
      'series-other',
    ];
    const values = (await inPage(
      `${JSON.stringify(names)}.map((name) =>
        getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim())`,
    )) as string[];
    const colours = Object.fromEntries(names.map((name, index) => [name, values[index]]));
    for (const behind of ['page', 'panel', 'sunken', 'chosen']) {
      expect(contrast(colours.text, colours[behind])).toBeGreaterThan(7);
      expect(contrast(colours.dim, colours[behind])).toBeGreaterThan(4.5);
    }
    expect(contrast(colours['on-accent'], colours.accent)).toBeGreaterThan(4.5);
    expect(contrast(colours.accent, colours.panel)).toBeGreaterThan(4.5);
    expect(contrast(colours.hot, colours.panel)).toBeGreaterThan(4.5);
    for (const name of Object.keys(colours).filter((key) => key.startsWith('series'))) {
      expect(contrast(colours[name], colours.panel)).toBeGreaterThan(3);
    }
  });

  test('fits a phone: nothing is cut off, and a record covers the page', async () => {
    page = await open('orders', { viewport: { width: 390, height: 844 }, hasTouch: true });
    await page.tap('#get');
    await shown('count', '50 records');
    expect(await inPage('document.documentElement.scrollWidth')).toBe(390);
    await rows().first().tap();
    expect(await page.locator('#detail').boundingBox()).toMatchObject({ x: 0, y: 0, width: 390 });
    expect(await inPage('document.activeElement.id')).toBe('detail-close');
    await page.tap('#detail-close');
    expect(await page.locator('#detail').isVisible()).toBe(false);
  });

  test('a stream that is deleted meanwhile: the page says so, and what to do', async () => {
    await streams.create('fleeting', 1);
    page = await open('fleeting');
    await streams.kinesis.send(new DeleteStreamCommand({ StreamName: 'fleeting' }));
    await gone('fleeting');
    await page.click('#get');
    await shown('problem', 'There is no such stream or shard');
    await shown('problem', 'Check the name');
    await page.selectOption('#stream', 'orders');
    expect(await page.locator('#problem').isVisible()).toBe(false);
    await get('50 records');
  });

  /** Waits until Kinesis has forgotten a stream. */
  async function gone(StreamName: string): Promise<void> {
    for (;;) {
      const input = {
        StreamName,
        ShardId: 'shardId-000000000000',
        ShardIteratorType: 'LATEST',
      } as const;
      try {
        await streams.kinesis.send(new GetShardIteratorCommand(input));
      } catch {
        return;
      }
    }
  }
});

describeInChromium('the data viewer of a stage without streams', (browser) => {
  test('says so, and offers nothing that cannot work', async () => {
    const { running, url: empty } = await startViewer('--param', 'streams=dev-*');
    const page = await browser().newPage();
    await page.goto(empty);
    await page.locator('#empty').filter({ hasText: 'no streams yet: none matches' }).waitFor();
    await page.locator('#empty').filter({ hasText: 'dev-*' }).waitFor();
    expect(await page.locator('#get').isDisabled()).toBe(true);
    await page.close();
    running.child.kill('SIGTERM');
    expect(await running.code).toBe(143);
  });
});

describe('strangers', () => {
  const status = (path: string, headers: Record<string, string> = {}) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { host, port } = new URL(url);
      http
        .get({ host: '127.0.0.1', port, path, headers: { host, ...headers } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
        .on('error', reject);
    });

  test('are refused: without the secret, under another name, from another page', async () => {
    const { pathname } = new URL(url);
    expect(await status(pathname)).toBe(200);
    expect(await status('/')).toBe(404);
    expect(await status('/api/streams')).toBe(404);
    expect(await status(`${pathname}api/streams`, { host: 'rebound.example' })).toBe(403);
    expect(await status(`${pathname}api/streams`, { origin: 'https://evil.example' })).toBe(403);
    expect(await status(`${pathname}..%2f..%2fserver%2fserver`)).toBe(404);
    expect(await status(`${pathname}server/server`)).toBe(404);
  });

  test('a stream outside the stage is refused', async () => {
    const { running, url: narrow } = await startViewer('--param', 'streams=dev-*');
    const answer = await fetch(`${narrow}api/shards?stream=orders`);
    expect(await answer.json()).toMatchObject({ code: 'STREAM_OUTSIDE_STAGE' });
    running.child.kill('SIGINT');
    expect(await running.code).toBe(130);
  });
});

/** How two colours contrast: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one = '#000', other = '#000'): number {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\da-f]{2}/gi) ?? [])
      .map((part) => Number.parseInt(part, 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 1, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}
