import { pageOf } from '../core/paging';
import { required, text } from '../core/shapes/shape';
import { invalidParameter } from './errors';
import type { LogStore } from './store';

/** The members that requests share (botocore, logs/2014-03-28/service-2.json). */
export const logGroupName = {
  type: 'String',
  min: 1,
  max: 512,
  pattern: '[\\.\\-_/#A-Za-z0-9]+',
} as const;

export const logStreamName = { type: 'String', min: 1, max: 512, pattern: '[^:*]*' } as const;

/** The two ways to name a group; the identifier may be an ARN. */
export const groupReference = { logGroupName, logGroupIdentifier: text } as const;

export const named = { logGroupName: required(logGroupName) } as const;

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
