import { at, describeTypes, invalid, notFound, TestKinesis } from '../support';

describe('ListTagsForStream', () => {
  describeTypes('ListTagsForStream', {
    StreamName: 'String',
    ExclusiveStartTagKey: 'String',
    Limit: 'Integer',
  });

  test.each([
    [
      'too large a page',
      { StreamName: 's', Limit: 51 },
      invalid(at('limit', "'51'", 'Member must have value less than or equal to 50')),
    ],
    ['a stream that is not there', { StreamName: 'nope' }, notFound('nope')],
  ])('refuses %s', async (_what, input, expected) => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');

    expect(await kinesis.send('ListTagsForStream', input)).toEqual(expected);
  });

  test('pages by key', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    await kinesis.ok('AddTagsToStream', { StreamName: 's', Tags: { c: '3', a: '1', b: '2' } });

    const first = await kinesis.ok('ListTagsForStream', { StreamName: 's', Limit: 2 });
    const second = await kinesis.ok('ListTagsForStream', {
      StreamName: 's',
      ExclusiveStartTagKey: 'b',
    });

    expect(first).toEqual({
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
      HasMoreTags: true,
    });
    expect(second).toEqual({ Tags: [{ Key: 'c', Value: '3' }], HasMoreTags: false });
  });
});
