import {
  ACCOUNT,
  at,
  describeTypes,
  error,
  invalid,
  isNull,
  notFound,
  TestKinesis,
  testRefusals,
} from '../support';

const LENGTHS = (max: number, min: number) =>
  `[Member must have length less than or equal to ${max}, Member must have length greater than or equal to ${min}]`;

describe('AddTagsToStream', () => {
  describeTypes('AddTagsToStream', { StreamName: 'String', Tags: 'Map', 'Tags.a': 'String' });

  testRefusals('AddTagsToStream', [
    ['no tags', { StreamName: 's' }, invalid(isNull('tags'))],
    [
      'an empty map',
      { StreamName: 's', Tags: {} },
      invalid(at('tags', "'{}'", 'Member must have length greater than or equal to 1')),
    ],
    [
      'a long key',
      { StreamName: 's', Tags: { ['k'.repeat(129)]: 'v' } },
      invalid(
        at(
          'tags',
          `'{${'k'.repeat(129)}=v}'`,
          `Map keys must satisfy constraint: ${LENGTHS(128, 1)}`,
        ),
      ),
    ],
    [
      'a long value',
      { StreamName: 's', Tags: { k: 'v'.repeat(257) } },
      invalid(
        at(
          'tags',
          `'{k=${'v'.repeat(257)}}'`,
          `Map value must satisfy constraint: ${LENGTHS(256, 0)}`,
        ),
      ),
    ],
    [
      'a value of null',
      { StreamName: 's', Tags: { k: null } },
      invalid(at('tags', "'{k=null}'", `Map value must satisfy constraint: ${LENGTHS(256, 0)}`)),
    ],
    [
      'foreign characters',
      { StreamName: 's', Tags: { 'a;b': '' } },
      error(
        'InvalidArgumentException',
        'Some tags contain invalid characters. Valid characters: Unicode letters, digits, white ' +
          'space, _ . / = + - % @.',
      ),
    ],
    [
      'a percent sign',
      { StreamName: 's', Tags: { a: '50%' } },
      error(
        'InvalidArgumentException',
        `Failed to add tags to stream s under account ${ACCOUNT} because some tags contained ` +
          "illegal characters. The allowed characters are Unicode letters, white-spaces, '_',',','/','=','+','-','@'.",
      ),
    ],
    [
      'a key that is reserved',
      { StreamName: 's', Tags: { 'aws:x': '1' } },
      error(
        'InvalidArgumentException',
        'aws: prefixed tag key names are not allowed for external use.',
      ),
    ],
    ['a stream that does not exist', { StreamName: 'nope', Tags: { a: '' } }, notFound('nope')],
  ]);

  test('adds tags and replaces values', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');

    await kinesis.ok('AddTagsToStream', { StreamName: 's', Tags: { b: '1', a: 'ü' } });
    await kinesis.ok('AddTagsToStream', { StreamName: 's', Tags: { b: '2' } });

    expect((await kinesis.ok('ListTagsForStream', { StreamName: 's' })).Tags).toEqual([
      { Key: 'a', Value: 'ü' },
      { Key: 'b', Value: '2' },
    ]);
  });

  test.each(['aws:team', 'AWS:team'])('refuses the reserved key %s', async (key) => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');

    const answer = await kinesis.send('AddTagsToStream', { StreamName: 's', Tags: { [key]: 'x' } });

    expect(answer).toEqual(
      error(
        'InvalidArgumentException',
        'aws: prefixed tag key names are not allowed for external use.',
      ),
    );
  });

  test('refuses a fifty-first tag, but replaces one of fifty', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, '']));
    await kinesis.ok('AddTagsToStream', { StreamName: 's', Tags: fifty });

    const more = await kinesis.send('AddTagsToStream', { StreamName: 's', Tags: { more: '' } });
    const same = await kinesis.send('AddTagsToStream', { StreamName: 's', Tags: { k0: 'new' } });

    expect(more).toEqual(
      error(
        'InvalidArgumentException',
        `Failed to add tags to stream s under account ${ACCOUNT} because a given stream cannot ` +
          'have more than 50 tags associated with it.',
      ),
    );
    expect(same.status).toBe(200);
  });
});
