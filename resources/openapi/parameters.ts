import type { routes } from '../routes';
import type { Schema } from './schema';

type Row = (typeof routes)[number];
type NamesIn<R, Place extends string> =
  R extends Readonly<Record<Place, infer Names>>
    ? Names extends readonly (infer Name)[]
      ? Name
      : keyof Names
    : never;

/** Every parameter of the route table; one without a row below does not compile. */
type ParameterName = NamesIn<Row, 'query'> | NamesIn<Row, 'headers'> | 'stream-name';

interface Parameter {
  readonly description: string;
  readonly schema: Schema;
}

const SHARD_ID: Schema = { type: 'string', pattern: '^[a-zA-Z0-9_.-]+$', maxLength: 128 };
const ITERATOR: Schema = { type: 'string', minLength: 1, maxLength: 512 };
const STREAM_NAME: Schema = { type: 'string', pattern: '^[a-zA-Z0-9_.-]+$', maxLength: 128 };

/** What each parameter is, wherever it comes: as in Kinesis's API reference. */
const parameterTable = {
  'stream-name': { description: 'The name of the stream', schema: STREAM_NAME },
  limit: {
    description: 'How many items the answer holds at most',
    schema: { type: 'integer', minimum: 1, maximum: 10_000 },
  },
  'exclusive-start-stream-name': {
    description: 'List the streams whose names come after this one',
    schema: STREAM_NAME,
  },
  'next-token': {
    description: 'Go on where the answer with this `NextToken` ended; good for five minutes',
    schema: { type: 'string', minLength: 1, maxLength: 1_048_576 },
  },
  'exclusive-start-shard-id': {
    description: 'List the shards that come after this one',
    schema: SHARD_ID,
  },
  'shard-id': { description: 'The shard to read', schema: SHARD_ID },
  'shard-iterator-type': {
    description: 'Where to begin',
    schema: {
      type: 'string',
      enum: [
        'TRIM_HORIZON',
        'LATEST',
        'AT_TIMESTAMP',
        'AT_SEQUENCE_NUMBER',
        'AFTER_SEQUENCE_NUMBER',
      ],
      default: 'TRIM_HORIZON',
    },
  },
  timestamp: {
    description: 'For `AT_TIMESTAMP`: seconds since 1970, decimals allowed',
    schema: { type: 'number', minimum: 0 },
  },
  'starting-sequence-number': {
    description: 'For `AT_SEQUENCE_NUMBER` and `AFTER_SEQUENCE_NUMBER`: which record',
    schema: { type: 'string', pattern: '^(0|[1-9][0-9]{0,128})$' },
  },
  'shard-iterator': {
    description: 'The iterator, unless the header `Shard-Iterator` has it',
    schema: ITERATOR,
  },
  'Shard-Iterator': {
    description: 'The iterator, unless the query parameter `shard-iterator` has it',
    schema: ITERATOR,
  },
} as const satisfies Readonly<Record<ParameterName, Parameter>>;

/** @throws TypeError for a name that no route has */
export function parameterOf(name: string): Parameter {
  const found = Object.entries(parameterTable).find(([known]) => known === name);
  if (found === undefined) throw new TypeError(`No route has a parameter ${name}.`);
  return found[1];
}
