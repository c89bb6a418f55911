import {
  at,
  describeTypes,
  invalid,
  isNull,
  notFound,
  TestKinesis,
  testRefusals,
} from '../support';

describe('RemoveTagsFromStream', () => {
  describeTypes('RemoveTagsFromStream', {
    StreamName: 'String',
    TagKeys: 'List',
    'TagKeys.0': 'String',
  });

  testRefusals('RemoveTagsFromStream', [
    ['no keys', { StreamName: 's' }, invalid(isNull('tagKeys'))],
    [
      'an empty list',
      { StreamName: 's', TagKeys: [] },
      invalid(at('tagKeys', "'[]'", 'Member must have length greater than or equal to 1')),
    ],
    [
      'an empty key',
      { StreamName: 's', TagKeys: ['a', ''] },
      invalid(
        at(
          'tagKeys',
          "'[a, ]'",
          'Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]',
        ),
      ),
    ],
    ['a stream that does not exist', { StreamName: 'nope', TagKeys: ['a'] }, notFound('nope')],
  ]);

  test('removes existing tags and ignores others', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    await kinesis.ok('AddTagsToStream', { StreamName: 's', Tags: { a: '1', b: '2' } });

    await kinesis.ok('RemoveTagsFromStream', { StreamName: 's', TagKeys: ['a', 'toString'] });

    expect((await kinesis.ok('ListTagsForStream', { StreamName: 's' })).Tags).toEqual([
      { Key: 'b', Value: '2' },
    ]);
  });
});
