import { partitionOf, type Scope } from '../core/caller';
import type { AwsRequest, HttpResponse } from '../core/http';
import { jsonService, targetAction } from '../core/protocol/json';
import type { ServiceDefinition } from '../core/protocol/operation';
import { queryService } from '../core/protocol/query';
import { Regional, type Stores } from '../core/regional';
import type { AwsService } from '../core/service';
import { constraintError } from '../core/validation';
import type { XmlValue } from '../core/xml';
import type { Persistent } from '../state/persistent';
import { persistedMap, regionalMaps } from '../state/regional-maps';
import { VALIDATION } from './errors';
import { MetricStore } from './metrics';
import { OPERATIONS } from './operations';
import { AlarmStore, CloudWatchStores, DashboardStore } from './store';

export { cloudWatchResourceHandlers } from './resource-handlers';

/** CloudWatch's metrics, alarms and dashboards. */
export interface CloudWatch extends AwsService, Stores<CloudWatchStores> {
  /** State that survives a restart: alarms, and dashboards, which belong to an account. */
  readonly states: readonly Persistent[];
}

const NAMESPACE = 'http://monitoring.amazonaws.com/doc/2010-08-01/';

/**
 * CloudWatch: metrics of one's own, of Kinesis streams and of their consumers' age in Lambda, the
 * alarms on them, and dashboards. No other service here publishes metrics (`AWS/…`), so alarms on
 * these have no data. The service speaks
 * AWS JSON 1.0, as today's SDKs do, and the query protocol.
 */
export function createCloudWatch(): CloudWatch {
  const alarms = new Regional((scope) => new AlarmStore(scope));
  const metrics = new Regional(() => new MetricStore());
  const dashboards = new Regional(({ accountId, region }) => new DashboardStore(accountId, region));
  const all = new Regional((scope) => {
    const account = { accountId: scope.accountId, region: partitionOf(scope.region) };
    return new CloudWatchStores(alarms.in(scope), metrics.in(scope), dashboards.in(account));
  });
  const store = (scope: Scope): CloudWatchStores => all.in(scope);
  const definition: ServiceDefinition<CloudWatchStores, XmlValue> = {
    signingName: 'monitoring',
    policyPrefix: 'cloudwatch',
    operations: OPERATIONS,
    store,
    invalidInput: (violations) => constraintError(VALIDATION, violations),
  };
  // Clients from the time of the query protocol know errors by the codes in a header.
  const json = jsonService(definition, { version: '1.0', withQueryErrors: true });
  const query = queryService(definition, NAMESPACE);
  return {
    signingName: definition.signingName,
    store,
    states: [
      regionalMaps('cloudwatch', alarms, {
        alarms: persistedMap({ of: (regional: AlarmStore) => regional.alarms }),
      }),
      regionalMaps('cloudwatch-dashboards', dashboards, {
        dashboards: persistedMap({ of: (account: DashboardStore) => account.dashboards }),
      }),
    ],
    async handle(request) {
      if (request.headers['smithy-protocol'] !== undefined) return refuseCbor(request);
      return targetAction(request) === undefined ? query.handle(request) : json.handle(request);
    },
  };
}

/** A client that speaks CBOR cannot read the other protocols' errors: it looks at the status alone. */
function refuseCbor({ requestId, path }: AwsRequest): HttpResponse {
  return {
    status: 501,
    headers: { 'content-type': 'text/plain', 'x-amzn-requestid': requestId },
    body: `The embedded AWS does not speak smithy-rpc-v2-cbor, which ${path} was asked in.`,
  };
}
