import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Viewer } from './viewer';

/** For what a page shows in the end; a test may take a little longer. */
const PATIENCE_MS = 150_000;

/** A desk's screen. */
const DESKTOP = { viewport: { width: 1280, height: 860 } };

/** How a page is looked at. */
export interface PageOptions {
  readonly colorScheme?: 'light' | 'dark';
  readonly permissions?: string[];
  /** Another screen than a desk's. */
  readonly device?: BrowserContextOptions;
}

/** The page of a stream. */
export interface StreamPage {
  readonly page: Page;
  /** Evaluates an expression in the page; these tests have no types of its world. */
  inPage(expression: string): Promise<unknown>;
  /** Waits until the element has the text. */
  shown(id: string, text: string | RegExp): Promise<void>;
  /** Asks for records, and waits for this count of them. */
  get(count: string): Promise<void>;
  /** Waits until nothing is read any more: records are there before, and are drawn again then. */
  ended(): Promise<void>;
  /** Reads all there is, and waits until it is read. */
  toTip(): Promise<void>;
  rows(): Locator;
}

/** Opens the page of a stream. */
export type OpenPage = (stream: string, options?: PageOptions) => Promise<StreamPage>;

/** Tests of the page, which viewer.test.ts runs with the one viewer and the one browser. */
export type PageTests = (open: OpenPage, viewer: () => Viewer) => void;

/**
 * For the tests of one `describe`. After each of them its page must have complained of nothing, and
 * must have asked nobody but the viewer. All tests at a desk share one page, which each of them loads
 * anew: a page of its own takes the browser more than a second.
 */
export function pagesOf(browser: () => Browser, viewer: () => Viewer): OpenPage {
  let shared: Page | undefined;
  let opened: Page;
  let visits = 0;
  let complaints: string[] = [];
  let requests: string[] = [];

  afterEach(async () => {
    if (opened !== shared) await opened.context().close();
    expect(complaints).toEqual([]);
    const { origin } = new URL(viewer().url);
    for (const request of requests) expect(request.startsWith(origin)).toBe(true);
  });

  const newPage = async (device: BrowserContextOptions) => {
    const context = await browser().newContext(device);
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    page.on('request', (request) => requests.push(request.url()));
    return page;
  };

  const pageFor = async ({ device, colorScheme = 'light', permissions = [] }: PageOptions) => {
    if (device === undefined && shared === undefined) shared = await newPage(DESKTOP);
    const page =
      device === undefined && shared !== undefined ? shared : await newPage(device ?? {});
    await page.emulateMedia({ colorScheme });
    await page.context().clearPermissions();
    await page.context().grantPermissions(permissions);
    return page;
  };

  return async (stream, options = {}) => {
    opened = await pageFor(options);
    complaints = [];
    requests = [];
    visits += 1;
    // Another fragment alone would not load the page again.
    await opened.goto(`${viewer().url}?visit=${visits}#${stream}`);
    await opened.locator('#shard-rows tr').first().waitFor();
    return streamPage(opened);
  };
}

function streamPage(page: Page): StreamPage {
  const shown = (id: string, text: string | RegExp) =>
    page.locator(`#${id}`).filter({ hasText: text }).waitFor();
  const ended = () => page.locator('#stop').waitFor({ state: 'hidden' });
  return {
    page,
    ended,
    inPage: (expression) => page.evaluate(expression),
    shown,
    async get(count) {
      await page.click('#get');
      await shown('count', count);
      await ended();
    },
    async toTip() {
      await page.click('#to-tip');
      await shown('status', 'At the tip');
    },
    rows: () => page.locator('.rows .row'),
  };
}
