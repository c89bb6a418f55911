import { pageOf } from '../core/paging';
import { list, required, structure, text } from '../core/shapes/shape';
import { invalidParameter } from './errors';
import { LONGEST_NAME } from './quotas';
import type { LogStore } from './store';

/** The members that requests share (botocore, logs/2014-03-28/service-2.json). */
export const logGroupName = {
  type: 'String',
  min: 1,
  max: LONGEST_NAME,
  pattern: '[\\.\\-_/#A-Za-z0-9]+',
} as const;

export const logStreamName = {
  type: 'String',
  min: 1,
  max: LONGEST_NAME,
  pattern: '[^:*]*',
} as const;

/** The two ways to name a group; the identifier may be an ARN, which must not end in `:*`. */
export const groupReference = {
  logGroupName,
  logGroupIdentifier: { type: 'String', min: 1, max: 2048, pattern: '[\\w#+=/:,.@-]*' },
} as const;

export const resourceArn = {
  type: 'String',
  min: 1,
  max: 1011,
  pattern: '[\\w+=/:,.@-]*',
  required: true,
} as const;

export const named = { logGroupName: required(logGroupName) } as const;

export const filterName = { type: 'String', min: 1, max: 512, pattern: '[^:*]*' } as const;

/** A metric filter's settings, as PutMetricFilter and `AWS::Logs::MetricFilter` have them. */
export const metricFilterSettings = {
  filterName,
  filterPattern: { type: 'String', max: 1024, required: true },
  metricTransformations: required(
    list(
      structure({
        metricName: { type: 'String', max: 255, pattern: '[^:*$]*', required: true },
        metricNamespace: { type: 'String', max: 255, pattern: '[^:*$]*', required: true },
        metricValue: { type: 'String', max: 100, required: true },
        defaultValue: { type: 'Double' },
        dimensions: { type: 'Map', key: text, value: text },
        unit: text,
      }),
      { min: 1, max: 1 },
    ),
  ),
} as const;

/** Milliseconds since 1970. */
export const timestamp = { type: 'Long', min: 0 } as const;

export const LARGEST_LIST = 50;

export const paged = (largest: number) =>
  ({ limit: { type: 'Integer', min: 1, max: largest }, nextToken: text }) as const;

/** @throws AwsError InvalidParameterException for a token that no page had */
export const page = <Item>(items: readonly Item[], size: number, token: string | undefined) =>
  pageOf(items, { token, size }, () => invalidParameter('The specified nextToken is invalid.'));

/** A group's ARN with `:*`, as policies name it. */
export const groupArn = (input: Parameters<LogStore['nameOf']>[0], store: LogStore) =>
  `${store.arnOf(store.nameOf(input))}:*`;
