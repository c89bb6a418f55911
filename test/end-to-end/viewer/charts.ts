import type { PageTests } from './pages';

/** Charts of shards and traffic. */
export const charts: PageTests = (open) => {
  test('shards are slices of the hash keys, and a hot one stands out', async () => {
    const { page, toTip } = await open('orders');
    await toTip();
    // Drawn from time to time, so perhaps while it is still read.
    const hot = page.locator('#shard-rows tr').filter({ has: page.locator('.hot') });
    await hot.filter({ hasText: 'at the tip' }).waitFor();
    expect(await hot.locator('th').textContent()).toBe('0');
    expect(await page.locator('#key-space .slice').count()).toBe(4);
    expect(await page.locator('#key-space text.hot').count()).toBe(1);
    expect(await page.locator('#key-space svg').getAttribute('aria-label')).toContain(
      'hot: shardId-000000000000',
    );
  });

  test('how far each shard is behind is seen at a glance', async () => {
    const { page, get } = await open('wide');
    await get('50 records');
    const rows = page.locator('#shard-rows tr');
    await rows
      .filter({ has: page.locator('.lag') })
      .first()
      .waitFor();
    for (const text of await rows.allTextContents()) expect(text).toMatch(/\d\d:\d\d:\d\d.*m?s$/);
  });

  test('traffic over time, in records and in bytes, read out by the keyboard', async () => {
    const { page, shown, toTip } = await open('orders');
    await toTip();
    await shown('rate-reading', /^At most .* records a second/);
    await page.focus('#rate-chart');
    await page.keyboard.press('ArrowRight');
    await shown('rate-reading', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
    await page.click('[data-measure="bytes"]');
    await shown('rates-title', 'Bytes a second');
    expect(await page.locator('#rate-chart path.bar').count()).toBeGreaterThan(0);
  });
};
