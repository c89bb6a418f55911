import type { RunningAws } from './kept-aws';
import { type Ledger, RESHARDED, STEADY } from './kill-load';

/** Reads the streams on, from process to process, with the iterators that an earlier one gave. */
export class KillReader {
  /** Every record that was read, with its sequence number. */
  readonly records = new Map<string, string>();
  readonly problems: string[] = [];
  readonly #iterators = new Map<string, string | undefined>();
  /** The latest of each writer in each shard, and of each shard. */
  readonly #latest = new Map<string, number>();
  readonly #sequences = new Map<string, bigint>();

  async readOn(aws: RunningAws): Promise<void> {
    for (const stream of [STEADY, RESHARDED]) {
      const { Shards } = await aws.kinesis('ListShards', { StreamName: stream });
      for (const { ShardId } of Shards) await this.#readShard(aws, stream, ShardId);
    }
  }

  async #readShard(aws: RunningAws, stream: string, shard: string): Promise<void> {
    const place = `${stream}/${shard}`;
    if (!this.#iterators.has(place)) {
      const { ShardIterator } = await aws.kinesis('GetShardIterator', {
        StreamName: stream,
        ShardId: shard,
        ShardIteratorType: 'TRIM_HORIZON',
      });
      this.#iterators.set(place, ShardIterator);
    }
    for (let iterator = this.#iterators.get(place); iterator !== undefined; ) {
      const answer = await aws.kinesis('GetRecords', { ShardIterator: iterator });
      for (const record of answer.Records) this.#note(place, record);
      iterator = answer.NextShardIterator;
      this.#iterators.set(place, iterator);
      if (answer.Records.length === 0) return;
    }
  }

  #note(place: string, record: { Data: string; SequenceNumber: string }): void {
    const [id = ''] = Buffer.from(record.Data, 'base64').toString().split(' ');
    const sequence = BigInt(record.SequenceNumber);
    if (this.records.has(id)) this.problems.push(`${id} is there twice`);
    this.records.set(id, record.SequenceNumber);
    if (sequence <= (this.#sequences.get(place) ?? 0n))
      this.problems.push(`${place}: ${id} is late`);
    this.#sequences.set(place, sequence);
    const [writer = '', count] = id.split('/');
    const latest = this.#latest.get(`${place} ${writer}`) ?? -1;
    if (Number(count) <= latest) this.problems.push(`${place}: ${id} comes after ${latest}`);
    this.#latest.set(`${place} ${writer}`, Number(count));
  }
}

/** @returns undefined for a stream that is gone, as one that was being deleted may be any moment */
async function statusOf(aws: RunningAws, name: string): Promise<string | undefined> {
  try {
    const answer = await aws.kinesis('DescribeStreamSummary', { StreamName: name });
    return answer.StreamDescriptionSummary.StreamStatus;
  } catch (error) {
    if (/ResourceNotFoundException/.test(String(error))) return undefined;
    throw error;
  }
}

/** Differences between the state and what was acknowledged. */
export async function differences(
  aws: RunningAws,
  ledger: Ledger,
  reader: KillReader,
): Promise<string[]> {
  const problems = [...reader.problems];
  for (const [id, sequence] of ledger.acknowledged) {
    const read = reader.records.get(id);
    if (read === undefined) problems.push(`${id} is lost`);
    else if (read !== sequence) problems.push(`${id} is ${read} and was ${sequence}`);
  }
  const names = new Set<string>();
  for (let last: string | undefined, more = true; more; ) {
    const page = await aws.kinesis('ListStreams', { ExclusiveStartStreamName: last });
    for (const name of page.StreamNames) names.add(name);
    more = page.HasMoreStreams;
    last = page.StreamNames.at(-1);
  }
  for (const name of ledger.made) if (!names.has(name)) problems.push(`stream ${name} is lost`);
  for (const name of ledger.deleted) {
    const status = names.has(name) ? await statusOf(aws, name) : undefined;
    if (status !== undefined && status !== 'DELETING') problems.push(`${name} is back`);
  }
  const { Tags } = await aws.kinesis('ListTagsForStream', { StreamName: STEADY });
  const tag = Number(Tags[0]?.Value ?? 0);
  if (tag < ledger.tag.answered || tag > ledger.tag.sent) problems.push(`the tag is ${tag}`);
  return problems;
}
