import path from 'node:path';
import { isPacked } from '../../resources/packed';

/** Node options with which a child process can load the hooks; none if they are compiled. */
export const LOADER: readonly string[] = isPacked
  ? []
  : ['--require', path.join(__dirname, '..', 'typescript.cjs')];
