import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { endpoints } from '../resources/endpoints';

// What keeps the embedded AWS a stand-in for AWS, and the stack one that runs elsewhere too.

const ROOT = path.join(__dirname, '..');

/** Which rooms a room may import from, beside itself. The longest name counts. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  packages: [],
  resources: ['package.json'],
  hooks: ['resources'],
  'hooks/local': ['hooks', 'resources', 'packages'],
};

const filesIn = (room: string): string[] =>
  readdirSync(path.join(ROOT, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)));

const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

function roomOf(file: string): string {
  const [top = '', second = ''] = file.split(path.sep);
  // A plugin stands beside the folder that it is the door of: `hooks/local.ts`, `hooks/local`.
  const nested = `${top}/${path.parse(second).name}`;
  return Object.hasOwn(MAY_IMPORT, nested) ? nested : top;
}

/** The files of the project that a file imports, by `from`, `import()` or `require()`. */
function importsOf(file: string): string[] {
  const specifiers = textOf(file).matchAll(/(?:from |import\(|require\()'(\.[^']*)'/g);
  return Array.from(specifiers, ([, specifier = '']) => path.join(path.dirname(file), specifier));
}

test.each(['packages/embedded-aws/src', 'resources', 'hooks'])(
  '%s imports what it may know',
  (top) => {
    const files = filesIn(top).filter((file) => /\.(ts|cjs)$/.test(file));
    const forbidden = files.flatMap((file) => {
      const room = roomOf(file);
      const allowed = [room, ...(MAY_IMPORT[room] ?? [])];
      return importsOf(file)
        .filter((imported) => !allowed.includes(roomOf(imported)))
        .map((imported) => `${file} imports ${imported}`);
    });

    expect(files.length).toBeGreaterThan(10);
    expect(forbidden).toEqual([]);
  },
);

test('the embedded AWS has no word of the stack that it is there for', () => {
  const templates = filesIn('templates').map((file) => path.basename(file));
  const words = ['kinesis-rest-proxy', 'KinesisRestProxy', 'stream-name', ...templates];
  const paths = endpoints.map((route) => route.path).filter((route) => route !== '/streams');

  const found = filesIn('packages/embedded-aws/src').flatMap((file) => {
    const text = textOf(file);
    return [...words, ...paths].filter((word) => text.includes(word)).map((word) => [file, word]);
  });

  expect(found).toEqual([]);
});

test('templates are plain VTL', () => {
  expect(filesIn('templates').filter((file) => !file.endsWith('.vtl'))).toEqual([]);
});
