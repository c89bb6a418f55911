import type { Measurement } from 'dev-kit/bench/measurement';
import { engine, growth, install, start } from 'embedded-aws/bench';
import { change } from './change';
import { commands } from './commands';
import { declared } from './declared';
import { gateway } from './gateway';
import { latency } from './latency';
import { peers } from './peers';
import { plugins } from './plugins';
import { templates } from './templates';
import { tests } from './tests';
import { verification } from './verification';

/** All measurements, in the order in which they run and are reported. */
export const MEASUREMENTS: readonly Measurement[] = [
  gateway,
  latency,
  engine,
  peers,
  templates,
  start,
  install,
  commands,
  plugins,
  verification,
  growth,
  declared,
  change,
  tests,
];
