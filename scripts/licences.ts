import { readFileSync } from 'node:fs';
import path from 'node:path';
import { table } from './markdown';

const ROOT = path.join(__dirname, '..');

/** SPDX identifiers that a dependency may have: permissive, or of data that nothing here redistributes. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'PSF-2.0',
  'Python-2.0',
]);

/** Allowed for what only tests run: the copyleft of these concerns changed files of their own. */
const ALLOWED_IN_TESTS: ReadonlySet<string> = new Set(['MPL-2.0']);

/** Licences of packages whose package.json names none, from the text in the package. */
const UNDECLARED: Readonly<Record<string, string>> = { 'querystring@0.2.0': 'MIT' };

/** An installed package, as the lock describes it. */
export interface LockedPackage {
  /** `name@version` */
  readonly id: string;
  /** SPDX expression, such as `(MIT OR CC0-1.0)`; undefined if the package declares none. */
  readonly licence: string | undefined;
  /** True if `npm ci --omit=dev` leaves it out. */
  readonly isDevelopment: boolean;
}

interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

/** The packages of a lock of this repository, for every platform. @param folder relative to the root */
export function lockedPackages(folder: string): readonly LockedPackage[] {
  const file = path.join(ROOT, folder, 'package-lock.json');
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly packages: Readonly<Record<string, LockEntry>>;
  };
  return Object.entries(packages)
    .filter(([place, { link }]) => place.includes('node_modules/') && link !== true)
    .map(([place, { version, license, dev }]) => {
      const id = `${place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version}`;
      return { id, licence: license ?? UNDECLARED[id], isDevelopment: dev === true };
    });
}

/** True if the licence of a package allows its use: of `OR` one side must, of `AND` both. */
export function isAllowed({ licence, isDevelopment }: LockedPackage): boolean {
  if (licence === undefined) return false;
  return satisfies(
    licence.replace(/[()]/g, ' $& ').trim().split(/\s+/),
    (identifier) => ALLOWED.has(identifier) || (isDevelopment && ALLOWED_IN_TESTS.has(identifier)),
  );
}

/** `AND` binds more tightly than `OR`: https://spdx.github.io/spdx-spec/v3.0.1/annexes/spdx-license-expressions/ */
function satisfies(tokens: string[], isGood: (identifier: string) => boolean): boolean {
  const term = (): boolean => {
    const token = tokens.shift() ?? '';
    if (token !== '(') return isGood(token);
    const inner = either();
    return tokens.shift() === ')' && inner;
  };
  const both = (): boolean => {
    let result = term();
    while (tokens[0] === 'AND') {
      tokens.shift();
      result = term() && result;
    }
    return result;
  };
  const either = (): boolean => {
    let result = both();
    while (tokens[0] === 'OR') {
      tokens.shift();
      result = both() || result;
    }
    return result;
  };
  return either() && tokens.length === 0;
}

/** The licences of all packages that may be installed, with how many packages each has. */
export function licenceTable(): string {
  const packages = lockedPackages('.');
  const licences = [...new Set(packages.map(({ licence }) => licence ?? 'none'))];
  const count = (of: readonly LockedPackage[], licence: string) =>
    String(of.filter((one) => (one.licence ?? 'none') === licence).length);
  const running = packages.filter(({ isDevelopment }) => !isDevelopment);
  return table(
    ['licence', 'packages', 'of them to run and deploy'],
    licences.sort().map((licence) => [licence, count(packages, licence), count(running, licence)]),
  );
}
