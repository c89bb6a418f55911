import { DeleteStreamCommand, GetShardIteratorCommand } from '@aws-sdk/client-kinesis';
import { HOSTILE } from './hostile';
import type { PageTests } from './pages';
import type { Viewer } from './viewer';

/** Records and streams as nobody would wish them. */
export const extremes: PageTests = (open, viewer) => {
  test('hostile records are data: nothing runs, nothing is styled, nothing is asked for', async () => {
    const { page, inPage, get, rows } = await open('hostile');
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
    const { page, inPage, shown, rows } = await open('wide');
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

  test('a stream that is deleted meanwhile: the page says so, and what to do', async () => {
    await viewer().streams.create('fleeting', 1);
    const { page, shown, get } = await open('fleeting');
    await viewer().streams.kinesis.send(new DeleteStreamCommand({ StreamName: 'fleeting' }));
    await gone(viewer(), 'fleeting');
    await page.click('#get');
    await shown('problem', 'There is no such stream or shard');
    await shown('problem', 'Check the name');
    expect(await page.locator('#get').isEnabled()).toBe(true);
    expect(await page.locator('#stop').isVisible()).toBe(false);
    await page.selectOption('#stream', 'orders');
    expect(await page.locator('#problem').isVisible()).toBe(false);
    await get('50 records');
  });
};

/** Waits until Kinesis has forgotten a stream. */
async function gone({ streams }: Viewer, StreamName: string): Promise<void> {
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
