import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { endpoints } from '../resources/endpoints';

// Keeps the embedded AWS an independent package, and the stack independent of it.

const ROOT = path.join(__dirname, '..');
const PACKAGE = path.join('packages', 'embedded-aws');

/** Which rooms a room may import from, beside itself. The longest name counts. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  resources: ['package.json'],
  hooks: ['resources'],
  'hooks/local': ['hooks', 'resources', 'embedded-aws'],
};

const filesIn = (room: string): string[] =>
  readdirSync(path.join(ROOT, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/(^|[/\\])(node_modules|dist)[/\\]/.test(file));

const sourcesIn = (room: string): string[] =>
  filesIn(room).filter((file) => /\.(ts|cjs)$/.test(file));

const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

function roomOf(file: string): string {
  const [top = '', second = ''] = file.split(path.sep);
  // A plugin stands beside the folder that it is the door of: `hooks/local.ts`, `hooks/local`.
  const nested = `${top}/${path.parse(second).name}`;
  return Object.hasOwn(MAY_IMPORT, nested) ? nested : top;
}

/** A file's imports from this repository: files by path, the embedded AWS by its exports. */
function importsOf(file: string): string[] {
  const specifiers = textOf(file).matchAll(
    /(?:from |import\(|require\(|require\.resolve\()'((?:\.|embedded-aws)[^']*)'/g,
  );
  return Array.from(specifiers, ([, specifier = '']) =>
    specifier.startsWith('.') ? path.join(path.dirname(file), specifier) : specifier,
  );
}

test.each(['resources', 'hooks'])('%s imports what it may know', (top) => {
  const files = sourcesIn(top);
  const forbidden = files.flatMap((file) => {
    const room = roomOf(file);
    const allowed = [room, ...(MAY_IMPORT[room] ?? [])];
    return importsOf(file)
      .filter((imported) => !allowed.includes(roomOf(imported)))
      .map((imported) => `${file} imports ${imported}`);
  });

  expect(files.length).toBeGreaterThan(10);
  expect(forbidden).toEqual([]);
});

test('the project knows the embedded AWS by its exports alone', () => {
  const outside = [
    'resources',
    'hooks',
    'test',
    'bench',
    'scripts',
    'examples',
    'packages/dev-kit',
  ];
  const past = outside.flatMap(sourcesIn).flatMap((file) =>
    importsOf(file)
      .filter((imported) => imported.startsWith(PACKAGE))
      .map((imported) => `${file} imports ${imported}`),
  );

  expect(past).toEqual([]);
});

test('the embedded AWS imports nothing of the project', () => {
  const files = sourcesIn(PACKAGE);
  const forbidden = files.flatMap((file) =>
    importsOf(file)
      .filter((imported) => !imported.startsWith(PACKAGE) && !imported.startsWith('embedded-aws'))
      .map((imported) => `${file} imports ${imported}`),
  );

  expect(files.length).toBeGreaterThan(500);
  expect(forbidden).toEqual([]);
});

test('the embedded AWS has no word of the stack that it is there for', () => {
  const templates = filesIn('templates').map((file) => path.basename(file));
  const words = ['kinesis-rest-proxy', 'KinesisRestProxy', 'stream-name', ...templates];
  const paths = endpoints.map((route) => route.path).filter((route) => route !== '/streams');

  const found = filesIn(path.join(PACKAGE, 'src')).flatMap((file) => {
    const text = textOf(file);
    return [...words, ...paths].filter((word) => text.includes(word)).map((word) => [file, word]);
  });

  expect(found).toEqual([]);
});

test('templates are plain VTL', () => {
  expect(filesIn('templates').filter((file) => !file.endsWith('.vtl'))).toEqual([]);
});
