import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createKinesis } from '../../src/kinesis';
import { testCaller } from '../support/aws-request';

// Takes several seconds of computation, more on a busy machine.
jest.setTimeout(120_000);

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Memory of the process in bytes, objects and buffers. */
function memoryBytes(): number {
  // Buffers are freed in the background after the collection that finds them.
  for (let count = 0; count < 3; count++) collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const BATCH = 500;
const BATCHES = 2000;
const DATA_BYTES = 200;
/** A record takes 17 bytes beside its data and key; as an object with strings it takes over 200. */
const MAX_OVERHEAD = 60;

test('a million records take little more memory than their content, can be read, and are freed', () => {
  let now = Date.UTC(2026, 0, 1);
  const kinesis = createKinesis({ now: () => now, createMs: 0 });
  kinesis.invoke(testCaller, 'CreateStream', { StreamName: 's', ShardCount: 4 });
  const before = memoryBytes();

  let keyBytes = 0;
  for (let batch = 0; batch < BATCHES; batch++) {
    const Records = Array.from({ length: BATCH }, (_, index) => {
      const PartitionKey = `key-${batch}-${index}`;
      keyBytes += PartitionKey.length;
      const Data = Buffer.alloc(DATA_BYTES);
      Data.writeUInt32LE(batch * BATCH + index);
      return { PartitionKey, Data };
    });
    kinesis.invoke(testCaller, 'PutRecords', { StreamName: 's', Records });
  }
  const content = BATCH * BATCHES * DATA_BYTES + keyBytes;
  const overhead = (memoryBytes() - before - content) / (BATCH * BATCHES);
  expect(overhead).toBeLessThan(MAX_OVERHEAD);

  const seen = new Uint8Array(BATCH * BATCHES);
  for (const shard of [0, 1, 2, 3]) {
    for (const data of readShard(shard))
      seen[data.readUInt32LE()] = 1 + (seen[data.readUInt32LE()] ?? 0);
  }
  expect(seen.every((count) => count === 1)).toBe(true);

  now += 25 * 3_600_000;
  for (const shard of [0, 1, 2, 3]) expect([...readShard(shard)]).toEqual([]);
  expect(memoryBytes() - before).toBeLessThan(content / 10);

  function* readShard(shard: number): Iterable<Buffer> {
    const { ShardIterator } = kinesis.invoke(testCaller, 'GetShardIterator', {
      StreamName: 's',
      ShardId: `shardId-${shard}`,
      ShardIteratorType: 'TRIM_HORIZON',
    });
    for (let iterator: string | undefined = ShardIterator; iterator !== undefined; ) {
      const answer: {
        Records: readonly { Data: { bytes: Buffer } }[];
        NextShardIterator?: string;
      } = kinesis.invoke(testCaller, 'GetRecords', { ShardIterator: iterator });
      for (const { Data } of answer.Records) yield Data.bytes;
      iterator = answer.Records.length === 0 ? undefined : answer.NextShardIterator;
    }
  }
});
