import type { PageTests } from './pages';

/** Features of the Kinesis console: starting positions and paging. */
export const consoleChoices: PageTests = (open, viewer) => {
  test('fifty records a page, from the trim horizon, and the next ones', async () => {
    const { page, shown, get } = await open('paged');
    expect(await page.locator('#next').isDisabled()).toBe(true);
    await get('50 records');
    await shown('status', 'There may be more');
    await page.click('#next');
    await shown('count', '100 records');
    await page.click('#next');
    await shown('count', '120 records');
    await shown('status', 'At the tip');
    await viewer().streams.put('paged', [{ data: 'later', key: 'later' }]);
    await page.click('#next');
    await shown('count', '121 records');
  });

  test('one shard', async () => {
    const { page, get } = await open('orders');
    await page.selectOption('#shard', 'shardId-000000000002');
    await get('30 records');
    const shards = await page.locator('.rows .row .shard').allTextContents();
    expect(new Set(shards)).toEqual(new Set(['2']));
  });

  test('latest, and what arrives after it', async () => {
    const { page, shown, get } = await open('hostile');
    await page.selectOption('#position', 'latest');
    await get('0 records');
    await shown('empty', 'Next records looks again');
  });

  test('at a timestamp, by date and time', async () => {
    const { page, inPage, get } = await open('orders');
    await page.selectOption('#position', 'time');
    await page.fill('#time', '2020-01-31T09:30:00');
    await get('50 records');
    await page.fill('#time', '2999-01-31T09:30:00');
    await page.click('#get');
    expect(await inPage('document.getElementById("time").validationMessage')).toBe(
      'This time is in the future.',
    );
  });

  test('at and after a sequence number, which says its shard', async () => {
    const { page, shown, ended, rows } = await open('orders');
    const [first = ''] = viewer().orders.slice(1);
    await page.selectOption('#position', 'at');
    await page.fill('#sequence', first);
    await page.click('#get');
    await ended();
    await rows().first().click();
    await shown('detail-facts', first);
    await page.selectOption('#position', 'after');
    await page.click('#get');
    await ended();
    await rows().first().click();
    await page.locator('#detail-facts').filter({ hasNotText: first }).waitFor();
  });
};
