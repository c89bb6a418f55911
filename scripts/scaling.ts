import { parameters } from '../resources/parameters';
import { canaryCosts } from './scaling/canary-costs';
import { count, dollars, table } from './scaling/format';
import {
  bodyBytes,
  cheapestStream,
  gatewayCost,
  type Load,
  type MonthlyCost,
  monthlyCost,
  mostRecords,
  obstacles,
  requestsPerSecond,
  SECONDS_A_MONTH,
  shardsFor,
} from './scaling/model';
import { sharedQuotas } from './scaling/shared-quotas';
import { type Figure, PRICES, QUOTAS, READ_ON } from './scaling/sources';
import { stackSize } from './scaling/stack-size';

const RATES = [10, 1_000, 100_000];
const BATCHES = [1, 10, 100, 500];
const RECORD = 1_024;
const SIZES = [200, 1_024, 10_240];
const STAGE_RATE = Number(parameters.throttleRate.default);

const INTRODUCTION = `<!-- Written by npm run generate from scripts/scaling -->
# Scaling

What one deployment carries on AWS and what that costs, on paper: quotas and list prices of us-east-1, read on ${READ_ON}, and arithmetic. Nothing here was measured on AWS. What the embedded AWS does on a laptop is in [performance.md](performance.md).

In three sentences:

- **Requests cost money; records hardly do.** A million records of 1 KB cost ${dollars(perMillion(1).gateway)} in API Gateway one by one and ${dollars(perMillion(500).gateway)} in batches of 500; the stream under them costs cents either way.
- **The first limit is the stage's own throttle** (\`throttleRate\`, ${count(STAGE_RATE)} requests a second), the second the account's ${count(QUOTAS.accountRate.value)} requests a second for all its APIs in the region. Shards come only after those.
- **Batches move both at once.** Sent in batches of 500, 100,000 records a second are ${count(100_000 / 500)} requests a second.`;

/** The whole of docs/scaling.md. */
export function scalingDocument(): string {
  return [
    INTRODUCTION,
    '## At 10, 1,000 and 100,000 records a second',
    `Records of 1 KB, evenly all day, one reader, a month of 30 days. Shards are the minimum: leave room for peaks, at least half as many again. Stream is the cheapest mode; access log is the stage's own (\`accessLogs=false\` leaves it out).`,
    loadTable(),
    '## The price of a million records',
    `Records of 1 KB at 1,000 a second. API Gateway and its access log by batch size; the stream costs the same for all.`,
    priceTable(),
    '## Which stream',
    'Dollars a month for records of 1 KB, written once and read once. On-demand Standard needs no planning and suits changing loads. Provisioned is cheapest for steady loads, as long as somebody watches the shards. On-demand Advantage is for accounts that move more than its minimum charge covers. These count records rounded up: to 1 KB on demand, to 25 KB provisioned.',
    streamTable(),
    '## What one deployment carries at most',
    `Records a second by size and batch, with the stage's throttle and with the account's quota of requests, both at their defaults. Streams do not limit this: ${count(QUOTAS.shards.value)} shards take ${count(QUOTAS.shards.value * QUOTAS.shardRecords.value)} records a second.`,
    capacityTable(),
    LIMITS,
    quotaTable(),
    REGIONS,
    ...stackSize(),
    ...sharedQuotas(),
    ...canaryCosts(),
    WHEN_TO_LEAVE,
    '## When to leave, in dollars',
    'A month for records of 1 KB. Through this API in batches of 100, with the cheapest stream; the SDK straight to the same stream; Firehose, which delivers to S3 and is not a stream; MSK Serverless with one partition for each shard. Not included: machines that run the producers, S3, data leaving AWS.',
    alternativesTable(),
    '## Prices',
    PRICES_NOTE,
    priceList(),
    '',
  ].join('\n\n');
}

function loadTable(): string {
  const rows = RATES.flatMap((rate) =>
    [1, 100, 500].map((batch) => {
      const load = { rate, batch, bytes: RECORD };
      const cost = monthlyCost(load);
      const stream = cheapestStream(cost);
      const found = obstacles(load, STAGE_RATE);
      return [
        count(rate),
        String(batch),
        count(requestsPerSecond(load)),
        count(shardsFor(load)),
        dollars(cost.gateway),
        dollars(cost.logs),
        `${dollars(stream.dollars)} (${stream.name})`,
        dollars(cost.gateway + cost.logs + stream.dollars),
        found.length === 0 ? 'fits' : found.join('; '),
      ];
    }),
  );
  return table(
    [
      'records/s',
      'batch',
      'requests/s',
      'shards',
      'API Gateway',
      'access log',
      'stream',
      'a month',
      '',
    ],
    rows,
  );
}

interface PerMillion {
  readonly gateway: number;
  readonly logs: number;
  readonly cost: MonthlyCost;
  readonly load: Load;
}

/** Dollars per million records of 1 KB in batches of this size, at 1,000 records a second. */
function perMillion(batch: number): PerMillion {
  const load = { rate: 1_000, batch, bytes: RECORD };
  const cost = monthlyCost(load);
  const millions = (load.rate * SECONDS_A_MONTH) / 1e6;
  return { gateway: cost.gateway / millions, logs: cost.logs / millions, cost, load };
}

function priceTable(): string {
  const rows = BATCHES.map((batch) => {
    const { gateway, logs, cost, load } = perMillion(batch);
    const stream = cheapestStream(cost).dollars / ((load.rate * SECONDS_A_MONTH) / 1e6);
    const all = gateway + logs + stream;
    return [
      String(batch),
      `${count(bodyBytes(load) / 1000)} KB`,
      dollars(gateway),
      dollars(logs),
      dollars(stream),
      dollars(all),
      `${Math.round((gateway / all) * 100)} %`,
    ];
  });
  return table(
    ['batch', 'body', 'API Gateway', 'access log', 'stream', 'together', 'of it API Gateway'],
    rows,
  );
}

function streamTable(): string {
  const rows = [10, 100, 1_000, 10_000, 25_000, 100_000].map((rate) => {
    const load = { rate, batch: 500, bytes: RECORD };
    const cost = monthlyCost(load);
    return [
      count(rate),
      `${dollars(cost.provisioned)}, ${count(shardsFor(load))} ${shardsFor(load) === 1 ? 'shard' : 'shards'}`,
      dollars(cost.standard),
      dollars(cost.advantage),
      cheapestStream(cost).name,
    ];
  });
  return table(
    ['records/s', 'provisioned', 'On-demand Standard', 'On-demand Advantage', 'cheapest'],
    rows,
  );
}

function capacityTable(): string {
  const rows = SIZES.flatMap((bytes) =>
    [1, 100, 500].map((batch) => [
      bytes < 1_000 ? `${bytes} B` : `${bytes / 1_024} KB`,
      String(batch),
      count(mostRecords(STAGE_RATE, bytes, batch)),
      count(mostRecords(QUOTAS.smallRegionRate.value, bytes, batch)),
      count(mostRecords(QUOTAS.accountRate.value, bytes, batch)),
    ]),
  );
  return table(
    ['record', 'batch', 'stage as it is', 'account, small regions', 'account, other regions'],
    rows,
  );
}

const LIMITS = `## Limits on the way

- **A key is a shard.** Records of one partition key go to one shard: ${count(QUOTAS.shardRecords.value)} a second or ${QUOTAS.shardBytes.value} MB, however many shards the stream has. Past that Kinesis answers 207 for batches and 429 for single records; [retries.md](retries.md) says what to do.
- **A shard's reads** are five a second for all readers together; the API's \`GET …/records\` is one of them. It is for inspection, not for consumers.
- **Payload.** A request to API Gateway and Kinesis's answer may have ${QUOTAS.payload.value} MB each. The mapping template writes data in base64, a third more; whether API Gateway holds what it sends to Kinesis to the same ${QUOTAS.payload.value} MB is not documented. Batches of at most 7 MB are safe either way; \`bulk_send.py\` stays below 5 MiB.
- **Throttles in order**: WAF, the API key's usage plan (\`quotaPerDay\`), the stage's method throttle (\`throttleRate\`, \`throttleBurst\`, each route for itself), the account. All but the first answer 429. They are targets, not guarantees: a little more may pass.
- **New on-demand streams** take ${QUOTAS.onDemandStart.value} MB/s and then up to twice what they took in the last 30 days. A launch that starts with more needs provisioned shards, or Advantage's warm throughput.
- **Time.** An integration has ${QUOTAS.timeout.value} s. PutRecords takes milliseconds; a slow stage is being throttled.`;

const REGIONS = `### By region

| | requests/s, burst | shards | on-demand stream |
| --- | --- | --- | --- |
| us-east-1, us-west-2, eu-west-1 | ${count(QUOTAS.accountRate.value)}, ${count(QUOTAS.accountBurst.value)} | ${count(QUOTAS.shards.value)} | ${count(QUOTAS.onDemandMost.value / 1000)} GB/s |
| most others | ${count(QUOTAS.accountRate.value)}, ${count(QUOTAS.accountBurst.value)} | 1,000 or 6,000 | ${QUOTAS.onDemandElsewhere.value} MB/s |
| thirteen newer ones (above) | ${count(QUOTAS.smallRegionRate.value)}, ${count(QUOTAS.smallRegionBurst.value)} | 1,000 or 6,000 | ${QUOTAS.onDemandElsewhere.value} MB/s |

Rate, shards and on-demand streams can be raised on request; the burst follows the rate and cannot be requested. A deployment in a second account or region has quotas of its own.`;

const WHEN_TO_LEAVE = `## When to leave this design

| for | when | because |
| --- | --- | --- |
| larger batches, same API | every case below, first | it divides what API Gateway costs and counts by the batch size |
| the SDK or KPL, straight to Kinesis | producers run where they can have AWS credentials, and send single records faster than about ${count(STAGE_RATE)} a second | API Gateway is most of the bill (above), and its quota of requests is gone; the KPL also packs small records into one |
| Data Firehose | nobody reads a stream: the data only has to be in S3, Redshift, OpenSearch or Snowflake | no shards, no readers to run. Mind the rounding to 5 KB: small records cost up to 25 times their size |
| an HTTP API with the Kinesis-PutRecord integration | single records only, no mapping, no API keys or usage plans | ${dollars(PRICES.httpApi.value)} per million requests instead of ${dollars(PRICES.apiFirst.value)}; it has no PutRecords and no templates |
| MSK | clients speak Kafka, need compaction, transactions or topics by the thousand, or keep data by size | the protocol is the reason. MSK Serverless costs ${dollars(PRICES.mskCluster.value * 720)} a month before the first record |

The API remains useful beside all of these for clients that cannot sign requests: browsers, devices, partners.`;

function alternativesTable(): string {
  const rows = RATES.map((rate) => {
    const cost = monthlyCost({ rate, batch: 100, bytes: RECORD });
    const stream = cheapestStream(cost).dollars;
    return [
      count(rate),
      dollars(gatewayCost((rate * SECONDS_A_MONTH) / 1) + stream),
      dollars(cost.gateway + cost.logs + stream),
      dollars(stream),
      dollars(cost.firehose),
      dollars(cost.mskServerless),
    ];
  });
  return table(
    [
      'records/s',
      'this API, one by one',
      'this API, by 100',
      'the SDK',
      'Firehose',
      'MSK Serverless',
    ],
    rows,
  );
}

function quotaTable(): string {
  return table(['quota', 'default', 'source'], Object.values(QUOTAS).map(figureRow));
}

const PRICES_NOTE = `"Quoted" means that AWS's page gives the rule but fills in the figure by script; the figure was taken from public texts that quote the price list of September 2026 and agree with each other. Check these before you rely on them. Firehose's later tiers could not be confirmed and are left out, which makes it look more expensive above 500 TB a month than it is.`;

function priceList(): string {
  return table(['price', 'dollars', 'source'], Object.values(PRICES).map(figureRow));
}

function figureRow({ what, value, unit, source }: Figure): string[] {
  const remark = [
    ...(source.confirmed === 'quoted' ? [', quoted'] : []),
    ...(source.readOn === undefined ? [] : [`, read on ${source.readOn}`]),
  ].join('');
  const shown = value < 100 ? plain(value) : count(value);
  return [what, `${shown} ${unit}`.trim(), `[${source.label}](${source.url})${remark}`];
}

/** Without the exponent that small numbers have. */
const plain = (value: number) => (value < 1e-3 ? value.toFixed(10) : String(value));
