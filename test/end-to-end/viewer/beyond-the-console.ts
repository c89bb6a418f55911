import { readFileSync } from 'node:fs';
import { SplitShardCommand } from '@aws-sdk/client-kinesis';
import type { PageTests } from './pages';
import { HALF } from './viewer';

/** Features that the Kinesis console lacks. */
export const beyondTheConsole: PageTests = (open, viewer) => {
  test('follows live, until it is stopped', async () => {
    const { page, shown, rows } = await open('followed');
    await page.selectOption('#position', 'latest');
    await page.click('#follow');
    await shown('status', 'Following: at the tip');
    await viewer().streams.put('followed', [{ data: 'live', key: 'live' }]);
    await rows().filter({ hasText: 'live' }).waitFor();
    await page.click('#stop');
    await shown('status', 'Stopped');
    await viewer().streams.put('followed', [{ data: 'missed', key: 'missed' }]);
    await page.click('#next');
    await rows().filter({ hasText: 'missed' }).waitFor();
  });

  test('filters by text and by key', async () => {
    const { page, shown, toTip } = await open('orders');
    await toTip();
    await page.fill('#filter-text', '"ORDER":7}');
    await shown('count', '1 of');
    await page.fill('#filter-text', '');
    await page.fill('#filter-key', 'customer-3');
    await shown('count', '12 of');
    await page.fill('#filter-key', 'nobody');
    await shown('empty', 'No record matches the filter');
  });

  test('finds the shard of a key', async () => {
    const { page, shown } = await open('orders');
    await page.fill('#finder-key', 'a');
    await page.keyboard.press('Enter');
    // MD5 of 'a' is 0cc1…: the first quarter.
    await shown('finder-answer', 'Shard 0');
    await page.locator('#key-space .marked').waitFor({ state: 'attached' });
  });

  test('shows a record as JSON, text and hex, and copies it', async () => {
    const { page, inPage, shown, get, rows } = await open('orders', {
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
    await shown('status', 'Data copied');
    expect(await copied()).toMatch(/^\{"order":\d+\}$/);
    await page.click('#copy-put');
    await shown('status', 'Command copied');
    expect(await copied()).toContain('curl -X PUT "$API"\'/streams/orders/record\'');
    await page.click('#copy-read');
    // The status says the same of both commands.
    await page.waitForFunction(
      "navigator.clipboard.readText().then((text) => text.includes('AT_SEQUENCE_NUMBER'))",
    );
    expect(await copied()).toContain('shard-iterator-type=AT_SEQUENCE_NUMBER');
  });

  test('opens the envelope of an event of a declared stream, and shows it raw as well', async () => {
    // By its name in streams.ts.
    const { page, get, rows } = await open('clicks');
    expect(await page.locator('#stream option:checked').textContent()).toBe('clicks · shop-clicks');
    await get('1 record');
    expect(await rows().first().textContent()).toContain('{"price": 1.10}');
    await rows().first().click();
    const [data, facts] = [page.locator('#detail-data'), page.locator('#detail-facts')];
    expect(await data.textContent()).toBe('{\n  "price": 1.10\n}');
    expect(await facts.textContent()).toContain('Source IP203.0.113.7');
    expect(await facts.textContent()).toContain('Received2026-01-31 09:30:00.000Z');
    expect(await facts.textContent()).toContain('X-Page: home');
    await page.click('[data-form="text"]');
    expect(await data.textContent()).toContain('"body":"{\\"price\\": 1.10}"}');
  });

  test('opens what senders wrap, and looks inside when it filters', async () => {
    const { page, shown, toTip, rows } = await open('wrapped');
    await toTip();
    // Four of them are one record of the stream.
    await shown('count', '8 records');
    expect((await rows().allTextContents()).slice(0, 6)).toEqual([
      expect.stringMatching(/ann\{"order":0\}11 B$/),
      expect.stringMatching(/größe 🎈\{"order":1\}11 B$/),
      expect.stringMatching(/ann\{"item":"teapot"\}37 B$/),
      expect.stringMatching(/bob\{"order":3\}11 B$/),
      expect.stringMatching(/gzip\{"zipped": 1\.10\}\d+ B$/),
      expect.stringMatching(/eventorder\.created · \{"order":7\}\d+ B$/),
    ]);
    await rows().filter({ hasText: 'teapot' }).click();
    await shown('detail-facts', /Sub-sequence number2KPL aggregaterecord 3 of 4Size/);
    await shown('detail-facts', '37 B as gzip, 17 B unpacked');
    await page.click('[data-form="stored"]');
    await shown('detail-data', /^00000000 {2}1f 8b/);
    await rows().filter({ hasText: 'order.created' }).click();
    await shown('detail-facts', 'CloudEvent source/shop');
    await page.click('[data-form="text"]');
    await rows().filter({ hasText: 'boom' }).click();
    await shown('detail-note', 'Only the beginning is unpacked');
    await page.fill('#filter-text', '"zipped": 1.1');
    await shown('count', '1 of 8');
    await page.fill('#filter-text', '');
    await page.fill('#filter-key', 'ann');
    await shown('count', '2 of 8');
  });

  test('goes to a time and to a sequence number, in the list or in the stream', async () => {
    const { page, shown, get, ended } = await open('orders');
    const go = async (place: string) => {
      await page.fill('#jump', place);
      await page.press('#jump', 'Enter');
    };
    await get('50 records');
    await go('2020-01-31 09:30');
    await ended();
    await page.locator('.row[aria-selected="true"][aria-rowindex="2"]').waitFor();
    const last = viewer().orders.at(-1) ?? '';
    await go(last);
    await shown('detail-facts', last);
    await shown('count', /^\d+ records?$/);
    await page.keyboard.press('Escape');
    await go(last);
    await shown('detail-facts', last);
  });

  test('exports what is listed, as the command line prints it', async () => {
    const { page, shown, toTip } = await open('orders');
    await toTip();
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
    await viewer().streams.create('growing', 1);
    await viewer().streams.put('growing', [{ data: 'parent' }]);
    const { page, shown, rows } = await open('growing');
    await page.click('#follow');
    await rows().filter({ hasText: 'parent' }).waitFor();
    await viewer().streams.kinesis.send(
      new SplitShardCommand({
        StreamName: 'growing',
        ShardToSplit: 'shardId-000000000000',
        NewStartingHashKey: HALF,
      }),
    );
    await viewer().streams.active('growing');
    await viewer().streams.put('growing', [{ data: 'child' }]);
    await rows().filter({ hasText: 'child' }).waitFor();
    await page.locator('#shard-rows tr.closed').waitFor();
    await page.click('#stop');
    await page.selectOption('#shard', 'shardId-000000000000');
    await page.click('#get');
    await shown('status', 'closed and read to their end');
    await shown('count', /^1 record$/);
  });
};
