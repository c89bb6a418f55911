import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteMetricFilterCommand,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Measurement } from '../../src/core/metric';
import { inProcess } from '../../src/in-process';
import { createLogs, logsResourceHandlers } from '../../src/logs';
import { handlerFor, resourceContext } from '../support/resource-context';

const logGroupName = '/api';
const failures = {
  logGroupName,
  filterName: 'failures',
  filterPattern: '{ $.status = "207" && $.stage = "*" }',
  metricTransformations: [
    {
      metricName: 'Failures',
      metricNamespace: 'Orders',
      metricValue: '1',
      dimensions: { Stage: '$.stage', Nobody: '$.nobody' },
      unit: 'Count' as const,
    },
  ],
};

async function setUp() {
  const published: Measurement[] = [];
  const logs = createLogs((_scope, measurement) => published.push(measurement));
  const client = new CloudWatchLogsClient(inProcess(logs));
  await client.send(new CreateLogGroupCommand({ logGroupName }));
  await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 's' }));
  const write = (...events: object[]) =>
    client.send(
      new PutLogEventsCommand({
        logGroupName,
        logStreamName: 's',
        logEvents: events.map((event) => ({
          timestamp: Date.now(),
          message: JSON.stringify(event),
        })),
      }),
    );
  const putWith = (changes: object) =>
    client.send(
      new PutMetricFilterCommand({
        ...failures,
        metricTransformations: [{ ...failures.metricTransformations[0], ...changes } as never],
      }),
    );
  return { logs, client, published, write, putWith };
}

describe('a metric filter', () => {
  test('makes a metric of the events that come in after it, with the dimensions they have', async () => {
    const { client, published, write } = await setUp();
    await write({ status: '207', stage: 'before' });
    await client.send(new PutMetricFilterCommand(failures));

    await write({ status: '207', stage: 'dev' }, { status: '200', stage: 'dev' });

    expect(published).toEqual([
      {
        namespace: 'Orders',
        name: 'Failures',
        dimensions: new Map([['Stage', 'dev']]),
        timestamp: expect.any(Number),
        unit: 'Count',
        values: { count: 1, sum: 1, minimum: 1, maximum: 1 },
      },
    ]);
  });

  test('publishes a number that the event has, and nothing for what is no number', async () => {
    const { published, putWith, write } = await setUp();
    await putWith({ metricValue: '$.latency' });

    await write({ status: '207', stage: 'dev', latency: 12.5 });
    await write({ status: '207', stage: 'dev', latency: 'long' });
    await write({ status: '207', stage: 'dev' });

    expect(published.map(({ values }) => values.sum)).toEqual([12.5]);
  });

  test('is described, replaced by another of its name, and deleted', async () => {
    const { client, putWith } = await setUp();
    await client.send(new PutMetricFilterCommand(failures));
    await putWith({ metricValue: '2' });

    const described = await client.send(new DescribeMetricFiltersCommand({ logGroupName }));
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({}));
    const others = await client.send(new DescribeMetricFiltersCommand({ filterNamePrefix: 'x' }));
    await client.send(new DeleteMetricFilterCommand({ logGroupName, filterName: 'failures' }));
    const left = await client.send(new DescribeMetricFiltersCommand({ logGroupName }));

    expect(described.metricFilters).toEqual([
      {
        ...failures,
        metricTransformations: [{ ...failures.metricTransformations[0], metricValue: '2' }],
        creationTime: expect.any(Number),
        applyOnTransformedLogs: false,
      },
    ]);
    expect(logGroups).toMatchObject([{ metricFilterCount: 1 }]);
    expect(others.metricFilters).toEqual([]);
    expect(left.metricFilters).toEqual([]);
  });

  test.each([
    [{ filterPattern: '{ $.status }' }, 'Invalid metric filter pattern'],
    [{ filterName: 'a:b' }, "'a:b' at 'filterName'"],
    [{ metricTransformations: [] }, "at 'metricTransformations'"],
    [{ logGroupName: '/nowhere' }, 'The specified log group does not exist.'],
  ])('with %j is refused', async (changes, message) => {
    const { client } = await setUp();

    await expect(
      client.send(new PutMetricFilterCommand({ ...failures, ...changes })),
    ).rejects.toThrow(message);
  });

  test.each([
    [
      { defaultValue: 0 },
      'Invalid metric transformation: dimensions and default value are mutually exclusive properties.',
    ],
    [{ dimensions: undefined, defaultValue: 0 }, 'defaultValue of a metric filter'],
    [{ dimensions: { A: '$.a', B: '$.b', C: '$.c', D: '$.d' } }, 'at most 3 dimensions'],
    [{ dimensions: { A: 'a' } }, "dimension 'a'"],
    [{ metricValue: 'one' }, "metricValue 'one'"],
  ])('with a transformation of %j is refused', async (changes, message) => {
    const { putWith } = await setUp();

    await expect(putWith(changes)).rejects.toThrow(message);
  });

  test('that is not there cannot be deleted', async () => {
    const { client } = await setUp();

    await expect(
      client.send(new DeleteMetricFilterCommand({ logGroupName, filterName: 'x' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

test('a line in the embedded metric format is a metric without a filter', async () => {
  const { published, write } = await setUp();

  await write({
    _aws: {
      Timestamp: 1_700_000_000_000,
      CloudWatchMetrics: [
        {
          Namespace: 'Canary',
          Dimensions: [['Stage'], []],
          Metrics: [{ Name: 'Failed', Unit: 'Count' }, { Name: 'Nothing' }],
        },
      ],
    },
    Stage: 'dev',
    Failed: 2,
  });

  const failed = { namespace: 'Canary', name: 'Failed', unit: 'Count' };
  expect(published).toMatchObject([
    { ...failed, timestamp: 1_700_000_000_000, dimensions: new Map([['Stage', 'dev']]) },
    { ...failed, dimensions: new Map() },
  ]);
  expect(published[0]?.values.sum).toBe(2);
});

describe('AWS::Logs::MetricFilter', () => {
  const properties = {
    LogGroupName: logGroupName,
    FilterPattern: failures.filterPattern,
    MetricTransformations: [
      {
        MetricName: 'Failures',
        MetricNamespace: 'Orders',
        MetricValue: 1,
        Dimensions: [{ Key: 'Stage', Value: '$.stage' }],
        Unit: 'Count',
      },
    ],
  };

  test('is made under a name of its own, changed and deleted, after its group too', async () => {
    const { logs, client, published, write } = await setUp();
    const handler = handlerFor(logsResourceHandlers(logs), 'AWS::Logs::MetricFilter');
    const { physicalId } = await handler.create(resourceContext(), properties);
    await write({ status: '207', stage: 'dev' });
    const changed = { ...properties, FilterPattern: '{ $.stage = "prod" }' };
    await handler.update(resourceContext(), physicalId, changed, properties);
    await write({ status: '207', stage: 'dev' }, { status: '200', stage: 'prod' });

    expect(physicalId).toMatch(/^shop-Thing-[0-9A-Z]{12}$/);
    expect(published.map(({ dimensions }) => dimensions.get('Stage'))).toEqual(['dev', 'prod']);
    await handler.delete(resourceContext(), physicalId, changed);
    const left = await client.send(new DescribeMetricFiltersCommand({ logGroupName }));
    expect(left.metricFilters).toEqual([]);
    await handler.delete(resourceContext(), physicalId, { ...changed, LogGroupName: '/gone' });
  });

  test.each([
    [{ ApplyOnTransformedLogs: true }, 'ApplyOnTransformedLogs'],
    [{ LogGroupName: '/nowhere' }, 'does not exist'],
    [{ FilterPattern: '[a, b]' }, 'JSON properties'],
  ])('with %j is refused', async (changes, message) => {
    const { logs } = await setUp();
    const handler = handlerFor(logsResourceHandlers(logs), 'AWS::Logs::MetricFilter');

    const make = async () => handler.create(resourceContext(), { ...properties, ...changes });

    await expect(make()).rejects.toThrow(message);
  });
});
