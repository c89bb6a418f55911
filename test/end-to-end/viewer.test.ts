import http from 'node:http';
import { describeInChromium } from 'dev-kit/testing/browser';
import { beyondTheConsole } from './viewer/beyond-the-console';
import { charts } from './viewer/charts';
import { consoleChoices } from './viewer/console-choices';
import { extremes } from './viewer/extremes';
import { forEverybody } from './viewer/for-everybody';
import { pagesOf } from './viewer/pages';
import { Viewer } from './viewer/viewer';

// One viewer and one browser for all of viewer/: starting them takes longer than most of its tests.

let started: Viewer | undefined;

function viewer(): Viewer {
  if (started === undefined) throw new Error('The viewer did not start.');
  return started;
}

beforeAll(async () => {
  started = await Viewer.start();
});
afterAll(async () => {
  const codes = await viewer().stop();
  expect(codes).toEqual([130, 143].slice(0, codes.length));
});

describeInChromium('the data viewer', (browser) => {
  describe('of a stage with streams', () => {
    const open = pagesOf(browser, viewer);
    describe("the console's choices", () => consoleChoices(open, viewer));
    describe('what the console lacks', () => beyondTheConsole(open, viewer));
    describe('to look at', () => charts(open, viewer));
    extremes(open, viewer);
    forEverybody(open, viewer);
  });

  test('of a stage without streams says so, and offers nothing that cannot work', async () => {
    const page = await browser().newPage();
    await page.goto(await viewer().urlOfNarrow());
    await page.locator('#empty').filter({ hasText: 'no streams yet: none matches' }).waitFor();
    await page.locator('#empty').filter({ hasText: 'dev-*' }).waitFor();
    expect(await page.locator('#get').isDisabled()).toBe(true);
    await page.close();
  });
});

describe('strangers', () => {
  const status = (path: string, headers: Record<string, string> = {}) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { host, port } = new URL(viewer().url);
      http
        .get({ host: '127.0.0.1', port, path, headers: { host, ...headers } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
        .on('error', reject);
    });

  test('are refused: without the secret, under another name, from another page', async () => {
    const { pathname } = new URL(viewer().url);
    expect(await status(pathname)).toBe(200);
    expect(await status('/')).toBe(404);
    expect(await status('/api/streams')).toBe(404);
    expect(await status(`${pathname}api/streams`, { host: 'rebound.example' })).toBe(403);
    expect(await status(`${pathname}api/streams`, { origin: 'https://evil.example' })).toBe(403);
    expect(await status(`${pathname}..%2f..%2fserver%2fserver`)).toBe(404);
    expect(await status(`${pathname}server/server`)).toBe(404);
  });

  test('a stream outside the stage is refused', async () => {
    const answer = await fetch(`${await viewer().urlOfNarrow()}api/shards?stream=orders`);
    expect(await answer.json()).toMatchObject({ code: 'STREAM_OUTSIDE_STAGE' });
  });
});
