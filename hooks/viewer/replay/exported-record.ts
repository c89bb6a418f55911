import { aggregateIn } from '../opening/aggregate';
import type { Line } from './lines';

/** A record to be sent again. */
export interface ReplayRecord {
  /** Number of the line that it is from. */
  readonly line: number;
  readonly partitionKey: string;
  readonly explicitHashKey?: string;
  readonly data: Uint8Array;
  /** When it arrived, in milliseconds since 1970, if the line says so. */
  readonly arrivedAt?: number;
}

/** A line that is no exported record. */
export class WrongLineError extends Error {
  override readonly name = 'WrongLineError';
  readonly line: number;

  constructor(line: number, reason: string, options?: ErrorOptions) {
    super(`line ${line} ${reason}`, options);
    this.line = line;
  }
}

const BASE64 = /^[A-Za-z\d+/]*={0,2}$/;
const HASH_KEY = /^\d{1,39}$/;

/**
 * The record of a line that `serverless records` or the viewer has exported. An aggregate of the KPL
 * is sent as the records in it: in another shard than its own, consumers would get none of them.
 * @throws WrongLineError
 */
export function recordsOfLine({ number, text }: Line): ReplayRecord[] {
  const {
    PartitionKey: partitionKey,
    ExplicitHashKey: explicitHashKey,
    Data: base64,
    ApproximateArrivalTimestamp: time,
  } = membersOf(number, text);
  if (typeof partitionKey !== 'string' || partitionKey === '') {
    throw new WrongLineError(number, 'has no PartitionKey');
  }
  if (typeof base64 !== 'string') throw new WrongLineError(number, 'has no Data');
  if (!BASE64.test(base64) || base64.length % 4 !== 0) {
    throw new WrongLineError(number, 'has Data that is not base64');
  }
  if (explicitHashKey !== undefined && !isHashKey(explicitHashKey)) {
    throw new WrongLineError(number, 'has an ExplicitHashKey that is not a number');
  }
  const common = { line: number, ...arrivalOf(number, time) };
  const data = Buffer.from(base64, 'base64');
  const aggregate = aggregateIn(data);
  if (aggregate !== undefined) {
    return [...aggregate.records()].map(({ tags: _, ...record }) => ({ ...common, ...record }));
  }
  const explicit = explicitHashKey === undefined ? {} : { explicitHashKey };
  return [{ ...common, partitionKey, ...explicit, data }];
}

function membersOf(number: number, text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new WrongLineError(number, 'is not JSON', { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new WrongLineError(number, 'is not a JSON object');
}

const isHashKey = (value: unknown): value is string =>
  typeof value === 'string' && HASH_KEY.test(value);

function arrivalOf(number: number, time: unknown): { readonly arrivedAt?: number } {
  if (time === undefined) return {};
  const arrivedAt = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  if (!Number.isNaN(arrivedAt)) return { arrivedAt };
  throw new WrongLineError(number, 'has an ApproximateArrivalTimestamp that is not a time');
}
