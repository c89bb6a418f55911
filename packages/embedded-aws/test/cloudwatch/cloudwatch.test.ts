import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import { cloudWatchResourceHandlers, createCloudWatch } from '../../src/cloudwatch';
import { inProcess } from '../../src/in-process';
import { handlerFor, resourceContext } from '../support/resource-context';
import { send } from '../support/send';

const alarm = {
  AlarmName: 'errors',
  ComparisonOperator: 'GreaterThanThreshold',
  EvaluationPeriods: 1,
  MetricName: '5XXError',
  Namespace: 'AWS/ApiGateway',
  Period: 60,
  Statistic: 'Sum',
  Threshold: 0.5,
  Dimensions: [{ Name: 'ApiName', Value: 'orders' }],
} as const;

function setUp() {
  const cloudWatch = createCloudWatch();
  return { cloudWatch, client: new CloudWatchClient(inProcess(cloudWatch)) };
}

const put = () => new PutMetricAlarmCommand({ ...alarm, Dimensions: [...alarm.Dimensions] });

describe('alarms', () => {
  test('are kept, without data to judge by', async () => {
    const { client } = setUp();
    await client.send(put());

    const { MetricAlarms } = await client.send(
      new DescribeAlarmsCommand({ AlarmNames: ['errors'] }),
    );

    expect(MetricAlarms).toMatchObject([
      {
        ...alarm,
        AlarmArn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:errors',
        ActionsEnabled: true,
        StateValue: 'INSUFFICIENT_DATA',
        AlarmConfigurationUpdatedTimestamp: expect.any(Date),
      },
    ]);
  });

  test('are found by the beginning of their name and by their state, page by page', async () => {
    const { client } = setUp();
    for (const AlarmName of ['b-2', 'a-1', 'b-1']) {
      await client.send(new PutMetricAlarmCommand({ ...put().input, AlarmName }));
    }
    const names = async (input: object) => {
      const { MetricAlarms, NextToken } = await client.send(new DescribeAlarmsCommand(input));
      return { names: MetricAlarms?.map(({ AlarmName }) => AlarmName), NextToken };
    };

    const first = await names({ AlarmNamePrefix: 'b-', MaxRecords: 1 });

    expect(first.names).toEqual(['b-1']);
    expect((await names({ AlarmNamePrefix: 'b-', NextToken: first.NextToken })).names).toEqual([
      'b-2',
    ]);
    expect((await names({ StateValue: 'ALARM' })).names).toEqual([]);
  });

  test('that are not there cannot be deleted', async () => {
    const { client } = setUp();
    await client.send(put());
    await client.send(new DeleteAlarmsCommand({ AlarmNames: ['errors'] }));

    const again = client.send(new DeleteAlarmsCommand({ AlarmNames: ['errors'] }));

    await expect(again).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });

  test.each([
    [{ ComparisonOperator: 'Greater' }, "'Greater' at 'comparisonOperator'"],
    [{ ComparisonOperator: undefined }, "null at 'comparisonOperator'"],
    [{ EvaluationPeriods: 0 }, "'0' at 'evaluationPeriods'"],
    [{ Period: 61 }, 'Period'],
    [{ Statistic: undefined }, 'Statistic'],
    [{ MetricName: undefined }, 'MetricName'],
    [{ TreatMissingData: 'maybe' }, 'TreatMissingData'],
  ])('with %j are refused', async (changes, message) => {
    const { client } = setUp();

    const made = client.send(new PutMetricAlarmCommand({ ...put().input, ...changes } as never));

    await expect(made).rejects.toMatchObject({ message: expect.stringContaining(message) });
  });

  test('have no Metrics when they watch a metric, and no metric when they have Metrics', async () => {
    const { client } = setUp();
    const { MetricName, Namespace, Period, Statistic, Dimensions, ...rest } = put().input;
    const MetricStat = { Metric: { Namespace, MetricName, Dimensions }, Period, Stat: Statistic };
    const Metrics = [{ Id: 'm1', MetricStat, ReturnData: true }];
    await client.send(put());
    await client.send(new PutMetricAlarmCommand({ ...rest, AlarmName: 'query', Metrics }));

    const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({}));

    expect(MetricAlarms.map((found) => [found.MetricName, found.Metrics])).toEqual([
      ['5XXError', undefined],
      [undefined, Metrics],
    ]);
  });

  // Texts: moto, tests/test_cloudwatch/test_cloudwatch.py (0af643a).
  test.each([
    [
      { EvaluateLowSampleCountPercentile: 'maybe' },
      'ValidationException',
      'Option maybe is not supported. Supported options for parameter EvaluateLowSampleCountPercentile are evaluate and ignore.',
    ],
    [
      { TreatMissingData: 'maybe' },
      'ValidationException',
      'Option maybe is not supported. Supported options for parameter TreatMissingData are breaching, notBreaching, ignore and missing.',
    ],
    [
      { Statistic: undefined, ExtendedStatistic: 'half' },
      'InvalidParameterValueException',
      'The value half for parameter ExtendedStatistic is not supported.',
    ],
    [
      { Unit: 'Yards' },
      'ValidationException',
      "Value 'Yards' at 'unit' failed to satisfy constraint",
    ],
  ])('with %o are refused', async (input, code, text) => {
    const { client } = setUp();

    const made = client.send(new PutMetricAlarmCommand({ ...put().input, ...(input as object) }));

    await expect(made).rejects.toMatchObject({
      name: code,
      message: expect.stringContaining(text),
    });
  });

  test('are spoken of in the query protocol too', async () => {
    const { cloudWatch } = setUp();
    const form = new URLSearchParams({
      Action: 'PutMetricAlarm',
      ...Object.fromEntries(
        Object.entries(alarm)
          .filter(([name]) => name !== 'Dimensions')
          .map(([name, value]) => [name, String(value)]),
      ),
      'Dimensions.member.1.Name': 'ApiName',
      'Dimensions.member.1.Value': 'orders',
    });
    await send(cloudWatch, { body: form.toString() });

    const { text } = await send(cloudWatch, { body: 'Action=DescribeAlarms' });

    expect(text).toContain('xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"');
    expect(text).toContain('<Threshold>0.5</Threshold>');
    expect(text).toContain('<member><Name>ApiName</Name><Value>orders</Value></member>');
  });
});

describe('dashboards', () => {
  test('are kept word for word', async () => {
    const { client } = setUp();
    const DashboardBody = '{"widgets": []}';
    await client.send(new PutDashboardCommand({ DashboardName: 'd', DashboardBody }));

    const read = await client.send(new GetDashboardCommand({ DashboardName: 'd' }));
    const { DashboardEntries } = await client.send(new ListDashboardsCommand({}));
    await client.send(new DeleteDashboardsCommand({ DashboardNames: ['d'] }));

    expect(read).toMatchObject({
      DashboardArn: 'arn:aws:cloudwatch::000000000000:dashboard/d',
      DashboardBody,
    });
    expect(DashboardEntries).toMatchObject([{ DashboardName: 'd', Size: DashboardBody.length }]);
    await expect(
      client.send(new GetDashboardCommand({ DashboardName: 'd' })),
    ).rejects.toMatchObject({ message: 'Dashboard d does not exist' });
  });

  test('that are no JSON object are refused', async () => {
    const { client } = setUp();

    const made = client.send(new PutDashboardCommand({ DashboardName: 'd', DashboardBody: '[]' }));

    await expect(made).rejects.toMatchObject({
      message: 'The field DashboardBody must be a valid JSON object',
    });
  });
});

describe('resource handlers', () => {
  const handlers = () => {
    const { cloudWatch, client } = setUp();
    const all = cloudWatchResourceHandlers(cloudWatch);
    return { client, handler: (type: string) => handlerFor(all, type) };
  };

  test('AWS::CloudWatch::Alarm is made, changed and deleted', async () => {
    const { client, handler } = handlers();
    const alarms = handler('AWS::CloudWatch::Alarm');
    const { AlarmName: _, ...given } = alarm;
    const state = await alarms.create(resourceContext(), given);

    await alarms.update(resourceContext(), state.physicalId, { ...given, Threshold: 9 }, given);
    const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({}));
    await alarms.delete(resourceContext(), state.physicalId, given);
    const left = await client.send(new DescribeAlarmsCommand({}));

    expect(state.physicalId).toMatch(/^shop-Thing-/);
    expect(state.attributes?.Arn).toContain(`:alarm:${state.physicalId}`);
    expect(MetricAlarms?.[0]?.Threshold).toBe(9);
    expect(left.MetricAlarms).toEqual([]);
  });

  test('AWS::CloudWatch::Dashboard is made and deleted', async () => {
    const { client, handler } = handlers();
    const dashboards = handler('AWS::CloudWatch::Dashboard');
    const { physicalId } = await dashboards.create(resourceContext(), {
      DashboardName: 'd',
      DashboardBody: '{}',
    });

    const read = await client.send(new GetDashboardCommand({ DashboardName: physicalId }));
    await dashboards.delete(resourceContext(), physicalId, {});
    const { DashboardEntries } = await client.send(new ListDashboardsCommand({}));

    expect(read.DashboardBody).toBe('{}');
    expect(DashboardEntries).toEqual([]);
  });
});
