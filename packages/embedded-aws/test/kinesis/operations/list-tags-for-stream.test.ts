import { at, describeTypes, invalid, notFound, TestKinesis, testRefusals } from '../support';

describe('ListTagsForStream', () => {
  describeTypes('ListTagsForStream', {
    StreamName: 'String',
    ExclusiveStartTagKey: 'String',
    Limit: 'Integer',
  });

  testRefusals('ListTagsForStream', [
    [
      'a page size that is too large',
      { StreamName: 's', Limit: 51 },
      invalid(at('limit', "'51'", 'Member must have value less than or equal to 50')),
    ],
    ['a stream that does not exist', { StreamName: 'nope' }, notFound('nope')],
  ]);

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
