import type { models } from './models';

/**
 * The API, one route a row. Resources, methods, the role's policy, the verifier's coverage and the
 * README's endpoint table all come from here; adding an endpoint is a row, a template and a check.
 */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path below the stage, with API Gateway's `{parameter}` notation. */
  readonly path: `/${string}`;
  /** The Kinesis action called; also the name of its template, `templates/<action>.request.vtl`. */
  readonly action: string;
  /** What IAM lets the action be granted on: the stage's streams, or only `*`. */
  readonly grantedOn: 'streams' | 'everything';
  /** Query parameters; true for those without which the request is refused. */
  readonly query?: Readonly<Record<string, boolean>>;
  /** Headers beside the usual ones, read as parameters. */
  readonly headers?: readonly string[];
  /** What bodies must look like, as a name of resources/models.ts; without it a body is ignored. */
  readonly model?: keyof typeof models;
  /** Routes that make and unmake streams are left out where the stage's `manageStreams` is false. */
  readonly managesStreams?: true;
  /** Template of the success answer; without one Kinesis's JSON passes as it is. */
  readonly responseTemplate?: string;
  /** The request body in the README's words; empty when there is none. */
  readonly request: string;
  /** The answer in the README's words. */
  readonly answer: string;
}

export const routes = [
  {
    method: 'GET',
    path: '/streams',
    action: 'ListStreams',
    grantedOn: 'everything',
    query: { limit: false, 'exclusive-start-stream-name': false, 'next-token': false },
    request: '',
    answer: '`StreamNames`, `HasMoreStreams`, …',
  },
  {
    method: 'GET',
    path: '/streams/{stream-name}',
    action: 'DescribeStream',
    grantedOn: 'streams',
    query: { limit: false, 'exclusive-start-shard-id': false },
    request: '',
    answer: '`StreamDescription`',
  },
  {
    method: 'POST',
    path: '/streams/{stream-name}',
    action: 'CreateStream',
    grantedOn: 'streams',
    model: 'CreateStream',
    managesStreams: true,
    // Kinesis answers this one and DeleteStream with no body at all, which is not JSON.
    responseTemplate: 'Empty.response',
    request: '`{"ShardCount": 2}`; absent, null or empty means 5; the body may be absent',
    answer: '`{}`',
  },
  {
    method: 'DELETE',
    path: '/streams/{stream-name}',
    action: 'DeleteStream',
    grantedOn: 'streams',
    managesStreams: true,
    responseTemplate: 'Empty.response',
    request: '',
    answer: '`{}`',
  },
  {
    method: 'PUT',
    path: '/streams/{stream-name}/record',
    action: 'PutRecord',
    grantedOn: 'streams',
    model: 'PutRecord',
    request: '`{"Data": any JSON, "PartitionKey": "text"}`',
    answer: '`SequenceNumber`, `ShardId`',
  },
  {
    method: 'PUT',
    path: '/streams/{stream-name}/records',
    action: 'PutRecords',
    grantedOn: 'streams',
    model: 'PutRecords',
    responseTemplate: 'PutRecords.response',
    request: '`{"records": [{"data": any JSON, "partition-key": "text"}, …]}`, 1 to 500',
    answer: '`FailedRecordCount`, `Records`; 207 when a record failed',
  },
  {
    method: 'GET',
    path: '/streams/{stream-name}/shards',
    action: 'ListShards',
    grantedOn: 'streams',
    query: { limit: false, 'exclusive-start-shard-id': false, 'next-token': false },
    request: '',
    answer: '`Shards`, `NextToken`',
  },
  {
    method: 'GET',
    path: '/streams/{stream-name}/sharditerator',
    action: 'GetShardIterator',
    grantedOn: 'streams',
    query: {
      'shard-id': true,
      'shard-iterator-type': false,
      timestamp: false,
      'starting-sequence-number': false,
    },
    request: '',
    answer: '`ShardIterator`',
  },
  {
    method: 'GET',
    path: '/streams/{stream-name}/records',
    action: 'GetRecords',
    grantedOn: 'streams',
    query: { 'shard-iterator': false, limit: false },
    headers: ['Shard-Iterator'],
    request: '',
    answer: '`Records`, `NextShardIterator`, `MillisBehindLatest`',
  },
] as const satisfies readonly Route[];

export type Action = (typeof routes)[number]['action'];

/** The row of an action. */
export function routeOf(action: Action): (typeof routes)[number] {
  const route = routes.find((candidate) => candidate.action === action);
  if (route === undefined) throw new TypeError(`No route calls ${action}.`);
  return route;
}
