import { uniformRanges } from '../../../src/kinesis/streams/hash-key';
import type { RecordStorage } from '../../../src/kinesis/streams/record-sink';
import { splitShard } from '../../../src/kinesis/streams/resharding';
import { parseSequenceNumber } from '../../../src/kinesis/streams/sequence-number';
import { Stream } from '../../../src/kinesis/streams/stream';
import { restoreStream, streamSnapshot } from '../../../src/kinesis/streams/stream-snapshot';

const START = Date.UTC(2026, 0, 15);
const scope = { accountId: '000000000000', region: 'us-east-1' };

const storage: Pick<RecordStorage, 'reopen'> = {
  reopen: (id) => ({ id, add() {}, trim() {}, remove() {}, read() {} }),
};

function snapshotOfSplit() {
  const stream = new Stream({
    name: 's',
    scope,
    mode: 'PROVISIONED',
    maxRecordSizeInKiB: 1024,
    ranges: uniformRanges(1),
    tags: new Map(),
    createdAt: START,
    activeAt: START,
  });
  stream.settle(START);
  const [shard] = stream.openShards;
  if (shard !== undefined) splitShard(stream, shard, 2n, START);
  return streamSnapshot(stream);
}

const secondOfChild = (stream: Stream) =>
  parseSequenceNumber(stream.shard(1)?.startingSequenceNumber ?? '0')?.shardCreatedSecond;

test.each([
  ['of this version', snapshotOfSplit(), START / 1000 + 1],
  [
    'of earlier versions',
    {
      ...snapshotOfSplit(),
      shards: snapshotOfSplit().shards.map(({ openedSecond, ...shard }) => shard),
    },
    START / 1000,
  ],
])(
  'a child keeps the second in its sequence numbers, in a snapshot %s',
  (_whose, snapshot, second) => {
    const restored = restoreStream(snapshot, scope, storage as RecordStorage);

    expect(secondOfChild(restored)).toBe(second);
  },
);
