import {
  describeTypes,
  invalid,
  isNull,
  notFound,
  streamArn,
  TestKinesis,
  testRefusals,
} from '../support';

describe('TagResource', () => {
  describeTypes('TagResource', { ResourceARN: 'String', Tags: 'Map' });

  testRefusals('TagResource', [
    ['nothing', {}, invalid(isNull('tags'), isNull('resourceARN'))],
    [
      'a stream that does not exist',
      { ResourceARN: streamArn('nope'), Tags: { a: '' } },
      notFound('nope'),
    ],
    [
      'a resource of a stream that is not a consumer',
      { ResourceARN: `${streamArn('s')}/other/x`, Tags: { a: '' } },
      notFound('s'),
    ],
  ]);

  test('tags a stream and a consumer independently', async () => {
    const kinesis = new TestKinesis();
    const StreamARN = await kinesis.stream('s');
    const { Consumer } = await kinesis.ok('RegisterStreamConsumer', {
      StreamARN,
      ConsumerName: 'reader',
    });

    await kinesis.ok('TagResource', { ResourceARN: StreamARN, Tags: { of: 'stream' } });
    await kinesis.ok('TagResource', {
      ResourceARN: Consumer.ConsumerARN,
      Tags: { of: 'consumer' },
    });

    for (const [ResourceARN, Value] of [
      [StreamARN, 'stream'],
      [Consumer.ConsumerARN, 'consumer'],
    ]) {
      expect(await kinesis.ok('ListTagsForResource', { ResourceARN })).toEqual({
        Tags: [{ Key: 'of', Value }],
      });
    }
  });
});
