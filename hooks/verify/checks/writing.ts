import { ask, expectEqual, jsonObject, listOf } from '../ask';
import type { CheckContext, WrittenRecord } from '../check';
import { accepted, asBatchData, stored } from '../records';

interface Sent {
  readonly data: unknown;
  readonly partitionKey: string;
  readonly hashKey?: string;
}

/**
 * Sends records as one batch.
 * @returns where each of them is
 * @throws CheckFailure when not all of them were taken
 */
export async function putRecords(
  context: CheckContext,
  sent: readonly Sent[],
): Promise<WrittenRecord[]> {
  const records = sent.map(({ data, partitionKey, hashKey }) => ({
    data: asBatchData(data),
    'partition-key': partitionKey,
    ...(hashKey !== undefined && { 'explicit-hash-key': hashKey }),
  }));
  const answer = await ask(context, 'PutRecords', 200, { body: { records } });
  expectEqual(answer, 'FailedRecordCount', jsonObject(answer).FailedRecordCount, 0);
  const results = listOf(answer, 'Records');
  expectEqual(answer, 'number of results', results.length, records.length);
  return sent.map(({ data, partitionKey }, index) => ({
    ...accepted(answer, results[index]),
    partitionKey,
    ...stored(asBatchData(data)),
  }));
}
