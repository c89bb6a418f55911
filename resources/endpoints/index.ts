import { createStream } from './create-stream';
import { deleteStream } from './delete-stream';
import { describeStream } from './describe-stream';
import { getRecords } from './get-records';
import { getShardIterator } from './get-shard-iterator';
import { listShards } from './list-shards';
import { listStreams } from './list-streams';
import { putRecord } from './put-record';
import { putRecords } from './put-records';
import { refuseConflicts } from './shared/conflicts';
import type { Endpoint } from './shared/endpoint';

/** In the order in which README, the docs and the OpenAPI document list them. */
const list = [
  listStreams,
  describeStream,
  createStream,
  deleteStream,
  putRecord,
  putRecords,
  listShards,
  getShardIterator,
  getRecords,
] as const;

type IdOf<Each> = Each extends Endpoint<infer Id> ? Id : never;

export type EndpointId = IdOf<(typeof list)[number]>;

/** Every endpoint of the API. */
export const endpoints: readonly Endpoint<EndpointId>[] = list;

refuseConflicts(endpoints);

const byId = new Map<string, Endpoint<EndpointId>>(endpoints.map((each) => [each.id, each]));

/** @throws TypeError for an unknown id */
export function endpointOf(id: EndpointId): Endpoint<EndpointId> {
  const endpoint = byId.get(id);
  if (endpoint === undefined) throw new TypeError(`There is no endpoint ${id}.`);
  return endpoint;
}

export type { Endpoint };
