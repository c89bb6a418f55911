import { describeTypes, invalid, isNull, notFound, streamArn, TestKinesis } from '../support';

describe('ListTagsForResource', () => {
  describeTypes('ListTagsForResource', { ResourceARN: 'String' });

  test.each([
    ['nothing', {}, invalid(isNull('resourceARN'))],
    ['a stream that does not exist', { ResourceARN: streamArn('nope') }, notFound('nope')],
  ])('refuses %s', async (_what, input, expected) => {
    expect(await new TestKinesis().send('ListTagsForResource', input)).toEqual(expected);
  });

  test('lists the tags that a stream was created with', async () => {
    const kinesis = new TestKinesis();
    await kinesis.ok('CreateStream', {
      StreamName: 's',
      ShardCount: 1,
      Tags: { team: 'orders' },
    });

    expect(await kinesis.ok('ListTagsForResource', { ResourceARN: streamArn('s') })).toEqual({
      Tags: [{ Key: 'team', Value: 'orders' }],
    });
  });
});
