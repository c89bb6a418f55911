/** Where a figure is from. */
export interface Source {
  readonly label: string;
  readonly url: string;
  /**
   * How the figure was confirmed: `stated` in AWS's own document, or only `quoted` by others.
   * AWS's price pages fill their figures in by script, so a stored copy has the rules and not the prices.
   */
  readonly confirmed: 'stated' | 'quoted';
  /** If not on READ_ON. */
  readonly readOn?: string;
}

export const READ_ON = '2026-11-22';

const SOURCES = {
  apiGatewayPrices: {
    label: 'AWS whitepaper on private APIs, table 4',
    url: 'https://docs.aws.amazon.com/whitepapers/latest/best-practices-api-gateway-private-apis-integration/cost-optimization.html',
    confirmed: 'stated',
  },
  apiGatewayQuotas: {
    label: 'API Gateway quotas',
    url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
    confirmed: 'stated',
  },
  kinesisPrices: {
    label: 'Kinesis Data Streams pricing',
    url: 'https://aws.amazon.com/kinesis/data-streams/pricing/',
    confirmed: 'quoted',
  },
  kinesisQuotas: {
    label: 'Kinesis quotas and limits',
    url: 'https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html',
    confirmed: 'stated',
  },
  kinesisModes: {
    label: 'Kinesis capacity modes',
    url: 'https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html',
    confirmed: 'stated',
  },
  putRecords: {
    label: 'PutRecords, API reference',
    url: 'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html',
    confirmed: 'stated',
  },
  firehosePrices: {
    label: 'Data Firehose pricing',
    url: 'https://aws.amazon.com/firehose/pricing/',
    confirmed: 'quoted',
  },
  mskPrices: {
    label: 'Amazon MSK pricing',
    url: 'https://aws.amazon.com/msk/pricing/',
    confirmed: 'quoted',
  },
  logsPrices: {
    label: 'CloudWatch pricing',
    url: 'https://aws.amazon.com/cloudwatch/pricing/',
    confirmed: 'quoted',
  },
  lambdaPrices: {
    label: 'Lambda pricing',
    url: 'https://aws.amazon.com/lambda/pricing/',
    confirmed: 'quoted',
    readOn: '2026-11-29',
  },
  metricPrices: {
    label: 'CloudWatch pricing',
    url: 'https://aws.amazon.com/cloudwatch/pricing/',
    confirmed: 'quoted',
    readOn: '2026-11-29',
  },
} as const satisfies Record<string, Source>;

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly source: Source;
}

const figure = (
  what: string,
  value: number,
  unit: string,
  source: keyof typeof SOURCES,
): Figure => ({
  what,
  value,
  unit,
  source: SOURCES[source],
});

/** us-east-1, in dollars, without taxes, free tiers and discounts. */
export const PRICES = {
  apiFirst: figure(
    'REST API, first 333 million requests a month',
    3.5,
    'per million',
    'apiGatewayPrices',
  ),
  apiSecond: figure('next 667 million', 2.8, 'per million', 'apiGatewayPrices'),
  apiThird: figure('next 19 billion', 2.38, 'per million', 'apiGatewayPrices'),
  apiRest: figure('over 20 billion', 1.51, 'per million', 'apiGatewayPrices'),
  httpApi: figure(
    'HTTP API, first 300 million requests a month',
    1,
    'per million',
    'apiGatewayPrices',
  ),
  logs: figure('Access log, ingested', 0.5, 'per GB', 'logsPrices'),
  metric: figure('Metrics, the first 10,000', 0.3, 'each and month', 'metricPrices'),
  lambdaTime: figure('Lambda on arm64', 0.0000133334, 'per GB-second', 'lambdaPrices'),
  lambdaRequest: figure('Lambda, invocations', 0.2, 'per million', 'lambdaPrices'),
  shardHour: figure('Provisioned: shard', 0.015, 'per hour', 'kinesisPrices'),
  putUnit: figure('Provisioned: PUT payload units of 25 KB', 0.014, 'per million', 'kinesisPrices'),
  streamHour: figure('On-demand Standard: stream', 0.04, 'per hour', 'kinesisPrices'),
  standardIn: figure(
    'On-demand Standard: in, records rounded up to 1 KB',
    0.08,
    'per GB',
    'kinesisPrices',
  ),
  standardOut: figure('On-demand Standard: out', 0.04, 'per GB', 'kinesisPrices'),
  advantageIn: figure(
    'On-demand Advantage: in, records rounded up to 1 KB',
    0.032,
    'per GB',
    'kinesisPrices',
  ),
  advantageOut: figure('On-demand Advantage: out', 0.016, 'per GB', 'kinesisPrices'),
  firehose: figure(
    'Firehose: first 500 TB a month, records rounded up to 5 KB',
    0.029,
    'per GB',
    'firehosePrices',
  ),
  mskCluster: figure('MSK Serverless: cluster', 0.75, 'per hour', 'mskPrices'),
  mskPartition: figure('MSK Serverless: partition', 0.0015, 'per hour', 'mskPrices'),
  mskIn: figure('MSK Serverless: in', 0.1, 'per GB', 'mskPrices'),
  mskOut: figure('MSK Serverless: out', 0.05, 'per GB', 'mskPrices'),
  mskStorage: figure('MSK Serverless: storage', 0.1, 'per GB and month', 'mskPrices'),
} as const;

export const QUOTAS = {
  accountRate: figure(
    'Requests an account may make to its APIs in a region',
    10_000,
    'a second',
    'apiGatewayQuotas',
  ),
  accountBurst: figure('of them at once', 5_000, '', 'apiGatewayQuotas'),
  smallRegionRate: figure(
    'the same in Cape Town, Milan, Jakarta, UAE, Hyderabad, Melbourne, Spain, Zurich, Tel Aviv, Calgary, Malaysia, Thailand and Mexico',
    2_500,
    'a second',
    'apiGatewayQuotas',
  ),
  smallRegionBurst: figure('of them at once', 1_250, '', 'apiGatewayQuotas'),
  payload: figure('Payload of a request or an answer', 10, 'MB', 'apiGatewayQuotas'),
  timeout: figure('Time for an integration, by default', 29, 's', 'apiGatewayQuotas'),
  batchRecords: figure('Records in a PutRecords', 500, '', 'putRecords'),
  batchBytes: figure(
    'Data and keys in a PutRecords (texts from before 2025 say 5)',
    10,
    'MiB',
    'putRecords',
  ),
  shardBytes: figure('Into a shard', 1, 'MB/s', 'kinesisQuotas'),
  shardRecords: figure('Records into a shard', 1_000, 'a second', 'kinesisQuotas'),
  shards: figure(
    'Shards of an account in us-east-1, us-west-2 and eu-west-1 (elsewhere 1,000 or 6,000)',
    20_000,
    '',
    'kinesisQuotas',
  ),
  onDemandStart: figure('On-demand: into a new stream', 4, 'MB/s', 'kinesisQuotas'),
  onDemandMost: figure(
    'On-demand: into a stream in those three regions',
    10_000,
    'MB/s',
    'kinesisQuotas',
  ),
  onDemandElsewhere: figure('elsewhere, unless raised', 200, 'MB/s', 'kinesisQuotas'),
  onDemandStreams: figure('On-demand streams of an account', 50, '', 'kinesisQuotas'),
  advantageLeast: figure(
    'On-demand Advantage: billed in and out at least',
    25,
    'MB/s',
    'kinesisPrices',
  ),
} as const;
