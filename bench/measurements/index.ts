import type { Measurement } from '../measurement';
import { commands } from './commands';
import { engine } from './engine';
import { gateway } from './gateway';
import { growth } from './growth';
import { plugins } from './plugins';
import { start } from './start';
import { templates } from './templates';
import { tests } from './tests';
import { verification } from './verification';

/** All that can be measured, in the order in which it is measured and told. */
export const MEASUREMENTS: readonly Measurement[] = [
  gateway,
  engine,
  templates,
  start,
  commands,
  plugins,
  verification,
  growth,
  tests,
];
