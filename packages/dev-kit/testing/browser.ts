import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const CANDIDATES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** Switches of the browser's own command line. */
interface BrowserOptions {
  readonly args?: string[];
}

/**
 * Tests that need a browser. The project itself needs only Node, so elsewhere than in CI, where they
 * fail, they are skipped when Chromium is not there.
 */
export function describeInChromium(
  title: string,
  tests: (browser: () => Browser) => void,
  { args = [] }: BrowserOptions = {},
): void {
  const executablePath = CANDIDATES.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined && !process.env.CI) {
    // biome-ignore lint/suspicious/noSkippedTests: reason above; CI never comes here
    describe.skip(`${title} (not run: no Chromium; CHROMIUM may name one)`, () => {
      test('needs a browser', () => {});
    });
    return;
  }
  describe(title, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await chromium.launch({ args, ...(executablePath && { executablePath }) });
    });
    afterAll(() => browser?.close());
    tests(() => {
      if (browser === undefined) throw new Error('The browser did not start.');
      return browser;
    });
  });
}
