import { type Alarm, alarmResource } from '../alarms';
import type { Resources } from '../cloudformation';
import { logicalIds, pascalCase } from '../logical-ids';
import type { DeclaredStream } from './declared';
import { ownStreams } from './streams';

const HOUR_MS = 3_600_000;

/**
 * Readers who are this part of the retention behind are about to lose records: AWS's own advice.
 * https://docs.aws.amazon.com/streams/latest/dev/troubleshooting-consumers.html
 */
const SHARE_OF_RETENTION = 0.5;

// Dimensions must match exactly: https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html
const metricOf = (
  { streamName }: DeclaredStream,
  MetricName: string,
  Statistic: 'Sum' | 'Maximum',
  consumer?: string,
) => ({
  Namespace: 'AWS/Kinesis',
  MetricName,
  Dimensions: [
    { Name: 'StreamName', Value: streamName },
    ...(consumer === undefined ? [] : [{ Name: 'ConsumerName', Value: consumer }]),
  ],
  Statistic,
});

/**
 * The alarms of one stream. Without readers there is no age: `ignore` has the alarm on a reader that
 * stopped while it was behind go on, and never go off for a stream that nobody reads.
 */
function alarmsOf(stream: DeclaredStream): Readonly<Record<string, Alarm>> {
  const { name, retentionHours, consumers } = stream;
  const lateHours = retentionHours * SHARE_OF_RETENTION;
  const late = {
    threshold: lateHours * HOUR_MS,
    period: 60,
    periods: [5, 5],
    missing: 'ignore',
  } as const;
  const lateness = `${lateHours} hours behind, half of what the stream keeps: soon records are lost unread`;
  const id = pascalCase(name);
  return {
    [`${id}IteratorAge`]: {
      description: `A reader of ${name} is ${lateness}`,
      metric: metricOf(stream, 'GetRecords.IteratorAgeMilliseconds', 'Maximum'),
      ...late,
    },
    ...Object.fromEntries(
      consumers.map((consumer) => [
        `${id}Stream${pascalCase(consumer)}Lag`,
        {
          description: `The consumer ${consumer} of ${name} is ${lateness}`,
          metric: metricOf(stream, 'SubscribeToShardEvent.MillisBehindLatest', 'Maximum', consumer),
          ...late,
        },
      ]),
    ),
    [`${id}RefusedWrites`]: {
      description: `${name} takes no more: its shards refuse records`,
      metric: metricOf(stream, 'WriteProvisionedThroughputExceeded', 'Sum'),
      threshold: 0,
      period: 60,
      periods: [3, 5],
    },
    [`${id}RefusedReads`]: {
      description: `Readers of ${name} are refused again and again: they ask for more than its shards give`,
      metric: metricOf(stream, 'ReadProvisionedThroughputExceeded', 'Sum'),
      threshold: 0,
      period: 60,
      // Readers who poll at the same moment are refused now and then, and ask again.
      periods: [15, 15],
    },
  };
}

const namedAlarms = (declared: readonly DeclaredStream[]) =>
  ownStreams(declared).flatMap((stream) => Object.entries(alarmsOf(stream)));

/** The names of the streams' alarms. */
export const streamAlarmNames = (declared: readonly DeclaredStream[]): string[] =>
  namedAlarms(declared).map(([name]) => name);

/** The alarms of all streams, those of others left out: their owners watch them. */
export const streamAlarms = (declared: readonly DeclaredStream[]): Resources =>
  Object.fromEntries(
    namedAlarms(declared).map(([name, alarm]) => [logicalIds.alarm(name), alarmResource(alarm)]),
  );
