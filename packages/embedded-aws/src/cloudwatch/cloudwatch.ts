import { partitionOf, type Scope } from '../core/caller';
import { AwsError, toAwsError } from '../core/errors';
import type { AwsRequest, HttpResponse } from '../core/http';
import { jsonInput, targetAction } from '../core/protocol/json';
import { queryHandler } from '../core/protocol/query';
import { Regional } from '../core/regional';
import type { AwsService } from '../core/service';
import type { XmlValue } from '../core/xml';
import type { Persistent } from '../state/persistent';
import { keptMap, regionalMaps } from '../state/regional-maps';
import { CLOUDWATCH_ACTIONS, type CloudWatchStores, type Members } from './operations/alarms';
import { CloudWatchStore, DashboardStore } from './store';

/** CloudWatch's alarms and dashboards. */
export interface CloudWatch extends AwsService {
  /** What of it outlives the process: alarms, and dashboards, which are an account's. */
  readonly states: readonly Persistent[];
  stores(scope: Scope): CloudWatchStores;
}

const NAMESPACE = 'http://monitoring.amazonaws.com/doc/2010-08-01/';

/**
 * CloudWatch: alarms and dashboards are kept; metrics are not taken, so no alarm ever has data. The
 * service speaks AWS JSON 1.0, as today's SDKs do, and the query protocol.
 */
export function createCloudWatch(): CloudWatch {
  const alarms = new Regional((scope) => new CloudWatchStore(scope));
  const dashboards = new Regional(({ accountId, region }) => new DashboardStore(accountId, region));
  const stores = (scope: Scope): CloudWatchStores => ({
    alarms: alarms.in(scope),
    dashboards: dashboards.in({ accountId: scope.accountId, region: partitionOf(scope.region) }),
  });
  const run = (name: string, input: Members, { caller }: AwsRequest): XmlValue => {
    const action = Object.hasOwn(CLOUDWATCH_ACTIONS, name) ? CLOUDWATCH_ACTIONS[name] : undefined;
    if (action === undefined) {
      throw new AwsError(
        'InvalidAction',
        `The embedded AWS does not implement cloudwatch:${name}.`,
      );
    }
    caller.authorize(`cloudwatch:${name}`, '*');
    return action(stores(caller), input, caller);
  };
  const query = queryHandler(
    'cloudwatch',
    NAMESPACE,
    Object.fromEntries(
      Object.keys(CLOUDWATCH_ACTIONS).map((name) => [
        name,
        (input: Members, request: AwsRequest) => run(name, input, request),
      ]),
    ),
  );
  return {
    signingName: 'monitoring',
    stores,
    states: [
      regionalMaps('cloudwatch', alarms, {
        alarms: keptMap({ of: (store: CloudWatchStore) => store.alarms }),
      }),
      regionalMaps('cloudwatch-dashboards', dashboards, {
        dashboards: keptMap({ of: (store: DashboardStore) => store.dashboards }),
      }),
    ],
    async handle(request) {
      if (request.headers['smithy-protocol'] !== undefined) return refuseCbor(request);
      const name = targetAction(request);
      return name === undefined ? query(request) : answerJson(name, request, run);
    },
  };
}

async function answerJson(
  name: string,
  request: AwsRequest,
  run: (name: string, input: Members, request: AwsRequest) => XmlValue,
): Promise<HttpResponse> {
  const { requestId } = request;
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': requestId };
  try {
    const output = run(name, jsonInput(request.body), request) ?? {};
    return { status: 200, headers, body: JSON.stringify(jsonValue(output)) };
  } catch (thrown) {
    const { status, code, message } = toAwsError(thrown);
    const sender = status < 500 ? 'Sender' : 'Receiver';
    return {
      status,
      // Clients of the query protocol's time know errors by these codes.
      headers: { ...headers, 'x-amzn-query-error': `${code};${sender}` },
      body: JSON.stringify({ __type: code, message }),
    };
  }
}

/** JSON carries times as seconds since 1970. */
function jsonValue(value: XmlValue): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(jsonValue);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, jsonValue(item)]));
}

/** A client that speaks CBOR cannot read the other protocols' errors: the status must do. */
function refuseCbor({ requestId, path }: AwsRequest): HttpResponse {
  return {
    status: 501,
    headers: { 'content-type': 'text/plain', 'x-amzn-requestid': requestId },
    body: `The embedded AWS does not speak smithy-rpc-v2-cbor, which ${path} was asked in.`,
  };
}
