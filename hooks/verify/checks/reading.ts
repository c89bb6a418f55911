import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from '../api-client';
import { type Ask, ask, jsonObject, listOf } from '../ask';
import { type CheckContext, CheckFailure, type WrittenRecord } from '../check';

/** How often a shard is read in vain before its records count as missing. */
const MOST_READS = 20;

/** @throws CheckFailure when the answer has none */
export function iteratorOf(answer: Exchange): string {
  const { ShardIterator: iterator } = jsonObject(answer);
  if (typeof iterator === 'string') return iterator;
  throw new CheckFailure('the answer has no ShardIterator', answer);
}

/**
 * Reads on until there are records: Kinesis may answer with none although some were written, a moment ago
 * or further on in the shard.
 * @param asking how the route is asked with an iterator
 * @param most answers to wait for; fewer where none are expected
 * @returns the first answer with records, or the last one
 */
export async function askForRecords(
  context: CheckContext,
  iterator: string,
  asking: (iterator: string) => Ask,
  most = MOST_READS,
): Promise<Exchange> {
  const { pace, signal } = context;
  let next: unknown = iterator;
  for (let reads = 1; ; reads += 1) {
    await sleep(pace.readMs, undefined, { signal });
    const answer = await ask(context, 'GetRecords', 200, asking(String(next)));
    if (reads >= most || listOf(answer, 'Records').length > 0) return answer;
    next = jsonObject(answer).NextShardIterator ?? next;
  }
}

interface Held {
  readonly bytes: Buffer;
  readonly partitionKey: string;
}

/**
 * Reads through the API, from an iterator on, until all records are found or the shard has no more.
 * @returns what it gave, by sequence number
 */
export async function readAll(
  context: CheckContext,
  iterator: string,
  wanted: readonly WrittenRecord[],
): Promise<ReadonlyMap<string, Held>> {
  const { pace, signal } = context;
  const held = new Map<string, Held>();
  let next: unknown = iterator;
  for (let reads = 1; reads <= MOST_READS; reads += 1) {
    const query = { 'shard-iterator': String(next), limit: '10000' };
    const answer = await ask(context, 'GetRecords', 200, { query });
    for (const { SequenceNumber, Data, PartitionKey } of listOf(answer, 'Records')) {
      const bytes = Buffer.from(String(Data), 'base64');
      held.set(String(SequenceNumber), { bytes, partitionKey: String(PartitionKey) });
    }
    if (wanted.every(({ sequenceNumber }) => held.has(sequenceNumber))) break;
    next = jsonObject(answer).NextShardIterator ?? next;
    await sleep(pace.readMs, undefined, { signal });
  }
  return held;
}
