import { textsOf } from '../subscriber';
import { subscriptions } from '../subscription';
import { shardId, streamArn } from '../support';

const prepare = subscriptions();

const FIVE_MINUTES = 300_000;

describe('the end', () => {
  test('of a split shard names its children, and no continuation sequence number', async () => {
    const { kinesis, follow } = await prepare();
    const events = await follow();
    await events.next();
    await kinesis.put('s', 'k', 'last');
    await kinesis.ok('SplitShard', {
      StreamName: 's',
      ShardToSplit: shardId(0),
      NewStartingHashKey: '1000',
    });
    const last = await events.records();
    kinesis.advance(1_000);
    await kinesis.describe('s');

    const end = await events.next();

    expect(textsOf(last)).toEqual(['last']);
    expect(end.ContinuationSequenceNumber).toBeUndefined();
    expect(end.ChildShards).toEqual([
      {
        ShardId: shardId(1),
        ParentShards: [shardId(0)],
        HashKeyRange: { StartingHashKey: '0', EndingHashKey: '999' },
      },
      {
        ShardId: shardId(2),
        ParentShards: [shardId(0)],
        HashKeyRange: {
          StartingHashKey: '1000',
          EndingHashKey: '340282366920938463463374607431768211455',
        },
      },
    ]);
    expect(await events.ended()).toBe(true);
  });

  test('of a shard that has been read completely comes at once', async () => {
    const { kinesis, follow } = await prepare({}, 2);
    await kinesis.ok('MergeShards', {
      StreamName: 's',
      ShardToMerge: shardId(0),
      AdjacentShardToMerge: shardId(1),
    });
    kinesis.advance(1_000);

    const events = await follow({ Type: 'LATEST' }, 1);

    expect((await events.next()).ChildShards?.[0]?.ParentShards).toEqual([shardId(0), shardId(1)]);
    expect(await events.ended()).toBe(true);
  });

  test('comes after five minutes', async () => {
    const { kinesis, follow } = await prepare();
    const events = await follow();
    await events.next();

    const ended = events.ended();
    kinesis.advance(FIVE_MINUTES);

    expect(await ended).toBe(true);
  });

  test.each([
    [
      'the consumer',
      'DeregisterStreamConsumer',
      { ConsumerName: 'c' },
      'Consumer c under stream s',
    ],
    ['the stream', 'DeleteStream', { EnforceConsumerDeletion: true }, 'Stream s under account'],
  ])('comes when %s is deleted', async (_what, action, more, message) => {
    const { kinesis, follow } = await prepare();
    const events = await follow();
    await events.next();

    const ended = events.next();
    await kinesis.ok(action, { StreamARN: streamArn('s'), ...more });

    await expect(ended).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringContaining(message),
    });
  });
});
