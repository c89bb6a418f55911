import { describeTypes, invalid, isNull, notFound, streamArn, TestKinesis } from '../support';

describe('GetResourcePolicy', () => {
  describeTypes('GetResourcePolicy', { ResourceARN: 'String' });

  test.each([
    ['nothing', {}, invalid(isNull('resourceARN'))],
    ['a stream that does not exist', { ResourceARN: streamArn('nope') }, notFound('nope')],
  ])('refuses %s', async (_what, input, expected) => {
    expect(await new TestKinesis().send('GetResourcePolicy', input)).toEqual(expected);
  });

  test('returns the policy of each resource', async () => {
    const kinesis = new TestKinesis();
    const StreamARN = await kinesis.stream('s');
    const { Consumer } = await kinesis.ok('RegisterStreamConsumer', {
      StreamARN,
      ConsumerName: 'reader',
    });
    const Policy = '{"Statement":[{"Effect":"Allow"}]}';

    await kinesis.ok('PutResourcePolicy', { ResourceARN: Consumer.ConsumerARN, Policy });

    const ofConsumer = { ResourceARN: Consumer.ConsumerARN };
    expect(await kinesis.ok('GetResourcePolicy', ofConsumer)).toEqual({ Policy });
    expect(await kinesis.ok('GetResourcePolicy', { ResourceARN: StreamARN })).toEqual({
      Policy: '{}',
    });
  });
});
