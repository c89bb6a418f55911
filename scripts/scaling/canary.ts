import { canaryFunction } from '../../resources/canary';
import { type EndpointId, endpointOf } from '../../resources/endpoints';
import { kinesisQuota } from '../../resources/kinesis-quotas';
import { gatewayCost, LOG_LINE_BYTES } from './model';
import { PRICES } from './sources';

/**
 * The requests of a canary's run on a sound stage that requires signatures, by endpoint. A test
 * counts them.
 */
export const CANARY_REQUESTS = {
  ListStreams: 12,
  DescribeStream: 10,
  CreateStream: 21,
  DeleteStream: 6,
  PutRecord: 47,
  PutRecords: 46,
  ListShards: 12,
  GetShardIterator: 18,
  GetRecords: 21,
} as const satisfies Record<EndpointId, number>;

const GB = 1024 ** 3;
const DAYS_A_MONTH = 30;
const MINUTES_A_DAY = 1_440;

/** Bytes of a run's report and metrics in its log: an estimate from a run on the embedded AWS. */
const RUN_LOG_BYTES = 16_384;
/** The metrics that a canary writes: hooks/canary/metrics.ts. */
const METRICS = 6;
/** For the throw-away stream to come and to go, in seconds: about, of what no check can use. */
const STREAM_S = 30;
/** PUT payload units of 25 KB that a run writes, rounded up. */
const PUT_UNITS = 100;

/** The seconds that a run takes at its own rates: half of an endpoint's limit, a fifth of a quota. */
export const runSeconds: number =
  STREAM_S +
  Object.entries(CANARY_REQUESTS).reduce((seconds, [id, requests]) => {
    const { action, throttle } = endpointOf(id as EndpointId);
    const quota = kinesisQuota(action);
    const rates = [
      throttle === undefined ? Number.POSITIVE_INFINITY : throttle.rate / 2,
      quota?.of === 'account' ? quota.rate / 5 : Number.POSITIVE_INFINITY,
    ];
    return seconds + requests / Math.min(...rates);
  }, 0);

/** All requests of a run. */
export const runRequests: number = Object.values(CANARY_REQUESTS).reduce(
  (total, requests) => total + requests,
  0,
);

/** The daily cost of a canary in dollars, by meter. */
export interface CanaryCost {
  readonly runs: number;
  readonly requests: number;
  readonly gateway: number;
  /** Where a stream is billed by the minute, and where each is billed by the whole hour. */
  readonly kinesis: readonly [least: number, most: number];
  readonly lambda: number;
  readonly logs: number;
  readonly metrics: number;
}

/** @param minutes between two runs */
export function canaryCost(minutes: number): CanaryCost {
  const runs = MINUTES_A_DAY / minutes;
  const { memorySize } = canaryFunction({ rate: '', stage: '' });
  const puts = (runs * PUT_UNITS * PRICES.putUnit.value) / 1e6;
  const hours = Math.ceil((runSeconds + STREAM_S) / 60) / 60;
  const logBytes = runRequests * LOG_LINE_BYTES + RUN_LOG_BYTES;
  return {
    runs,
    requests: runs * runRequests,
    gateway: gatewayCost(runs * runRequests * DAYS_A_MONTH) / DAYS_A_MONTH,
    kinesis: [hours, 1].map((each) => runs * each * PRICES.shardHour.value + puts) as [
      number,
      number,
    ],
    lambda:
      runs * runSeconds * (memorySize / 1024) * PRICES.lambdaTime.value +
      (runs / 1e6) * PRICES.lambdaRequest.value,
    logs: ((runs * logBytes) / GB) * PRICES.logs.value,
    metrics: (METRICS * PRICES.metric.value) / DAYS_A_MONTH,
  };
}
