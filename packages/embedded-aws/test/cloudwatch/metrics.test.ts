import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type MetricDatum,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  PutMetricDataCommand,
  type StandardUnit,
} from '@aws-sdk/client-cloudwatch';
import { createCloudWatch } from '../../src/cloudwatch';
import type { Caller } from '../../src/core/caller';
import { inProcess } from '../../src/in-process';
import { testCaller } from '../support/aws-request';
import { send } from '../support/send';

const Namespace = 'Orders';
const MetricName = 'Failures';
const Dimensions = [
  { Name: 'Service', Value: 'shop' },
  { Name: 'Stage', Value: 'dev' },
];
const MINUTE = 60_000;

function setUp() {
  const cloudWatch = createCloudWatch();
  const client = new CloudWatchClient(inProcess(cloudWatch));
  const put = (...data: Partial<MetricDatum>[]) =>
    client.send(
      new PutMetricDataCommand({
        Namespace,
        MetricData: data.map((datum) => ({ MetricName, Dimensions, ...datum })),
      }),
    );
  const statistics = async (input: object = {}) => {
    const { Datapoints = [] } = await client.send(
      new GetMetricStatisticsCommand({
        Namespace,
        MetricName,
        Dimensions,
        StartTime: new Date(Date.now() - 60 * MINUTE),
        EndTime: new Date(Date.now() + MINUTE),
        Period: 60,
        Statistics: ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'],
        ...input,
      }),
    );
    return Datapoints;
  };
  return { cloudWatch, client, put, statistics };
}

/** A time so many minutes ago, in a minute of its own. */
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE);

describe('metrics', () => {
  test('are summed up by the minute', async () => {
    const { put, statistics } = setUp();
    const Timestamp = ago(2);
    await put({ Timestamp, Value: 1, Unit: 'Count' }, { Timestamp, Value: 4, Unit: 'Count' });
    await put({
      Timestamp,
      StatisticValues: { SampleCount: 2, Sum: 1, Minimum: 0, Maximum: 1 },
      Unit: 'Count',
    });

    const start = new Date(Timestamp.getTime() - (Timestamp.getTime() % MINUTE));
    expect(await statistics()).toEqual([
      {
        Timestamp: start,
        Sum: 6,
        Average: 1.5,
        Minimum: 0,
        Maximum: 4,
        SampleCount: 4,
        Unit: 'Count',
      },
    ]);
  });

  test('are read by longer periods, oldest first', async () => {
    const { put, statistics } = setUp();
    await put({ Timestamp: ago(1), Value: 1 }, { Timestamp: ago(40), Value: 2 });

    const byTheHour = await statistics({ Period: 86_400, Statistics: ['Sum'] });

    expect(byTheHour.reduce((total, { Sum = 0 }) => total + Sum, 0)).toBe(3);
    expect((await statistics()).map(({ Sum }) => Sum)).toEqual([2, 1]);
  });

  test('that differ in a dimension are different; the order of dimensions says nothing', async () => {
    const { put, statistics } = setUp();
    await put({ Value: 1 });

    expect(await statistics({ Dimensions: [...Dimensions].reverse() })).toHaveLength(1);
    expect(await statistics({ Dimensions: Dimensions.slice(1) })).toEqual([]);
  });

  test('may be published in the query protocol, with the time in words', async () => {
    const { cloudWatch, statistics } = setUp();
    const form = new URLSearchParams({
      Action: 'PutMetricData',
      Namespace,
      'MetricData.member.1.MetricName': MetricName,
      'MetricData.member.1.Value': '7',
      'MetricData.member.1.Timestamp': ago(1).toISOString(),
    });

    const { status } = await send(cloudWatch, { body: form.toString() });

    expect(status).toBe(200);
    expect(await statistics({ Dimensions: [] })).toMatchObject([{ Sum: 7 }]);
  });

  test('may be allowed by the namespace', async () => {
    const { cloudWatch } = setUp();
    const asked: unknown[] = [];
    const authorize = (...args: unknown[]) => asked.push(args);
    const client = new CloudWatchClient(
      inProcess(cloudWatch, { ...testCaller, authorize } as Caller),
    );

    await client.send(new PutMetricDataCommand({ Namespace, MetricData: [] }));

    expect(asked).toEqual([
      ['cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': Namespace }],
    ]);
  });

  test.each<[string, Partial<MetricDatum>, string | undefined]>([
    ['InvalidParameterCombination', {}, undefined],
    ['ValidationException', { MetricName: '', Value: 1 }, undefined],
    ['InvalidParameterValue', { Value: 1 }, 'AWS/Kinesis'],
  ])('are refused with %s for %j', async (name, datum, namespace = Namespace) => {
    const { client } = setUp();

    const put = client.send(
      new PutMetricDataCommand({
        Namespace: namespace,
        MetricData: [{ MetricName, ...datum }],
      }),
    );

    await expect(put).rejects.toMatchObject({ name: expect.stringContaining(name) });
  });

  test.each([
    [{ Period: 61 }, 'Period'],
    [{ Period: 60, StartTime: ago(-10) }, 'StartTime'],
    [{ Period: 60, StartTime: ago(2000) }, 'exceeds the limit of 1440'],
    [{ Unit: 'Count' as StandardUnit }, 'Unit'],
  ])('are not read with %j', async (input, message) => {
    const { statistics } = setUp();

    await expect(statistics(input)).rejects.toThrow(message);
  });
});

describe('an alarm', () => {
  async function withAlarm(changes: Partial<PutMetricAlarmCommandInput>) {
    const made = setUp();
    await made.client.send(
      new PutMetricAlarmCommand({
        AlarmName: 'failures',
        Namespace,
        MetricName,
        Dimensions: [...Dimensions].reverse(),
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        ...changes,
      }),
    );
    const state = async () => {
      const { MetricAlarms = [] } = await made.client.send(new DescribeAlarmsCommand({}));
      return MetricAlarms[0]?.StateValue;
    };
    return { ...made, state };
  }

  test('goes off when its metric is above the threshold, and says why', async () => {
    const { client, put, state } = await withAlarm({});
    expect(await state()).toBe('INSUFFICIENT_DATA');

    await put({ Value: 1 });

    expect(await state()).toBe('ALARM');
    const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }));
    expect(MetricAlarms).toMatchObject([
      { StateReason: expect.stringContaining('1 out of the last 1 datapoints') },
    ]);
    const { MetricAlarms: fine } = await client.send(
      new DescribeAlarmsCommand({ StateValue: 'OK' }),
    );
    expect(fine).toEqual([]);
  });

  test('goes off only when enough of its periods are', async () => {
    const { put, state } = await withAlarm({
      EvaluationPeriods: 5,
      DatapointsToAlarm: 3,
      TreatMissingData: 'notBreaching',
    });
    expect(await state()).toBe('OK');

    await put({ Timestamp: ago(0), Value: 1 }, { Timestamp: ago(2), Value: 1 });
    expect(await state()).toBe('OK');
    await put({ Timestamp: ago(3), Value: 1 });

    expect(await state()).toBe('ALARM');
  });

  test('forgets what is older than its periods', async () => {
    const { put, state } = await withAlarm({ TreatMissingData: 'notBreaching' });

    await put({ Timestamp: ago(10), Value: 1 });

    expect(await state()).toBe('OK');
  });

  test('of missing data says what it is set to say', async () => {
    const { state } = await withAlarm({ TreatMissingData: 'breaching' });

    expect(await state()).toBe('ALARM');
  });

  test.each([
    ['ignore', 'ALARM'],
    ['notBreaching', 'OK'],
    ['missing', 'INSUFFICIENT_DATA'],
  ])('that went off is, an hour later and with missing data %s, %s', async (treat, expected) => {
    const { put, state } = await withAlarm({ TreatMissingData: treat });
    await put({ Value: 1 });
    const later = Date.now() + 60 * MINUTE;

    const clock = jest.spyOn(Date, 'now').mockReturnValue(later);

    expect(await state()).toBe(expected);
    clock.mockRestore();
  });

  test.each([
    ['a share', { Statistic: 'Average' as const, Threshold: 0.4 }, 'ALARM'],
    ['a share', { Statistic: 'Average' as const, Threshold: 0.6 }, 'OK'],
    ['too little', { ComparisonOperator: 'LessThanThreshold' as const, Threshold: 2 }, 'ALARM'],
  ])('may watch %s (%j)', async (_what, changes, expected) => {
    const { put, state } = await withAlarm(changes);

    await put({ Value: 1 }, { Value: 0 });

    expect(await state()).toBe(expected);
  });

  test.each([
    ['the metrics of a service', { Namespace: 'AWS/ApiGateway' }],
    ['other metrics of Lambda', { Namespace: 'AWS/Lambda', MetricName: 'Errors' }],
    ['a percentile', { Statistic: undefined, ExtendedStatistic: 'p99' }],
  ])('on %s has no data', async (_what, changes) => {
    const { state } = await withAlarm({ ...changes, TreatMissingData: 'breaching' });

    expect(await state()).toBe('INSUFFICIENT_DATA');
  });
});

describe('GetMetricData', () => {
  const range = () => ({ StartTime: ago(60), EndTime: new Date(Date.now() + MINUTE) });
  const query = (Id: string, Stat: string, more: object = {}) => ({
    Id,
    MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: 60, Stat },
    ...more,
  });

  test('has several statistics at a time, the newest first unless asked otherwise', async () => {
    const { client, put } = setUp();
    await put({ Timestamp: ago(5), Value: 1 }, { Timestamp: ago(2), Value: 4 });
    await put({ Timestamp: ago(2), Value: 6 });
    const read = async (input: object) =>
      client.send(
        new GetMetricDataCommand({
          ...range(),
          MetricDataQueries: [
            query('a', 'Sum'),
            query('b', 'Average', { Label: 'mean' }),
            query('c', 'Maximum', { ReturnData: false }),
          ],
          ...input,
        }),
      );
    const newest = await read({});
    const oldest = await read({ ScanBy: 'TimestampAscending' });

    expect(newest.MetricDataResults).toMatchObject([
      { Id: 'a', Label: MetricName, Values: [10, 1], StatusCode: 'Complete' },
      { Id: 'b', Label: 'mean', Values: [5, 1] },
    ]);
    expect(oldest.MetricDataResults?.[0]?.Values).toEqual([1, 10]);
    const times = newest.MetricDataResults?.[0]?.Timestamps?.map((time) => time.getTime()) ?? [];
    expect(times).toHaveLength(2);
    expect(times[0]).toBeGreaterThan(times[1] ?? Number.POSITIVE_INFINITY);
  });

  test.each<[string, object, string]>([
    ['an expression', { Id: 'e', Expression: 'SUM(METRICS())' }, 'expression SUM(METRICS())'],
    ['a percentile', query('p', 'p99'), 'statistic p99'],
    [
      'neither metric nor expression',
      { Id: 'n' },
      'must have either a MetricStat or an Expression',
    ],
  ])('refuses %s', async (_, refused, message) => {
    const { client } = setUp();
    const read = client.send(
      new GetMetricDataCommand({ ...range(), MetricDataQueries: [refused as { Id: string }] }),
    );

    await expect(read).rejects.toThrow(message);
  });
});

test('ListMetrics has what was put, by namespace, name and dimensions', async () => {
  const { client, put } = setUp();
  await put({ Value: 1 }, { MetricName: 'Other', Dimensions: [], Value: 1 });
  const names = async (input: object) =>
    (await client.send(new ListMetricsCommand(input))).Metrics?.map((metric) => metric.MetricName);

  expect(await names({})).toEqual([MetricName, 'Other']);
  expect(await names({ Namespace: 'else' })).toEqual([]);
  expect(await names({ MetricName: 'Other' })).toEqual(['Other']);
  expect(await names({ Dimensions: [{ Name: 'Stage' }] })).toEqual([MetricName]);
  expect(await names({ Dimensions: [{ Name: 'Stage', Value: 'prod' }] })).toEqual([]);
  expect((await client.send(new ListMetricsCommand({}))).Metrics?.[0]).toEqual({
    Namespace,
    MetricName,
    Dimensions,
  });
});

test('values may come with how often each was seen', async () => {
  const { put, statistics } = setUp();
  await put({ Values: [1, 5], Counts: [3, 1] }, { Values: [2, 4] });

  expect(await statistics()).toMatchObject([{ SampleCount: 6, Sum: 14, Minimum: 1, Maximum: 5 }]);
});

test('a batch with a mistake leaves nothing', async () => {
  const { put, statistics } = setUp();
  const mistaken = put({ Value: 1 }, { Values: [1, 2], Counts: [1] });

  await expect(mistaken).rejects.toThrow('MetricData.member.2.Values');
  await expect(put({ Value: 1, Values: [1] })).rejects.toThrow('mutually exclusive');
  expect(await statistics()).toEqual([]);
});
