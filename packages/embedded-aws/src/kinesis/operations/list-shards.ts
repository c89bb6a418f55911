import { required, structure, type ValueOf } from '../../core/shapes/shape';
import { authorizedStream, type StreamReference } from '../engine';
import { invalidArgument, streamNotFound } from '../errors';
import { nextToken, pageSize, shardId, streamReference, timestamp } from '../members';
import { type Call, operation } from '../operation';
import type { Shard } from '../streams/shard';
import { type Stream, streamArnOf } from '../streams/stream';
import { openPage, sealPage } from '../wire/pages';
import { shardView } from './stream-views';

const PAGE = 1000;

const FILTERS = [
  'AFTER_SHARD_ID',
  'AT_TRIM_HORIZON',
  'FROM_TRIM_HORIZON',
  'AT_LATEST',
  'AT_TIMESTAMP',
  'FROM_TIMESTAMP',
] as const;

const shardFilter = structure({
  Type: required({ type: 'String', values: FILTERS } as const),
  ShardId: shardId,
  Timestamp: timestamp,
});
type ShardFilter = ValueOf<typeof shardFilter>;

const input = structure({
  ...streamReference,
  NextToken: nextToken,
  ExclusiveStartShardId: shardId,
  MaxResults: pageSize,
  StreamCreationTimestamp: timestamp,
  ShardFilter: shardFilter,
});
type Request = ValueOf<typeof input>;

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html */
export const listShards = operation('ListShards', input, (request, call) => {
  const page = request.NextToken === undefined ? firstPage(request) : laterPage(request, call);
  const stream = authorizedStream(call, page.reference);
  requireCreation(stream, page.createdSecond);

  const shards = filtered(stream, page.filter, call.now).filter(({ id }) => id > page.after);
  const shown = shards.slice(0, request.MaxResults ?? PAGE);
  const more = shards.length > shown.length;
  return {
    Shards: shown.map(shardView),
    ...(more && {
      NextToken: sealPage(
        call.engine.sealer,
        'ListShards',
        [
          stream.name,
          Math.floor(stream.createdAt / 1000),
          shown.at(-1)?.id ?? '',
          JSON.stringify(page.filter ?? null),
        ],
        call.now,
      ),
    }),
  };
});

interface Page {
  readonly reference: StreamReference;
  readonly createdSecond: number | undefined;
  readonly after: string;
  readonly filter: ShardFilter | undefined;
}

function firstPage(request: Request): Page {
  if (request.StreamName === undefined && request.StreamARN === undefined) {
    throw invalidArgument('Either NextToken or StreamName should be provided.');
  }
  const created = request.StreamCreationTimestamp;
  return {
    reference: request,
    createdSecond: created === undefined ? undefined : Math.floor(created / 1000),
    after: request.ExclusiveStartShardId ?? '',
    filter: request.ShardFilter,
  };
}

/**
 * A token contains stream, position and filter; these members must not be repeated with it. The text
 * was recorded for StreamARN, the others are documented.
 */
const EXCLUDED_BY_TOKEN = [
  'StreamName',
  'StreamARN',
  'ExclusiveStartShardId',
  'StreamCreationTimestamp',
] as const satisfies readonly (keyof Request)[];

function laterPage(request: Request, call: Call): Page {
  const conflict = EXCLUDED_BY_TOKEN.find((name) => request[name] !== undefined);
  if (conflict !== undefined) {
    throw invalidArgument(`NextToken and ${conflict} cannot be provided together.`);
  }
  const content = openPage(call.engine.sealer, 'ListShards', request.NextToken ?? '', call.now);
  const [name, createdSecond, after, filter] = content as [string, number, string, string];
  const reference = { StreamARN: streamArnOf(call.caller, name) };
  return { reference, createdSecond, after, filter: JSON.parse(filter) ?? undefined };
}

/** The creation time distinguishes a stream from an earlier one of the same name. */
function requireCreation(stream: Stream, createdSecond: number | undefined): void {
  if (createdSecond === undefined) return;
  if (Math.floor(stream.createdAt / 1000) === createdSecond) return;
  throw streamNotFound(stream.name, stream.accountId);
}

function filtered(stream: Stream, filter: ShardFilter | undefined, now: number): Shard[] {
  const shards = stream.visibleShards(now);
  if (filter === undefined) return shards;
  const horizon = Math.max(stream.trimHorizon(now), stream.createdAt);
  switch (filter.Type) {
    case 'AFTER_SHARD_ID': {
      const after = requireMember(filter.ShardId, 'ShardId', filter.Type);
      return shards.filter(({ id }) => id > after);
    }
    case 'AT_TRIM_HORIZON':
      return shards.filter((shard) => wasOpen(shard, horizon));
    case 'FROM_TRIM_HORIZON':
      return shards;
    case 'AT_LATEST':
      return shards.filter(({ closedAt }) => closedAt === undefined);
    case 'AT_TIMESTAMP': {
      const time = requireMember(filter.Timestamp, 'Timestamp', filter.Type);
      return shards.filter((shard) => wasOpen(shard, time));
    }
    case 'FROM_TIMESTAMP': {
      const time = Math.max(requireMember(filter.Timestamp, 'Timestamp', filter.Type), horizon);
      return shards.filter(({ closedAt }) => closedAt === undefined || closedAt >= time);
    }
  }
}

function wasOpen({ openedAt, closedAt }: Shard, time: number): boolean {
  return openedAt <= time && (closedAt === undefined || closedAt >= time);
}

function requireMember<T>(value: T | undefined, name: string, type: string): T {
  if (value !== undefined) return value;
  throw invalidArgument(`ShardFilter of type ${type} must have a ${name}.`);
}
