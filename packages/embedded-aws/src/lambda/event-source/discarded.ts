import { randomUUID } from 'node:crypto';
import type { CallResult } from './delivery';
import type { EventRecord } from './event';
import type { Work } from './work';

export type DiscardCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** Records that a mapping gives up. */
export interface Discarded {
  readonly condition: DiscardCondition;
  readonly records: readonly EventRecord[];
  /** How often the function was called with them. */
  readonly calls: number;
  /** Of the last call. */
  readonly result: CallResult | undefined;
}

/**
 * The message to an on-failure destination: where the records are, not the records. Its members, also
 * those about records that were too old before the first call, are as recorded in LocalStack's
 * test_lambda_integration_kinesis.
 */
export function discardMessage(
  { condition, records, calls, result }: Discarded,
  {
    functionArn,
    shardId,
    streamArn,
  }: Readonly<Record<'functionArn' | 'shardId' | 'streamArn', string>>,
  now: number,
): string {
  const [first, last] = [records[0], records.at(-1)].map((item) => item?.record);
  const time = (milliseconds = 0) => new Date(milliseconds).toISOString();
  return JSON.stringify({
    requestContext: {
      requestId: result?.requestId ?? randomUUID(),
      functionArn,
      condition,
      approximateInvokeCount: Math.max(calls, 1),
    },
    responseContext: result && {
      statusCode: 200,
      executedVersion: result.version,
      functionError: result.failed ? 'Unhandled' : null,
    },
    version: '1.0',
    timestamp: time(now),
    KinesisBatchInfo: {
      shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: time(first?.arrivedAt),
      approximateArrivalOfLastRecord: time(last?.arrivedAt),
      batchSize: records.length,
      streamArn,
    },
  });
}

/** Tells a mapping's on-failure destination, with the rights of the function's role, and the user. */
export function tellDiscarded(
  discarded: Discarded,
  { mapping, source: { streamArn }, target, runtime }: Work,
  shardId: string,
): void {
  const { condition, records } = discarded;
  const { settings, functionArn, uuid } = mapping;
  const [first, last] = [records[0], records.at(-1)].map((item) => item?.record.sequenceNumber);
  const what =
    `Event source mapping ${uuid} gave up ${records.length} records of ${streamArn}, ${shardId}, ` +
    `${first} to ${last}: ${condition}.`;
  const { Destination: topicArn } = settings;
  if (topicArn === undefined) {
    runtime.report(what);
    return;
  }
  try {
    const message = discardMessage(discarded, { functionArn, shardId, streamArn }, runtime.now());
    runtime.publish(target.role(), topicArn, message);
    runtime.report(`${what} ${topicArn} was told.`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    runtime.report(`${what} ${topicArn} could not be told: ${reason}`);
  }
}
