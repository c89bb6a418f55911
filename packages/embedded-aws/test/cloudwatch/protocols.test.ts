import { gzipSync } from 'node:zlib';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  ListMetricsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { createAws } from '../../src/aws';
import { createCloudWatch } from '../../src/cloudwatch';
import { decodeCbor } from '../../src/core/cbor/decode';
import { encodeCbor } from '../../src/core/cbor/encode';
import { inProcess } from '../../src/in-process';
import { awsRequest } from '../support/aws-request';

// PutMetricData as each generation of SDKs sends it, read back with today's client.

const Namespace = 'Orders';
const NOW = new Date();

/** Datums as clients of streams send them: summaries, ten seconds apart. */
const datums = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    MetricName: 'Processed',
    Dimensions: [{ Name: 'Worker', Value: `worker-${index % 50}-${'x'.repeat(100)}` }],
    Timestamp: NOW,
    Unit: 'Count' as const,
    StatisticValues: { SampleCount: 2, Sum: 3, Minimum: 1, Maximum: 2 },
  }));

const cbor = { protocol: AwsSmithyRpcV2CborProtocol };

async function sums(client: CloudWatchClient) {
  const { Metrics = [] } = await client.send(new ListMetricsCommand({ Namespace }));
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(NOW.getTime() - 120_000),
      EndTime: new Date(NOW.getTime() + 60_000),
      MetricDataQueries: Metrics.map((Metric, index) => ({
        Id: `m${index}`,
        MetricStat: { Metric, Period: 60, Stat: 'Sum' },
      })),
    }),
  );
  return MetricDataResults.flatMap(({ Values = [] }) => Values);
}

/** The form that SDKs sent until 2025. */
function form(count: number): string {
  const fields = datums(count).flatMap((datum, index) => {
    const member = `MetricData.member.${index + 1}`;
    return [
      [`${member}.MetricName`, datum.MetricName],
      [`${member}.Dimensions.member.1.Name`, datum.Dimensions[0]?.Name ?? ''],
      [`${member}.Dimensions.member.1.Value`, datum.Dimensions[0]?.Value ?? ''],
      [`${member}.Timestamp`, NOW.toISOString()],
      ...Object.entries(datum.StatisticValues).map(([name, value]) => [
        `${member}.StatisticValues.${name}`,
        String(value),
      ]),
    ];
  });
  return new URLSearchParams([
    ['Action', 'PutMetricData'],
    ['Version', '2010-08-01'],
    ['Namespace', Namespace],
    ...(fields as [string, string][]),
  ]).toString();
}

describe.each([
  ['JSON', {}],
  ['CBOR', cbor],
])('PutMetricData in %s', (_, protocol) => {
  test.each([1, 500])('of %d datums, which are compressed if they are many', async (count) => {
    const cloudWatch = createCloudWatch();
    const sizes: [string | undefined, number][] = [];
    const client = new CloudWatchClient({
      ...inProcess({
        ...cloudWatch,
        handle: (request) => {
          sizes.push([request.headers['content-encoding'], request.body.length]);
          return cloudWatch.handle(request);
        },
      }),
      ...protocol,
    });
    await client.send(new PutMetricDataCommand({ Namespace, MetricData: datums(count) }));

    expect(sizes[0]?.[0]).toBe(count === 1 ? undefined : 'gzip');
    expect(await sums(client)).toEqual(
      Array.from({ length: Math.min(count, 50) }, () => (3 * count) / Math.min(count, 50)),
    );
  });

  test('times come back as times', async () => {
    const client = new CloudWatchClient({ ...inProcess(createCloudWatch()), ...protocol });
    await client.send(new PutMetricDataCommand({ Namespace, MetricData: datums(1) }));
    await client.send(
      new PutMetricAlarmCommand({
        AlarmName: 'a',
        Namespace,
        MetricName: 'Processed',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1.5,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    );
    const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({}));

    expect(MetricAlarms).toEqual([expect.objectContaining({ AlarmName: 'a', Threshold: 1.5 })]);
    expect(MetricAlarms[0]?.StateUpdatedTimestamp?.getTime()).toBeGreaterThan(NOW.getTime() - 9e4);
  });

  test('a mistake is the exception that the SDK knows', async () => {
    const client = new CloudWatchClient({ ...inProcess(createCloudWatch()), ...protocol });
    const put = client.send(
      new PutMetricDataCommand({ Namespace: 'AWS/Kinesis', MetricData: datums(1) }),
    );

    await expect(put).rejects.toMatchObject({
      message: 'The value AWS/ for parameter Namespace is invalid.',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

test.each([
  ['plain', (body: string) => Buffer.from(body), {}],
  ['gzip', (body: string) => gzipSync(body), { 'content-encoding': 'gzip' }],
])('PutMetricData in the query protocol, %s', async (_, encode, headers) => {
  const cloudWatch = createCloudWatch();
  const { status, body } = await cloudWatch.handle(
    awsRequest({
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', ...headers },
      body: encode(form(20)),
    }),
  );

  expect(body.toString()).toContain('<PutMetricDataResponse');
  expect(status).toBe(200);
  expect(await sums(new CloudWatchClient(inProcess(cloudWatch)))).toEqual(Array(20).fill(3));
});

/** A request over the wire's front, in CBOR. */
const overTheFront = async (body: Buffer, headers = {}, options = {}) => {
  const scope = 'local/20261122/us-east-1/monitoring/aws4_request';
  const answer = await createAws(options).handle(
    awsRequest({
      path: '/service/GraniteServiceVersion20100801/operation/PutMetricData',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
        'content-type': 'application/cbor',
        'smithy-protocol': 'rpc-v2-cbor',
        ...headers,
      },
      body,
    }),
  );
  return { ...answer, content: decodeCbor(answer.body as Buffer, 1000) };
};

test('an answer names its protocol', async () => {
  const { status, headers, content } = await overTheFront(encodeCbor({ Namespace }));

  expect(status).toBe(200);
  expect(content).toEqual({});
  expect(headers).toMatchObject({
    'content-type': 'application/cbor',
    'smithy-protocol': 'rpc-v2-cbor',
  });
});

test.each<[string, Buffer, object, object, number, string]>([
  ['what is no CBOR', Buffer.from('{}'), {}, {}, 400, 'SerializationException'],
  ['a list', encodeCbor([1]), {}, {}, 400, 'SerializationException'],
  ['no gzip', encodeCbor({}), { 'content-encoding': 'gzip' }, {}, 400, 'SerializationException'],
  [
    'a body that grows without end',
    gzipSync(Buffer.alloc(3_000_000)),
    { 'content-encoding': 'gzip' },
    {},
    413,
    'RequestEntityTooLarge',
  ],
  [
    'a wrong signature',
    encodeCbor({ Namespace }),
    { 'x-amz-date': '20261122T000000Z' },
    { strict: true },
    403,
    '',
  ],
])('the error of %s is CBOR as well', async (_, body, headers, options, status, code) => {
  const answer = await overTheFront(body, headers, options);

  expect(answer.status).toBe(status);
  expect(answer.content).toMatchObject({ __type: expect.stringContaining(code) });
});
