import { describeTypes, invalid, isNull, notFound, streamArn, TestKinesis } from '../support';

describe('UntagResource', () => {
  describeTypes('UntagResource', { ResourceARN: 'String', TagKeys: 'List' });

  test.each([
    ['nothing', {}, invalid(isNull('tagKeys'), isNull('resourceARN'))],
    [
      'a stream that does not exist',
      { ResourceARN: streamArn('nope'), TagKeys: ['a'] },
      notFound('nope'),
    ],
  ])('refuses %s', async (_what, input, expected) => {
    expect(await new TestKinesis().send('UntagResource', input)).toEqual(expected);
  });

  test('removes tags', async () => {
    const kinesis = new TestKinesis();
    const ResourceARN = await kinesis.stream('s');
    await kinesis.ok('TagResource', { ResourceARN, Tags: { a: '1', b: '2' } });

    await kinesis.ok('UntagResource', { ResourceARN, TagKeys: ['a'] });

    expect(await kinesis.ok('ListTagsForResource', { ResourceARN })).toEqual({
      Tags: [{ Key: 'b', Value: '2' }],
    });
  });
});
