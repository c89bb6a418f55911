import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
const LINK = /\]\(([^()\s]+)\)/g;

const markdownIn = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name));

const pages = [...markdownIn('.'), ...markdownIn('docs'), ...markdownIn('packages/embedded-aws')];

const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
/** Without code, in which brackets mean something else. */
const proseOf = (file: string): string =>
  textOf(file)
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/`[^`\n]*`/g, '');

/** As GitHub makes them from headings. */
const anchorsOf = (file: string): Set<string> =>
  new Set(
    Array.from(textOf(file).matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

function isBroken(page: string, link: string): boolean {
  if (/^[a-z]+:/.test(link)) return false;
  const [target = '', anchor] = link.split('#');
  const file = target === '' ? page : path.join(path.dirname(page), target);
  if (!existsSync(path.join(ROOT, file))) return true;
  if (anchor === undefined) return false;
  return statSync(path.join(ROOT, file)).isDirectory() || !anchorsOf(file).has(anchor);
}

test.each(pages)('every link of %s leads somewhere', (page) => {
  const links = Array.from(proseOf(page).matchAll(LINK), ([, link = '']) => link);

  expect(links.filter((link) => isBroken(page, link))).toEqual([]);
});

test('a link that leads nowhere is found', () => {
  expect(isBroken('README.md', 'docs/nowhere.md')).toBe(true);
  expect(isBroken('README.md', 'docs/api.md#nowhere')).toBe(true);
  expect(isBroken('docs/api.md', '../README.md#endpoints')).toBe(false);
});

test('the index has every page', () => {
  const index = textOf('docs/README.md');
  const missing = markdownIn('docs')
    .map((file) => path.basename(file))
    .filter((name) => name !== 'README.md' && !index.includes(`](${name})`));

  expect(missing).toEqual([]);
});
