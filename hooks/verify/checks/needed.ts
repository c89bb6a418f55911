import type { Action, routes } from '../../../resources/routes';
import type { Ask } from '../ask';

type Row = (typeof routes)[number];
type WithBody = Extract<Row, { model: string }>['action'];

/** A shard that every stream has. */
export const FIRST_SHARD = { 'shard-id': 'shardId-000000000000' } as const;

/** What routes need beside the stream's name to come as far as Kinesis. */
const NEEDED: Readonly<Record<WithBody | 'GetShardIterator' | 'GetRecords', Ask>> = {
  CreateStream: { body: { ShardCount: 1 } },
  PutRecord: { body: { Data: 'x', PartitionKey: 'x' } },
  PutRecords: { body: { records: [{ data: 'x', 'partition-key': 'x' }] } },
  GetShardIterator: { query: FIRST_SHARD },
  GetRecords: { query: { 'shard-iterator': 'none' } },
};

/** The smallest request of a route that no validator refuses. */
export function needed(action: Action): Ask {
  return Object.hasOwn(NEEDED, action) ? NEEDED[action as keyof typeof NEEDED] : {};
}
