import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const CANDIDATES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'];

interface BrowserOptions {
  /** Switches of the browser's own command line. */
  readonly args?: string[];
  /** Declares what runs before the tests: `beforeAll`, or `before` of a story (in-order.ts). */
  readonly before?: (body: () => Promise<void>) => void;
}

/**
 * Tests that need a browser. The project itself needs only Node, so elsewhere than in CI, where they
 * fail, they are skipped when Chromium is not there.
 */
export function describeInChromium(
  title: string,
  tests: (browser: () => Browser) => void,
  { args = [], before = beforeAll }: BrowserOptions = {},
): void {
  const executablePath = CANDIDATES.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined && !process.env.CI) {
    // biome-ignore lint/suspicious/noSkippedTests: reason above; CI never comes here
    describe.skip(`${title} (not run: no Chromium; CHROMIUM may name one)`, () => {
      test('needs a browser', () => {});
    });
    return;
  }
  let browser: Browser | undefined;
  // Of the block around it: a story may start the browser for a test that comes later.
  afterAll(() => browser?.close());
  describe(title, () => {
    before(async () => {
      browser = await chromium.launch({ args, ...(executablePath && { executablePath }) });
    });
    tests(() => {
      if (browser === undefined) throw new Error('The browser did not start.');
      return browser;
    });
  });
}
