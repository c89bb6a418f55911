import {
  flag,
  isMilliseconds,
  items,
  members,
  milliseconds,
  type OptionReader,
  share,
  text,
  that,
  wholeNumber,
} from '../core/read-options';
import { OPERATIONS } from './operations';
import type { KinesisOptions } from './options';

const action = that(
  'an action of Kinesis, such as PutRecord',
  (value): value is string => typeof value === 'string' && Object.hasOwn(OPERATIONS, value),
);

const latency = that(
  'milliseconds, or [min, max]',
  (value): value is number | readonly [number, number] => isMilliseconds(value) || isSpan(value),
);

function isSpan(value: unknown): value is readonly [number, number] {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [min, max]: unknown[] = value;
  return isMilliseconds(min) && isMilliseconds(max) && min <= max;
}

const status = that(
  'an HTTP status, 400 to 599',
  (value): value is number =>
    Number.isInteger(value) && Number(value) >= 400 && Number(value) < 600,
);

const error = (value: unknown, path: string) => {
  const read = members({ code: text, message: text, status })(value, path);
  return { ...read, code: text(read.code, `${path}.code`) };
};

const rule = members({
  streams: text,
  actions: items(action),
  latencyMs: latency,
  errorRate: share,
  error,
  throttleRate: share,
});

const faults = (value: unknown, path: string) => {
  const read = members({ seed: wholeNumber, rules: items(rule) })(value, path);
  return { ...read, rules: read.rules ?? [] };
};

/**
 * Validates the options of Kinesis as users write them, in JSON or in a configuration file.
 * @throws OptionError naming the unknown option, or the invalid value
 */
export const readKinesisOptions: OptionReader<KinesisOptions> = members({
  createMs: milliseconds,
  deleteMs: milliseconds,
  updateMs: milliseconds,
  shardLimit: wholeNumber,
  onDemandStreamLimit: wholeNumber,
  enforceThroughput: flag,
  enforceQuotas: flag,
  faults,
});
