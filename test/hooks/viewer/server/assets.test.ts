import { loadAssets } from '../../../../hooks/viewer/server/assets';

const assets = loadAssets();

test('every module that a module imports is there, and none is imported from elsewhere', () => {
  const modules = [...assets].filter(([, { type }]) => type.startsWith('text/javascript'));
  expect(modules.length).toBeGreaterThan(10);
  for (const [name, { content }] of modules) {
    for (const [, from = ''] of content.matchAll(/\b(?:import|from)\s*\(?\s*["']([^"']+)["']/g)) {
      expect(from).toMatch(/^\.\.?\//);
      const path = new URL(from, `http://viewer/${name}`).pathname.slice(1);
      expect([...assets.keys()]).toContain(path);
    }
  }
});

test('nothing is loaded from the internet', () => {
  for (const [, { content }] of assets) {
    const addresses = [...content.matchAll(/https?:\/\/[^\s"'`)]+/g)].map(([address]) => address);
    // The name of a language, which is not loaded.
    expect(addresses.filter((address) => address !== 'http://www.w3.org/2000/svg')).toEqual([]);
  }
});

test('nothing reads text as markup or as code', () => {
  for (const [, { content }] of assets) {
    expect(content).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/,
    );
    expect(content).not.toMatch(/\son[a-z]+=|style="/);
  }
});
