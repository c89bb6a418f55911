import type { Action } from '../../resources/routes';
import type { ContractCase } from './case';
import { createStream } from './cases/create-stream';
import { deleteStream } from './cases/delete-stream';
import { describeStream } from './cases/describe-stream';
import { getRecords } from './cases/get-records';
import { getShardIterator } from './cases/get-shard-iterator';
import { listShards } from './cases/list-shards';
import { listStreams } from './cases/list-streams';
import { putRecord } from './cases/put-record';
import { putRecords } from './cases/put-records';
import { faultCases } from './faults';

const OWN: Readonly<Record<Action, readonly ContractCase[]>> = {
  ListStreams: listStreams,
  DescribeStream: describeStream,
  CreateStream: createStream,
  DeleteStream: deleteStream,
  PutRecord: putRecord,
  PutRecords: putRecords,
  ListShards: listShards,
  GetShardIterator: getShardIterator,
  GetRecords: getRecords,
};

/** All that each route promises, in one table: tests, docs/statuses.md and openapi.json share it. */
export const cases: readonly {
  readonly action: Action;
  readonly cases: readonly ContractCase[];
}[] = (Object.keys(OWN) as Action[]).map((action) => ({
  action,
  cases: [...OWN[action], ...faultCases(action)],
}));
