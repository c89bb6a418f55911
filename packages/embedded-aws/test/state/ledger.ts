import type { KinesisAnswer } from 'dev-kit/testing/kinesis-answers';
import type { PersistedAws } from './support';

const HOUR = 3_600_000;
const BUCKET = 'kept';

/** Uses an embedded AWS and writes down what it acknowledged, to be compared after a restart. */
export class Ledger {
  readonly clock = { now: Date.UTC(2026, 0, 1) };
  readonly #streams = new Map<string, Set<string>>();
  readonly #deleted = new Set<string>();
  /** By stream: the value that was acknowledged last, and the one that was sent last. */
  readonly #tags = new Map<string, { answered?: string; sent: string }>();
  readonly #objects = new Map<string, string>();
  #count = 0;

  /** @returns the state of now, to be compared on its own */
  copy(): Ledger {
    const copy = new Ledger();
    copy.clock.now = this.clock.now;
    for (const [name, records] of this.#streams) copy.#streams.set(name, new Set(records));
    for (const name of this.#deleted) copy.#deleted.add(name);
    for (const [name, tag] of this.#tags) copy.#tags.set(name, { ...tag });
    for (const [key, body] of this.#objects) copy.#objects.set(key, body);
    return copy;
  }

  get streams(): string[] {
    return [...this.#streams.keys()];
  }

  async createStream(kept: PersistedAws, StreamName: string, ShardCount: number): Promise<void> {
    this.#deleted.delete(StreamName);
    await kept.kinesis('CreateStream', { StreamName, ShardCount });
    this.#streams.set(StreamName, new Set());
  }

  async deleteStream(kept: PersistedAws, StreamName: string): Promise<void> {
    // Once it is sent, its records may be gone.
    this.#streams.delete(StreamName);
    this.#tags.delete(StreamName);
    await kept.kinesis('DeleteStream', { StreamName });
    this.#deleted.add(StreamName);
  }

  async put(kept: PersistedAws, StreamName: string, count: number, size = 20): Promise<void> {
    const data = Array.from({ length: count }, () => `${this.#count++}-${'·'.repeat(size)}`);
    await kept.kinesis('PutRecords', {
      StreamName,
      Records: data.map((text) => ({
        PartitionKey: text.slice(0, 8),
        Data: Buffer.from(text).toString('base64'),
      })),
    });
    for (const text of data) this.#streams.get(StreamName)?.add(text);
  }

  async tag(kept: PersistedAws, StreamName: string): Promise<void> {
    const sent = String(this.#count++);
    this.#tags.set(StreamName, { ...this.#tags.get(StreamName), sent });
    await kept.kinesis('AddTagsToStream', { StreamName, Tags: { count: sent } });
    this.#tags.set(StreamName, { answered: sent, sent });
  }

  async putObject(kept: PersistedAws, key: string, size: number): Promise<void> {
    await kept.send('s3', { method: 'PUT', path: `/${BUCKET}` }).catch(() => undefined);
    const body = `${this.#count++}`.padEnd(size, 'x');
    this.#objects.delete(key);
    await kept.send('s3', { method: 'PUT', path: `/${BUCKET}/${key}`, body });
    this.#objects.set(key, body);
  }

  /** All records expire, and their files go. */
  expire(kept: PersistedAws): void {
    this.clock.now += 25 * HOUR;
    for (const records of this.#streams.values()) records.clear();
    kept.state.trim();
  }

  /** Acknowledged items that are missing, and deleted ones that are back. */
  async missing(kept: PersistedAws): Promise<string[]> {
    const { StreamNames } = await kept.kinesis('ListStreams', {});
    const missing: string[] = [];
    for (const [name, records] of this.#streams) {
      if (!StreamNames.includes(name)) missing.push(`stream ${name}`);
      else missing.push(...(await this.#missingIn(kept, name, records)));
    }
    for (const name of this.#deleted) {
      if (StreamNames.includes(name)) missing.push(`the deletion of ${name}`);
    }
    for (const [key, body] of this.#objects) {
      const path = `/${BUCKET}/${key}`;
      const found = await kept.send('s3', { method: 'GET', path }).catch(() => undefined);
      if (found !== body) missing.push(`object ${key}`);
    }
    return missing;
  }

  async #missingIn(
    kept: PersistedAws,
    StreamName: string,
    records: ReadonlySet<string>,
  ): Promise<string[]> {
    const found = new Set(await readAll(kept, StreamName));
    const missing = [...records].filter((text) => !found.has(text));
    const tag = this.#tags.get(StreamName);
    if (tag === undefined) return missing;
    const { Tags } = await kept.kinesis('ListTagsForStream', { StreamName });
    const value = Tags[0]?.Value;
    if (value !== tag.answered && value !== tag.sent) missing.push(`tag of ${StreamName}`);
    return missing;
  }
}

/** The data of all records of a stream. */
export async function readAll(kept: PersistedAws, StreamName: string): Promise<string[]> {
  const { Shards } = await kept.kinesis('ListShards', { StreamName });
  const data: string[] = [];
  for (const { ShardId } of Shards) {
    const { ShardIterator } = await kept.kinesis('GetShardIterator', {
      StreamName,
      ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    });
    for (let iterator: string | undefined = ShardIterator; iterator !== undefined; ) {
      const answer: KinesisAnswer<'GetRecords'> = await kept.kinesis('GetRecords', {
        ShardIterator: iterator,
      });
      data.push(...answer.Records.map(({ Data }) => Buffer.from(Data, 'base64').toString()));
      iterator = answer.Records.length === 0 ? undefined : answer.NextShardIterator;
    }
  }
  return data;
}
