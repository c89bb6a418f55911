import type { Measurement } from 'dev-kit/bench/measurement';
import { engine, growth, start } from 'embedded-aws/bench';
import { commands } from './commands';
import { gateway } from './gateway';
import { plugins } from './plugins';
import { templates } from './templates';
import { tests } from './tests';
import { verification } from './verification';

/** All measurements, in the order in which they run and are reported. */
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
