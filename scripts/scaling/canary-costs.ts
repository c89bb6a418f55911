import { CANARY_REQUESTS, canaryCost, runRequests, runSeconds } from './canary';
import { count, dollars, table } from './format';

const INTRODUCTION = `The parameter \`canary\` runs a Lambda function that calls the API like a client. A run sends about ${count(Math.round(runRequests / 10) * 10)} requests, ${count(CANARY_REQUESTS.PutRecord + CANARY_REQUESTS.PutRecords)} of them writes, and keeps to the rates above, so that it takes about ${count(Math.round(runSeconds / 10) * 10)} seconds. The figures are for a stage that requires signatures and lets verification write; with \`protected\` a run is a fraction of it and makes no stream.`;

function costTable(): string {
  const rows = (
    [
      ['5 minutes', 5],
      ['15 minutes', 15],
      ['hour', 60],
      ['6 hours', 360],
    ] as const
  ).map(([name, minutes]) => {
    const { runs, requests, gateway, kinesis, lambda, logs, metrics } = canaryCost(minutes);
    const [least, most] = kinesis;
    const others = gateway + lambda + logs + metrics;
    return [
      name,
      count(runs),
      count(requests),
      dollars(gateway),
      `${dollars(least)} to ${dollars(most)}`,
      dollars(lambda),
      dollars(logs),
      dollars(metrics),
      `${dollars(others + least)} to ${dollars(others + most)}`,
    ];
  });
  return table(
    ['every', 'runs', 'requests', 'API Gateway', 'Kinesis', 'Lambda', 'logs', 'metrics', 'a day'],
    rows,
  );
}

const NOTE = `Kinesis is the widest range: each run makes a stream of one shard, and AWS bills shards by the hour. The lower figure is for the minutes in which the stream exists, the higher one for an hour each; which of them AWS bills was not confirmed. Logs are the stage's access log and the function's own. A schedule shorter than a run makes runs overlap: they do no harm to each other, but then their rates add up. Once an hour is enough to notice what nobody deployed.`;

/** The chapter on what a canary costs. */
export const canaryCosts = (): string[] => [
  '## What a canary costs a day',
  INTRODUCTION,
  costTable(),
  NOTE,
];
