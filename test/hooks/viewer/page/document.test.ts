import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';

// The parts of the page must agree before a browser shows them.

const PAGE = path.join(__dirname, '..', '..', '..', '..', 'hooks', 'viewer', 'page');
const read = (file: string) => readFileSync(path.join(PAGE, file), 'utf8');

/** Elements that have no end tag. */
const VOID = new Set(['meta', 'link', 'input', 'br', 'hr', 'img']);

interface Element {
  readonly tag: string;
  readonly id: string | undefined;
}

/** @throws Error at an end tag that ends something else */
function elementsOf(html: string): Element[] {
  const open: string[] = [];
  const elements: Element[] = [];
  for (const [, slash, tag = '', attributes = ''] of html.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:\s+[\w-]+(?:="[^"<>]*")?)*)\s*>/g,
  )) {
    if (slash === '/') {
      const last = open.pop();
      if (last !== tag) throw new Error(`</${tag}> ends <${last}>`);
    } else {
      elements.push({ tag, id: / id="([^"]*)"/.exec(attributes)?.[1] });
      if (!VOID.has(tag)) open.push(tag);
    }
  }
  expect(open).toEqual([]);
  return elements;
}

test('every element is ended, and has an id of its own', () => {
  const html = read('index.html');
  const elements = elementsOf(html);
  const ids = elements.flatMap(({ id }) => id ?? []);

  expect(html.match(/<[^!]/g)).toHaveLength(elements.length + html.split('</').length - 1);
  expect(ids).toEqual([...new Set(ids)]);
});

test('the code finds every element that it asks for', () => {
  const ids = elementsOf(read('index.html')).map(({ tag, id }) => `<${tag} id="${id}">`);
  const wanted = readdirSync(PAGE)
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...read(file).matchAll(/byId\(\s*'([^']+)',\s*'([^']+)'/g)])
    .map(([, id, tag]) => `<${tag} id="${id}">`);

  expect(wanted.length).toBeGreaterThan(30);
  expect(wanted.filter((element) => !ids.includes(element))).toEqual([]);
});

test('the style sheet has no fault', () => {
  const { warnings } = transformSync(read('style.css'), { loader: 'css' });

  expect(warnings.map(({ text, location }) => `line ${location?.line}: ${text}`)).toEqual([]);
});
