import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Endings that an import may leave out of a file's name. */
const ENDS = ['', '.ts', '.cjs', '.js', '.json', '/index.ts'];
const SOURCE = /\.[cm]?[jt]s$/;
/** Erased before a test runs, and checked by tsc. */
const TYPE_IMPORT = /^(?:import|export) type [^;]*?from '[^']*';$/gm;
const COMMENT_LINE = /^\s*(?:\/\/|\/?\*).*$/gm;
const STRING = /'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`/g;
const OPENS_FILES = /'(?:node:)?(?:fs|fs\/promises|path|child_process)'/;

export const isSource = (file: string): boolean => SOURCE.test(file);

/** Files and folders of a checkout, by the names that code has for them. */
export class NamedFiles {
  readonly #root: string;
  readonly #files: ReadonlySet<string>;
  readonly #folders: ReadonlySet<string>;
  /** Files that are no code, by their last name with its ending and without. */
  readonly #byName = new Map<string, string[]>();
  /** The ends of the strings that name something. */
  readonly #lastNames: ReadonlySet<string>;
  /** By the name of a package: its exports, and the source of each. */
  readonly #packages: ReadonlyMap<string, readonly (readonly [string, string])[]>;

  constructor(root: string, present: readonly string[], gone: readonly string[]) {
    const files = [...present, ...gone];
    this.#root = root;
    this.#files = new Set(files);
    this.#folders = new Set(files.flatMap(foldersOf));
    for (const file of files.filter((each) => !isSource(each))) {
      const { base, name } = path.posix.parse(file);
      for (const key of new Set([base, name])) {
        this.#byName.set(key, [...(this.#byName.get(key) ?? []), file]);
      }
    }
    this.#lastNames = new Set([
      ...[...files, ...this.#folders].map((each) => path.posix.basename(each)),
      ...this.#byName.keys(),
    ]);
    this.#packages = new Map(
      present
        .filter((file) => /^packages\/[^/]+\/package\.json$/.test(file))
        .map((file) => exportsOf(path.posix.dirname(file), this.#text(file))),
    );
  }

  #text(file: string): string {
    return readFileSync(path.join(this.#root, file), 'utf8');
  }

  /**
   * Files and folders that the strings of a module name: what it imports, and what it may read. A
   * string that happens to be the name of a file counts: too many tests are better than too few.
   */
  namedBy(module: string): Set<string> {
    const text = this.#text(module);
    const opensFiles = OPENS_FILES.test(text);
    const named = new Set<string>();
    for (const run of runsOfStrings(text)) {
      const joined = this.#resolve(joinedOf(run), module, opensFiles);
      const found =
        joined.length > 0 ? joined : run.flatMap((part) => this.#resolve(part, module, opensFiles));
      for (const each of found) named.add(each);
    }
    return named;
  }

  #resolve(text: string, module: string, opensFiles: boolean): string[] {
    if (/^\.{1,2}(?:\/|$)/.test(text)) {
      const target = path.posix.join(path.posix.dirname(module), text).replace(/\/$/, '');
      const file = ENDS.map((end) => target + end).find((each) => this.#files.has(each));
      return file === undefined ? this.#folder(target, module, opensFiles) : [file];
    }
    if (!this.#lastNames.has(path.posix.basename(text))) return this.#exported(text);
    const places = [...foldersOf(module), ''].map((base) => path.posix.join(base, text));
    return [
      ...places.filter((file) => this.#files.has(file)),
      ...places.flatMap((folder) => this.#folder(folder, module, opensFiles)),
      ...this.#bySuffix(text),
      ...this.#exported(text),
    ];
  }

  /** A folder that a module may read. One that it stands in is how it says where the others are. */
  #folder(folder: string, module: string, opensFiles: boolean): string[] {
    const isNamed = opensFiles && this.#folders.has(folder) && !module.startsWith(`${folder}/`);
    return isNamed ? [folder] : [];
  }

  /** `schemas/order.json`, or `PutRecord.request`, whose folder and ending are said elsewhere. */
  #bySuffix(text: string): string[] {
    const named = this.#byName.get(path.posix.basename(text)) ?? [];
    if (!/[./]/.test(text) || named.length === 0) return [];
    return named.filter((file) =>
      [file, file.slice(0, -path.posix.extname(file).length)].some((each) =>
        `/${each}`.endsWith(`/${text}`),
      ),
    );
  }

  #exported(specifier: string): string[] {
    const [scope = ''] = specifier.split('/');
    return (this.#packages.get(scope) ?? []).flatMap(([pattern, target]) => {
      const [before = '', after] = pattern.split('*');
      if (after === undefined) return pattern === specifier ? [target] : [];
      if (!specifier.startsWith(before)) return [];
      const file = target.replace('*', specifier.slice(before.length));
      return this.#files.has(file) ? [file] : [];
    });
  }
}

/** `a/b/c` is in `a/b` and in `a`. */
export function foldersOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
}

const joinedOf = ([first = '', ...rest]: readonly string[]): string =>
  rest.length === 0 ? first : path.posix.join(first, ...rest);

/** Strings that stand one after the other as in `path.join('docs', 'viewer.md')`. */
function runsOfStrings(text: string): string[][] {
  const code = text.replace(TYPE_IMPORT, '').replace(COMMENT_LINE, '');
  const runs: string[][] = [];
  let end = -1;
  for (const match of code.matchAll(STRING)) {
    const [whole, single, double, template] = match;
    // Of `${ROOT}/docs/${name}.md` the folder is known.
    const value = template?.replace(/^\$\{[^}]*\}\//, '').replace(/\/?[^/]*\$\{[\s\S]*$/, '');
    const string = single ?? double ?? value ?? '';
    const last = runs.at(-1);
    if (last && /^\s*,\s*$/.test(code.slice(end, match.index))) last.push(string);
    else runs.push([string]);
    end = match.index + whole.length;
  }
  return runs;
}

/** A package of this repository by its name, with the source of each export. */
function exportsOf(folder: string, manifest: string) {
  const { name, exports = {} } = JSON.parse(manifest) as {
    name: string;
    exports?: Record<string, string | Record<string, string>>;
  };
  const sources = Object.entries(exports).map(([key, value]) => {
    const target = typeof value === 'string' ? value : (value['embedded-aws-source'] ?? '');
    return [path.posix.join(name, key), path.posix.join(folder, target)] as const;
  });
  return [name, sources] as const;
}
