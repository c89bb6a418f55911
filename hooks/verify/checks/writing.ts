import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from '../api-client';
import { ask, expectEqual, jsonObject, listOf } from '../ask';
import type { CheckContext, WrittenRecord } from '../check';
import { accepted, stored } from '../records';

interface Sent {
  readonly data: unknown;
  readonly partitionKey: string;
  readonly hashKey?: string;
}

/** A shard that takes no more has room again in the next second. */
const NEXT_SECOND_MS = 1_100;
/** How often a batch is sent before it counts as refused. */
const MOST_ATTEMPTS = 4;

/**
 * Sends records as one batch, and once more in a while where the shard takes no more for the moment.
 * @returns where each of them is
 * @throws CheckFailure when not all of them were taken
 */
export async function putRecords(
  context: CheckContext,
  sent: readonly Sent[],
): Promise<WrittenRecord[]> {
  const records = sent.map(({ data, partitionKey, hashKey }) => ({
    data,
    'partition-key': partitionKey,
    ...(hashKey !== undefined && { 'explicit-hash-key': hashKey }),
  }));
  const send = () => ask(context, 'PutRecords', [200, 207], { body: { records } });
  let answer = await send();
  for (let attempt = 1; isThrottled(answer) && attempt < MOST_ATTEMPTS; attempt += 1) {
    await sleep(NEXT_SECOND_MS, undefined, { signal: context.signal });
    answer = await send();
  }
  expectEqual(answer, 'FailedRecordCount', jsonObject(answer).FailedRecordCount, 0);
  const results = listOf(answer, 'Records');
  expectEqual(answer, 'number of results', results.length, records.length);
  return sent.map(({ data, partitionKey }, index) => ({
    ...accepted(answer, results[index]),
    partitionKey,
    ...stored(data),
  }));
}

function isThrottled(answer: Exchange): boolean {
  return answer.status === 207 && /ProvisionedThroughputExceeded/.test(answer.body);
}
