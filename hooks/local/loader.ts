import path from 'node:path';
import { isPacked } from '../../resources/packed';

/** What lets a new process of Node load the hooks: nothing where they are compiled. */
export const LOADER: readonly string[] = isPacked
  ? []
  : ['--require', path.join(__dirname, '..', 'typescript.cjs')];
