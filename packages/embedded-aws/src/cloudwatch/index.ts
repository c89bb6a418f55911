import { partitionOf, type Scope } from '../core/caller';
import { decompressed } from '../core/gunzip';
import { jsonService, targetAction } from '../core/protocol/json';
import type { ServiceDefinition } from '../core/protocol/operation';
import { queryService } from '../core/protocol/query';
import { isRpcV2Cbor, rpcV2CborService } from '../core/protocol/rpc-v2-cbor';
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

/** More than PutMetricData takes, which is 1 MB. */
const MOST_BYTES = 2 * 1024 * 1024;

const NAMESPACE = 'http://monitoring.amazonaws.com/doc/2010-08-01/';

/**
 * CloudWatch: metrics of one's own, of Kinesis streams and of their consumers' age in Lambda, the
 * alarms on them, and dashboards. No other service here publishes metrics (`AWS/…`), so alarms on
 * these have no data. The service speaks Smithy's RPC in CBOR, AWS JSON 1.0 and the query protocol, as
 * SDKs do, the newest in this order.
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
  const cbor = rpcV2CborService(definition);
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
      const plain = await decompressed(request, MOST_BYTES);
      if (isRpcV2Cbor(plain)) return cbor.handle(plain);
      return targetAction(plain) === undefined ? query.handle(plain) : json.handle(plain);
    },
  };
}
