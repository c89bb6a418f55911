import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from '../api-client';
import { type Ask, ask, jsonObject, listOf } from '../ask';
import { type CheckContext, CheckFailure, type WrittenRecord } from '../check';
import type { HeldRecord } from '../records';

/** How often a shard is read in vain before its records count as missing. */
export const MOST_READS = 20;

/** For a shard, which allows five reads a second. */
const LIMITED_MS = 250;

/** The pause between two reads: where a limit was met, as long as keeps to it. */
export const readPauseMs = ({ pace, api }: CheckContext): number =>
  api.tally.busy > 0 ? Math.max(pace.readMs, LIMITED_MS) : pace.readMs;

/** @throws CheckFailure when the answer has none */
export function iteratorOf(answer: Exchange): string {
  const { ShardIterator: iterator } = jsonObject(answer);
  if (typeof iterator === 'string') return iterator;
  throw new CheckFailure('the answer has no ShardIterator', answer);
}

/**
 * Reads on until there are records: Kinesis may answer with none although some were written, a moment ago
 * or further on in the shard.
 * @param asking how the endpoint is called with an iterator
 * @param most answers to wait for; fewer where none are expected
 * @returns the first answer with records, or the last one
 */
export async function askForRecords(
  context: CheckContext,
  iterator: string,
  asking: (iterator: string) => Ask,
  most = MOST_READS,
): Promise<Exchange> {
  let next: unknown = iterator;
  for (let reads = 1; ; reads += 1) {
    await sleep(readPauseMs(context), undefined, { signal: context.signal });
    const answer = await ask(context, 'GetRecords', 200, asking(String(next)));
    if (reads >= most || listOf(answer, 'Records').length > 0) return answer;
    next = jsonObject(answer).NextShardIterator ?? next;
  }
}

/**
 * Reads through the API, from an iterator on, until all records are found or the shard has no more.
 * @returns what it gave
 */
export async function readAll(
  context: CheckContext,
  iterator: string,
  wanted: readonly WrittenRecord[],
): Promise<HeldRecord[]> {
  const held: HeldRecord[] = [];
  const found = new Set<string>();
  const isLimited = context.door.takes('GetRecords', 'Limit');
  let next: unknown = iterator;
  for (let reads = 1; reads <= MOST_READS; reads += 1) {
    const query = { 'shard-iterator': String(next), ...(isLimited && { limit: '10000' }) };
    const answer = await ask(context, 'GetRecords', 200, { query });
    for (const { SequenceNumber, Data, PartitionKey } of listOf(answer, 'Records')) {
      const sequenceNumber = String(SequenceNumber);
      const bytes = Buffer.from(String(Data), 'base64');
      held.push({ sequenceNumber, bytes, partitionKey: String(PartitionKey) });
      found.add(sequenceNumber);
    }
    if (wanted.every(({ sequenceNumber }) => found.has(sequenceNumber))) break;
    next = jsonObject(answer).NextShardIterator ?? next;
    await sleep(readPauseMs(context), undefined, { signal: context.signal });
  }
  return held;
}
