import type { CloudWatchClient, MetricDatum } from '@aws-sdk/client-cloudwatch';
import { NAMESPACE, OWN_METRICS } from '../../resources/own-metrics';
import type { Serverless, Utils } from '../framework';
import { unhurried } from '../stage/clients';
import { patient } from '../stage/patient';
import type { Target } from '../stage/target';
import { verdictOf } from '../verify/reports/summary';
import type { Report } from '../verify/verify';

/**
 * Publishes to CloudWatch how the verification of a deployment ended, on the live stage or its
 * shadow; nothing if the run was interrupted or could not ask everything. Errors are warnings: a
 * deployment does not fail for them.
 */
export async function leaveOutcome(
  serverless: Serverless,
  { log }: Utils,
  report: Report,
): Promise<void> {
  const verdict = verdictOf(report);
  if (verdict !== 'passed' && verdict !== 'failed') return;
  const { CloudWatchClient: Client } = await import('@aws-sdk/client-cloudwatch');
  // `patient` does all retries.
  const config = { ...(await serverless.getProvider('aws').getAwsSdkV3Config()), maxAttempts: 1 };
  const client = new Client(config);
  try {
    const patience = { ...unhurried, service: 'CloudWatch', isVital: false };
    await publishOutcome(patient(client, patience), report.target, verdict);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    log.warning(
      `The metric FailedDeployments could not be published (${reason}). Its alarm stays as it is.`,
    );
  } finally {
    client.destroy();
  }
}

/**
 * The metric `FailedDeployments` is 1 for a deployment that failed its verification and 0 for one
 * that passed, under the dimensions `Service` and `Stage`. Its alarm (resources/alarms.ts) goes off
 * with the first and stays until the second.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
 * @throws the SDK's errors; it takes `cloudwatch:PutMetricData`
 */
export async function publishOutcome(
  client: Pick<CloudWatchClient, 'send'>,
  { service, stage }: Pick<Target, 'service' | 'stage'>,
  verdict: 'passed' | 'failed',
): Promise<void> {
  const { PutMetricDataCommand } = await import('@aws-sdk/client-cloudwatch');
  const name = 'FailedDeployments';
  const datum: MetricDatum = {
    MetricName: name,
    Unit: OWN_METRICS[name],
    Value: verdict === 'failed' ? 1 : 0,
    Dimensions: [
      { Name: 'Service', Value: service },
      { Name: 'Stage', Value: stage },
    ],
  };
  await client.send(new PutMetricDataCommand({ Namespace: NAMESPACE, MetricData: [datum] }));
}
