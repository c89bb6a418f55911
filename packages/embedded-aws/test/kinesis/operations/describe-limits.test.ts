import { TestKinesis } from '../support';

describe('DescribeLimits', () => {
  test('counts open shards and on-demand streams', async () => {
    const kinesis = new TestKinesis({ shardLimit: 10, onDemandStreamLimit: 3 });
    await kinesis.stream('s', 2);
    await kinesis.ok('CreateStream', { StreamName: 'events' });

    expect(await kinesis.ok('DescribeLimits', {})).toEqual({
      ShardLimit: 10,
      OpenShardCount: 6,
      OnDemandStreamCount: 1,
      OnDemandStreamCountLimit: 3,
    });
  });
});
