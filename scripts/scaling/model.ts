import { PRICES, QUOTAS } from './sources';

/** The load on one deployment, spread evenly around the clock. */
export interface Load {
  /** Records a second. */
  readonly rate: number;
  /** Data and partition key of a record. */
  readonly bytes: number;
  /** Records in a request: 1 is PutRecord. */
  readonly batch: number;
}

const KB = 1024;
const MB = KB * KB;
const GB = MB * KB;
const HOURS = 720;
/** A month of 30 days, as in AWS's own examples. */
export const SECONDS_A_MONTH = HOURS * 3600;

/** A line of the access log with CloudWatch's own 26 bytes: an estimate from its 16 members. */
export const LOG_LINE_BYTES = 600;

/** JSON around a record's data and key: `{"data":"…","partition-key":"…"},`. */
const JSON_BYTES = 30;

/** One reader that reads everything once. */
const READERS = 1;

export const requestsPerSecond = ({ rate, batch }: Load): number => rate / batch;

/** Bytes of a request's body, where the data is text that needs no escaping. */
export const bodyBytes = ({ batch, bytes }: Load): number => batch * (bytes + JSON_BYTES);

/** The minimum number of shards for a load. */
export function shardsFor({ rate, bytes }: Load): number {
  const byRecords = rate / QUOTAS.shardRecords.value;
  const byBytes = (rate * bytes) / (QUOTAS.shardBytes.value * MB);
  return Math.max(1, Math.ceil(Math.max(byRecords, byBytes)));
}

/** Costs of a month in dollars, by meter. */
export interface MonthlyCost {
  readonly gateway: number;
  readonly logs: number;
  readonly provisioned: number;
  readonly standard: number;
  readonly advantage: number;
  readonly firehose: number;
  readonly mskServerless: number;
}

export function monthlyCost(load: Load): MonthlyCost {
  const records = load.rate * SECONDS_A_MONTH;
  const requests = records / load.batch;
  const gigabytes = (roundedTo: number) =>
    (records * Math.ceil(load.bytes / roundedTo) * roundedTo) / GB;
  const kinesis = gigabytes(KB);
  const least = (QUOTAS.advantageLeast.value * MB * SECONDS_A_MONTH) / GB;
  const exact = gigabytes(1);
  return {
    gateway: gatewayCost(requests),
    logs: ((requests * LOG_LINE_BYTES) / GB) * PRICES.logs.value,
    provisioned:
      shardsFor(load) * HOURS * PRICES.shardHour.value +
      ((records * Math.ceil(load.bytes / (25 * KB))) / 1e6) * PRICES.putUnit.value,
    standard:
      HOURS * PRICES.streamHour.value +
      kinesis * (PRICES.standardIn.value + READERS * PRICES.standardOut.value),
    advantage:
      Math.max(kinesis, least) * PRICES.advantageIn.value +
      Math.max(kinesis * READERS, least) * PRICES.advantageOut.value,
    firehose: gigabytes(5 * KB) * PRICES.firehose.value,
    mskServerless:
      HOURS * (PRICES.mskCluster.value + shardsFor(load) * PRICES.mskPartition.value) +
      exact * (PRICES.mskIn.value + READERS * PRICES.mskOut.value) +
      // Retention of one day, Kinesis's default.
      (exact / 30) * PRICES.mskStorage.value,
  };
}

const TIERS = [
  [333e6, PRICES.apiFirst.value],
  [667e6, PRICES.apiSecond.value],
  [19e9, PRICES.apiThird.value],
  [Number.POSITIVE_INFINITY, PRICES.apiRest.value],
] as const;

/** API Gateway's part of a month, in dollars. */
export function gatewayCost(requests: number): number {
  let left = requests;
  let dollars = 0;
  for (const [size, price] of TIERS) {
    const here = Math.min(left, size);
    dollars += (here / 1e6) * price;
    left -= here;
  }
  return dollars;
}

/** The cheapest mode of the stream. */
export function cheapestStream({ provisioned, standard, advantage }: MonthlyCost) {
  const ways = [
    { name: 'provisioned', dollars: provisioned },
    { name: 'On-demand Standard', dollars: standard },
    { name: 'On-demand Advantage', dollars: advantage },
  ] as const;
  return ways.reduce((best, way) => (way.dollars < best.dollars ? way : best));
}

/** Descriptions of the limits that a load exceeds; empty if it fits. */
export function obstacles(load: Load, stageRate: number): string[] {
  const requests = requestsPerSecond(load);
  const found: string[] = [];
  if (bodyBytes(load) > QUOTAS.payload.value * 1e6) found.push('larger than a payload may be');
  if (requests > QUOTAS.accountRate.value) {
    found.push(
      `${Math.ceil(requests / QUOTAS.accountRate.value)} times the account's quota of requests`,
    );
  } else if (requests > stageRate) {
    found.push('more than the stage takes: raise `throttleRate`');
  } else if (requests === stageRate) {
    found.push('all that the stage takes: raise `throttleRate`');
  }
  if (shardsFor(load) > QUOTAS.shards.value) found.push("more than the account's quota of shards");
  return found;
}

/** Records a second that this many requests a second carry, and no more than fit into a payload. */
export function mostRecords(requests: number, bytes: number, batch: number): number {
  const fit = Math.floor((QUOTAS.payload.value * 1e6) / (bytes + JSON_BYTES));
  return requests * Math.min(batch, fit, QUOTAS.batchRecords.value);
}
