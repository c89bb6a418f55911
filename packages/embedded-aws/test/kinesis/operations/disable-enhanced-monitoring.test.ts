import { describeTypes, invalid, isNull, notFound, TestKinesis } from '../support';

describe('DisableEnhancedMonitoring', () => {
  describeTypes('DisableEnhancedMonitoring', { StreamName: 'String', ShardLevelMetrics: 'List' });

  test.each([
    ['nothing', {}, invalid(isNull('shardLevelMetrics'))],
    [
      'a stream that does not exist',
      { StreamName: 'nope', ShardLevelMetrics: ['ALL'] },
      notFound('nope'),
    ],
  ])('refuses %s', async (_what, input, expected) => {
    expect(await new TestKinesis().send('DisableEnhancedMonitoring', input)).toEqual(expected);
  });

  test('removes metrics', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    await kinesis.ok('EnableEnhancedMonitoring', {
      StreamName: 's',
      ShardLevelMetrics: ['IncomingBytes', 'OutgoingBytes'],
    });

    const answer = await kinesis.ok('DisableEnhancedMonitoring', {
      StreamName: 's',
      ShardLevelMetrics: ['IncomingBytes'],
    });

    expect(answer.CurrentShardLevelMetrics).toEqual(['IncomingBytes', 'OutgoingBytes']);
    expect(answer.DesiredShardLevelMetrics).toEqual(['OutgoingBytes']);
  });
});
