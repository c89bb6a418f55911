import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import path, { posix } from 'node:path';
import { isPacked } from '../../resources/packed';
import { GENERATED } from '../contracts/folder';

/** The sources of a stage, functions of one's own included. The embedded AWS is not among them: the running one would not notice. */
const FOLDERS = ['templates', 'resources', 'hooks', 'functions'];

/**
 * Editors leave other files beside these while they save: `.a.vtl.swp`, `a.vtl~`, `#a.ts#`, `4913`.
 */
const SOURCE = /^[^.#].*\.(vtl|[cm]?[jt]s|json|ya?ml|css|html)$/;
/** In the root other files are written by tools: reports, locks, outputs. */
const ROOT_SOURCE = /^[^.#].*\.[cm]?ts$/;
const SERVICE_SOURCE = /^[^.#].*\.([cm]?[jt]s|ya?ml)$/;

/** In a source: a path such as `'schemas/order.json'`. */
const NAMED = /(["'`])([^"'`\n$]+)\.json\1/g;

/** A hash of each file's content, by its path from the root, with slashes on every system. */
export type Contents = ReadonlyMap<string, string>;

/** The files that a stage is deployed from. */
export interface Sources {
  /** Differs when a file was written, added or removed; cheap. */
  stamp(): string;
  contents(): Contents;
}

/**
 * @param root folder of serverless.ts
 * @param isWhole true if every file counts, as in a service that installs the API
 */
export function sourcesIn(root: string, isWhole = isPacked): Sources {
  const named = namedFiles(root);
  const files = () => {
    const own = rootFiles(root, isWhole ? SERVICE_SOURCE : ROOT_SOURCE);
    const inFolders = (isWhole ? foldersOf(root) : FOLDERS).flatMap((folder) =>
      filesIn(root, folder),
    );
    return [...new Set([...own, ...named(own), ...inFolders])];
  };
  return {
    stamp: () =>
      files()
        .map((file) => stampOf(root, file))
        .join('\n'),
    contents: () =>
      new Map(
        files().flatMap((file) => {
          const content = present(() => readFileSync(path.join(root, file)));
          return content === undefined ? [] : [[file, hashOf(content)] as const];
        }),
      ),
  };
}

/** The files whose content is not the same in both, those added and removed included. */
export function changedFiles(before: Contents, after: Contents): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return Array.from(names)
    .filter((name) => before.get(name) !== after.get(name))
    .sort();
}

function rootFiles(root: string, source: RegExp): string[] {
  return entriesOf(root)
    .filter((entry) => !entry.isDirectory() && source.test(entry.name))
    .map(({ name }) => name);
}

/**
 * Schemas and samples of declared streams, by what the sources in the root say: whoever mends a schema
 * that did not load has no declaration that did.
 */
function namedFiles(root: string): (sources: readonly string[]) => readonly string[] {
  let stamp: string | undefined;
  let named: readonly string[] = [];
  return (sources) => {
    const now = sources.map((file) => stampOf(root, file)).join('\n');
    if (now !== stamp) {
      const texts = sources.map(
        (file) => present(() => readFileSync(path.join(root, file), 'utf8')) ?? '',
      );
      const paths = texts.flatMap((text) =>
        [...text.matchAll(NAMED)].map(([, , name = '']) => name),
      );
      named = paths
        .flatMap((name) => [`${name}.json`, `${name}.sample.json`])
        .map((name) => posix.normalize(name));
      stamp = now;
    }
    return named;
  };
}

function filesIn(root: string, folder: string): string[] {
  return entriesOf(path.join(root, folder)).flatMap((entry) => {
    const name = posix.join(folder, entry.name);
    if (entry.isDirectory()) return isOwnFolder(entry) ? filesIn(root, name) : [];
    return SOURCE.test(entry.name) ? [name] : [];
  });
}

const foldersOf = (root: string) =>
  entriesOf(root)
    .filter(isOwnFolder)
    .map(({ name }) => name);

/** Not what tools keep, nor what is installed, nor what a deploy writes itself. */
function isOwnFolder(entry: Dirent): boolean {
  const isWritten = entry.name === 'node_modules' || entry.name === GENERATED;
  return entry.isDirectory() && !entry.name.startsWith('.') && !isWritten;
}

function entriesOf(folder: string): Dirent[] {
  return present(() => readdirSync(folder, { withFileTypes: true })) ?? [];
}

function stampOf(root: string, file: string): string {
  const stats = present(() => statSync(path.join(root, file)));
  return stats === undefined ? '' : `${file} ${stats.mtimeMs} ${stats.size} ${stats.ino}`;
}

/** Undefined for a file that cannot be read: the deployment will report it. */
function present<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('base64');
}
