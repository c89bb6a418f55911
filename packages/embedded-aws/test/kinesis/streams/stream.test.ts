import { uniformRanges } from '../../../src/kinesis/streams/hash-key';
import { scaleUniformly } from '../../../src/kinesis/streams/resharding';
import { Stream } from '../../../src/kinesis/streams/stream';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 15);

function prepare(shards = 1): Stream {
  const stream = new Stream({
    name: 's',
    scope: { accountId: '000000000000', region: 'us-east-1' },
    mode: 'PROVISIONED',
    maxRecordSizeInKiB: 1024,
    ranges: uniformRanges(shards),
    tags: new Map(),
    createdAt: START,
    activeAt: START,
  });
  stream.settle(START);
  return stream;
}

describe('expired records are dropped', () => {
  test('by a stream that is never read', () => {
    const stream = prepare();
    const [shard] = stream.shards;
    for (let hour = 0; hour < 48; hour++) {
      const now = START + hour * HOUR;
      stream.settle(now);
      shard?.append('k', Buffer.alloc(1), now, false);
    }

    expect([shard?.log.first, shard?.log.next]).toEqual([24, 49]);
  });

  test('with their closed shards, whose ids are not reused', () => {
    const stream = prepare(2);
    scaleUniformly(stream, 1, START + HOUR);

    stream.settle(START + 26 * HOUR);
    scaleUniformly(stream, 2, START + 26 * HOUR);

    expect(stream.shards.map(({ id }) => id)).toEqual([
      'shardId-000000000002',
      'shardId-000000000003',
      'shardId-000000000004',
    ]);
  });
});
