import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

// A room is a folder of hooks/, a plugin is a file in hooks/ itself.

const HOOKS = path.join(__dirname, '..', '..', 'hooks');

/** File names relative to hooks/. */
const files = readdirSync(HOOKS, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.(ts|cjs)$/.test(file),
);

/**
 * The room that a file or an import is in; undefined for plugins and for what is outside of hooks/.
 */
function roomOf(file: string): string | undefined {
  const [top = ''] = file.split(path.sep);
  return rooms.has(top) ? top : undefined;
}

const rooms = new Set(
  readdirSync(HOOKS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name),
);

/** A file's imports from hooks/, relative to it: `stage/target`, `framework`, `verify`. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(HOOKS, file), 'utf8');
  const specifiers = text.matchAll(/(?:from |import |import\(|require\()'(\.[^']*)'/g);
  return Array.from(specifiers, ([, specifier = '']) =>
    path.join(path.dirname(file), specifier),
  ).filter((imported) => !imported.startsWith('..'));
}

test('no room imports another that imports it, directly or by way of a third', () => {
  const edges = new Map<string, Map<string, string>>();
  for (const file of files) {
    const from = roomOf(file);
    for (const imported of importsOf(file)) {
      const to = roomOf(imported);
      if (from === undefined || to === undefined || from === to) continue;
      const targets = edges.get(from) ?? new Map<string, string>();
      edges.set(from, targets.set(to, `${file} imports ${imported}`));
    }
  }
  const circles: string[][] = [];
  const follow = (room: string, way: readonly string[], whys: readonly string[]): void => {
    if (way.includes(room)) {
      circles.push(whys.slice(way.indexOf(room)));
      return;
    }
    for (const [next, why] of edges.get(room) ?? []) {
      follow(next, [...way, room], [...whys, why]);
    }
  };
  for (const room of rooms) follow(room, [], []);

  expect(edges.get('verify')?.has('stage')).toBe(true);
  expect(circles).toEqual([]);
});

test('a plugin imports rooms, and no room imports a plugin', () => {
  const plugins = files.filter((file) => path.dirname(file) === '.' && file.endsWith('.ts'));
  const names = new Set(plugins.map((file) => path.parse(file).name));
  const toPlugins = files.flatMap((file) =>
    importsOf(file)
      .filter((imported) => roomOf(imported) === undefined && names.has(path.parse(imported).name))
      .map((imported) => `${file} imports ${imported}`),
  );

  expect(plugins.length).toBeGreaterThan(10);
  expect(toPlugins).toEqual([]);
});
