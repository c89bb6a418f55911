import {
  type CloudWatchClient,
  type MetricDatum,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { NAMESPACE, OWN_METRICS } from '../../resources/own-metrics';
import type { Target } from '../stage/target';

/**
 * Publishes how a deployment's verification ended: the metric `FailedDeployments` is 1 for a
 * deployment that failed it and 0 for one that passed, under the dimensions `Service` and `Stage` of
 * the live stage. The alarm of that name (resources/alarms.ts) stays until a deployment passes.
 *
 * A verification that could not be completed says neither: do not publish one.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
 * @throws the SDK's errors; a missing `cloudwatch:PutMetricData` is no reason to fail a deployment
 */
export async function publishOutcome(
  client: Pick<CloudWatchClient, 'send'>,
  { service, stage }: Pick<Target, 'service' | 'stage'>,
  outcome: 'passed' | 'failed',
): Promise<void> {
  const name = 'FailedDeployments';
  const datum: MetricDatum = {
    MetricName: name,
    Unit: OWN_METRICS[name],
    Value: outcome === 'failed' ? 1 : 0,
    Dimensions: [
      { Name: 'Service', Value: service },
      { Name: 'Stage', Value: stage },
    ],
  };
  await client.send(new PutMetricDataCommand({ Namespace: NAMESPACE, MetricData: [datum] }));
}
