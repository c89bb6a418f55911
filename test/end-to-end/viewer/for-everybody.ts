import { readFileSync } from 'node:fs';
import type { PageTests } from './pages';

/** For eyes, hands and screens of all kinds. */
export const forEverybody: PageTests = (open) => {
  test('works by the keyboard alone', async () => {
    const { page, inPage, shown } = await open('orders');
    await page.focus('#position');
    await page.keyboard.press('Tab');
    expect(await inPage('document.activeElement.id')).toBe('get');
    await page.keyboard.press('Enter');
    await shown('count', '50 records');
    await page.locator('#next:enabled').waitFor();
    await page.keyboard.press('n');
    await shown('count', '100 records');
    await page.locator('#follow:enabled').waitFor();
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
    const { inPage, toTip, rows } = await open('wrapped', { colorScheme });
    await toTip();
    await rows().filter({ hasText: 'teapot' }).click();
    expect(await violations(inPage)).toEqual([]);
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
    const { page, inPage, shown, ended, rows } = await open('orders', {
      device: { viewport: { width: 390, height: 844 }, hasTouch: true },
    });
    await page.tap('#get');
    await shown('count', '50 records');
    await ended();
    expect(await inPage('document.documentElement.scrollWidth')).toBe(390);
    expect(await violations(inPage)).toEqual([]);
    await rows().first().tap();
    await page.locator('#detail-close:focus').waitFor();
    expect(await page.locator('#detail').boundingBox()).toMatchObject({ x: 0, y: 0, width: 390 });
    await page.tap('#detail-close');
    await page.locator('#detail').waitFor({ state: 'hidden' });
  });
};

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Violations of accessibility that axe finds. */
async function violations(inPage: (expression: string) => Promise<unknown>): Promise<unknown> {
  await inPage(AXE);
  return inPage(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))`);
}

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
