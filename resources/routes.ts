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
  /** The request body in the README's words; empty when there is none. */
  readonly request: string;
  /** The answer in the README's words. */
  readonly answer: string;
  /** Template of the success answer; without one Kinesis's JSON passes as it is. */
  readonly responseTemplate?: string;
}

export const routes = [
  {
    method: 'GET',
    path: '/streams',
    action: 'ListStreams',
    grantedOn: 'everything',
    request: '',
    answer: '`StreamNames`, `HasMoreStreams`, …',
  },
  {
    method: 'GET',
    path: '/streams/{stream-name}',
    action: 'DescribeStream',
    grantedOn: 'streams',
    request: '',
    answer: '`StreamDescription`',
  },
  {
    method: 'POST',
    path: '/streams/{stream-name}',
    action: 'CreateStream',
    grantedOn: 'streams',
    request: '`{"ShardCount": 2}`; absent, null or empty means 5; the body may be absent',
    answer: '`{}`',
    // Kinesis answers these two with no body at all, which is not JSON.
    responseTemplate: 'Empty.response',
  },
  {
    method: 'DELETE',
    path: '/streams/{stream-name}',
    action: 'DeleteStream',
    grantedOn: 'streams',
    request: '',
    answer: '`{}`',
    responseTemplate: 'Empty.response',
  },
  {
    method: 'PUT',
    path: '/streams/{stream-name}/record',
    action: 'PutRecord',
    grantedOn: 'streams',
    request: '`{"Data": any JSON, "PartitionKey": "text"}`',
    answer: '`SequenceNumber`, `ShardId`',
  },
  {
    method: 'PUT',
    path: '/streams/{stream-name}/records',
    action: 'PutRecords',
    grantedOn: 'streams',
    request: '`{"records": [{"data": any JSON, "partition-key": "text"}, …]}`, 1 to 500',
    answer: '`FailedRecordCount`, `Records`',
  },
] as const satisfies readonly Route[];

export type Action = (typeof routes)[number]['action'];

/** The row of an action. */
export function routeOf(action: Action): (typeof routes)[number] {
  const route = routes.find((candidate) => candidate.action === action);
  if (route === undefined) throw new TypeError(`No route calls ${action}.`);
  return route;
}
