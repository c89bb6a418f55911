import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { HookError } from '../../framework';
import type { AccessView, KeyPlace, ShardsView, StageView, StreamsView } from '../protocol';
import { parsePosition } from '../reader/position';
import { listShards, placeOfKey } from '../reader/shards';
import type { ReadingPlan } from '../reader/stream-reading';
import { listStreams, nameOfStream, type StageStreams } from '../reader/streams';
import type { Delivery } from './deliver';

/** The stage, as the server knows it. */
export interface ViewedStage {
  readonly view: StageView;
  readonly kinesis: KinesisClient;
  readonly streams: StageStreams;
  access(): Promise<AccessView>;
}

type Handler = (
  stage: ViewedStage,
  query: URLSearchParams,
  signal: AbortSignal,
) => Promise<unknown>;

/** The handlers of the page's requests, by the last part of the path; records are sent separately. */
export const api: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['stage', async ({ view }): Promise<StageView> => view],
  ['access', ({ access }): Promise<AccessView> => access()],
  [
    'streams',
    async ({ kinesis, streams }, _, signal): Promise<StreamsView> => ({
      streams: await listStreams(kinesis, streams, signal),
    }),
  ],
  [
    'shards',
    async (stage, query, signal): Promise<ShardsView> => ({
      shards: await listShards(stage.kinesis, streamOf(stage, query), signal),
    }),
  ],
  [
    'shard-of-key',
    async (stage, query, signal): Promise<KeyPlace> => {
      const shards = await listShards(stage.kinesis, streamOf(stage, query), signal);
      return placeOfKey(shards, query.get('key') ?? '');
    },
  ],
]);

/** @throws HookError for a query that makes no sense */
export function planOf(stage: ViewedStage, query: URLSearchParams): ReadingPlan {
  const shard = query.get('shard') ?? 'all';
  const position = parsePosition(query.get('from') ?? 'trim-horizon');
  const testRecords = query.get('test-records') === 'true';
  return { stream: streamOf(stage, query), shard, position, testRecords };
}

/** The default page size, that of the AWS console. */
const PAGE = 50;
const MOST_ON_A_PAGE = 1_000;

/** `limit=50`, `until=tip` or `until=stopped`. @throws HookError for anything else */
export function deliveryOf(query: URLSearchParams): Delivery {
  const until = query.get('until') ?? 'page';
  if (until === 'tip' || until === 'stopped') return { until, limit: Number.POSITIVE_INFINITY };
  const limit = Number(query.get('limit') ?? PAGE);
  if (until === 'page' && Number.isInteger(limit) && limit >= 1 && limit <= MOST_ON_A_PAGE) {
    return { until, limit };
  }
  throw new HookError('EXTENT_INVALID', `A page has 1 to ${MOST_ON_A_PAGE} records.`);
}

function streamOf({ streams }: ViewedStage, query: URLSearchParams): string {
  const stream = query.get('stream');
  if (!stream) throw new HookError('STREAM_MISSING', 'Which stream?');
  return nameOfStream(streams, stream);
}
