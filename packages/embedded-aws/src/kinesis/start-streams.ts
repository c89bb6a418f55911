import { AwsError } from '../core/errors';
import { OptionError } from '../core/option-error';
import type { OptionReader } from '../core/read-options';
import { that } from '../core/read-options';

/** The shards of each stream by its name; `on-demand` leaves their number to Kinesis. */
export type StartStreams = Readonly<Record<string, number | typeof ON_DEMAND>>;

const ON_DEMAND = 'on-demand';

/** As CreateStream has it: botocore, kinesis/2013-12-02/service-2.json. */
const NAME = /^[a-zA-Z0-9_.-]{1,128}$/;

const shards = that(
  `a number of shards, 1 or more, or ${ON_DEMAND}`,
  (value): value is number | typeof ON_DEMAND =>
    value === ON_DEMAND || (Number.isSafeInteger(value) && Number(value) > 0),
);

/**
 * Validates streams that are to be there at the start.
 * @throws OptionError naming the stream
 */
export const readStartStreams: OptionReader<StartStreams> = (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OptionError(`${path} must be shards by the names of streams, such as { orders: 2 }.`);
  }
  const entries = Object.entries(value).map(([name, count]) => {
    if (NAME.test(name)) return [name, shards(count, `${path}.${name}`)] as const;
    throw new OptionError(
      `${path}: '${name}' cannot be the name of a stream, which has 1 to 128 letters, digits, '_', '-' and '.'.`,
    );
  });
  return Object.fromEntries(entries);
};

/**
 * Reads `orders:2,clicks,audit:on-demand`; a stream without a number has one shard.
 * @throws OptionError naming the stream
 */
export function parseStartStreams(text: string, path: string): StartStreams {
  const streams = new Map<string, unknown>();
  for (const item of text.split(',')) {
    const [, name = '', count = '1'] = /^([^:]*)(?::(.*))?$/.exec(item.trim()) ?? [];
    if (streams.has(name)) throw new OptionError(`${path} names ${name} twice.`);
    streams.set(name, /^\d+$/.test(count) ? Number(count) : count);
  }
  return readStartStreams(Object.fromEntries(streams), path);
}

/** Input of the CreateStream that makes a stream of this size. */
export function creationOf(name: string, count: StartStreams[string]) {
  return count === ON_DEMAND
    ? { StreamName: name, StreamModeDetails: { StreamMode: 'ON_DEMAND' } }
    : { StreamName: name, ShardCount: count };
}

/** Kinesis's refusal of a stream, such as a quota of the account, as a mistake of the option. */
export function startError(name: string, error: unknown): Error {
  if (!(error instanceof AwsError)) return error as Error;
  return new OptionError(`streams.${name}: ${error.message}`, { cause: error });
}
