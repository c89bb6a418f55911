import { existsSync } from 'node:fs';
import path from 'node:path';

/** The embedded AWS's sources: there in this repository, not in the package that is installed elsewhere. */
export const SOURCES = path.join(path.dirname(require.resolve('embedded-aws/package.json')), 'src');

/** The file that Node runs to be the embedded AWS. */
export function mainOf(): string {
  // Compiled when it was packed.
  if (!existsSync(SOURCES)) return require.resolve('embedded-aws/main');
  try {
    // Loaded here, because an installed package needs no bundler.
    const { bundledAws } = require('./bundle') as typeof import('./bundle');
    return bundledAws(SOURCES);
  } catch {
    // Nothing can be cached here, as in a read-only folder: then module by module, which takes longer.
    return path.join(SOURCES, 'main.ts');
  }
}
