import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import { createAws } from 'embedded-aws';
import { answeredBy } from 'embedded-aws/in-process';
import { publishOutcome } from '../../../hooks/rollout/outcome-metric';
import { compiledStack } from '../../support/compiled-stack';

const target = { service: 'kinesis-rest-proxy', stage: 'dev' };

test('an alarm goes off with a failed deployment, and clears with one that passes', async () => {
  const aws = createAws();
  const client = new CloudWatchClient({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:4566',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: answeredBy((request) => aws.handle(request)),
  });
  const { Tags: _, ...alarm } = (compiledStack().Resources.FailedDeploymentAlarm?.Properties ??
    {}) as { readonly Tags?: unknown };
  await client.send(new PutMetricAlarmCommand({ AlarmName: 'failed', ...alarm } as never));
  const state = async () =>
    (await client.send(new DescribeAlarmsCommand({}))).MetricAlarms?.[0]?.StateValue;
  const clock = jest.spyOn(Date, 'now');
  const begin = Date.now();
  const states: unknown[] = [];

  for (const verdict of ['failed', 'passed', 'passed', 'failed'] as const) {
    // Deployments are minutes apart.
    clock.mockReturnValue(begin + states.length * 600_000);
    await publishOutcome(client, target, verdict);
    clock.mockReturnValue(begin + states.length * 600_000 + 300_000);
    states.push(await state());
  }
  clock.mockRestore();

  expect(states).toEqual(['ALARM', 'OK', 'OK', 'ALARM']);
});
