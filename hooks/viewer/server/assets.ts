import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Asset {
  readonly type: string;
  readonly content: string;
}

const HERE = path.join(__dirname, '..');
export const PACKED = path.join(HERE, 'assets.json');
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
} as const;

/**
 * The files of the page, by their path below the address. Only files in this map can be requested
 * for. Modules have their types taken out here, so that the page is the source and needs no build;
 * browsers ask for them as they are imported, without an extension.
 */
export function loadAssets(): ReadonlyMap<string, Asset> {
  // The package that others install has no sources, and no compiler (scripts/pack.ts).
  if (existsSync(PACKED)) return new Map(JSON.parse(readFileSync(PACKED, 'utf8')));
  const assets = new Map<string, Asset>();
  for (const name of readdirSync(path.join(HERE, 'page'))) {
    const type = TYPES[path.extname(name) as keyof typeof TYPES];
    if (type === undefined) continue;
    const content = readFileSync(path.join(HERE, 'page', name), 'utf8');
    assets.set(name === 'index.html' ? '' : name, { type, content });
  }
  for (const folder of ['page', 'format']) {
    for (const name of readdirSync(path.join(HERE, folder))) {
      if (!name.endsWith('.ts')) continue;
      const content = withoutTypes(readFileSync(path.join(HERE, folder, name), 'utf8'), name);
      const type = 'text/javascript; charset=utf-8';
      assets.set(`${folder}/${name.slice(0, -'.ts'.length)}`, { type, content });
    }
  }
  return assets;
}

function withoutTypes(source: string, filename: string): string {
  const { transformSync } = require('@swc/core') as typeof import('@swc/core');
  return transformSync(source, {
    filename,
    // The project's own settings are for tests.
    swcrc: false,
    isModule: true,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
  }).code;
}
