import {
  ACCOUNT,
  describeTypes,
  emptyName,
  error,
  invalid,
  isNull,
  notFound,
  streamArn,
  TestKinesis,
} from '../support';

describe('RegisterStreamConsumer', () => {
  describeTypes('RegisterStreamConsumer', {
    StreamARN: 'String',
    ConsumerName: 'String',
    Tags: 'Map',
  });

  test.each([
    ['nothing', {}, invalid(isNull('streamARN'), isNull('consumerName'))],
    [
      'an empty name',
      { StreamARN: streamArn('s'), ConsumerName: '' },
      invalid(...emptyName('consumerName')),
    ],
    [
      'a stream that does not exist',
      { StreamARN: streamArn('nope'), ConsumerName: 'c' },
      notFound('nope'),
    ],
    [
      'a name in use',
      { StreamARN: streamArn('s'), ConsumerName: 'taken' },
      error(
        'ResourceInUseException',
        `Consumer taken under stream s and account ${ACCOUNT} already exists.`,
      ),
    ],
  ])('refuses %s', async (_what, input, expected) => {
    const kinesis = new TestKinesis();
    const StreamARN = await kinesis.stream('s');
    await kinesis.ok('RegisterStreamConsumer', { StreamARN, ConsumerName: 'taken' });

    expect(await kinesis.send('RegisterStreamConsumer', input)).toEqual(expected);
  });

  test('is CREATING, then ACTIVE', async () => {
    const kinesis = new TestKinesis({ createMs: 300 });
    const StreamARN = await kinesis.stream('s');
    const second = Math.floor(kinesis.now / 1000);

    const { Consumer } = await kinesis.ok('RegisterStreamConsumer', {
      StreamARN,
      ConsumerName: 'reader',
    });
    kinesis.advance(300);
    const { ConsumerARN } = Consumer;
    const { ConsumerDescription } = await kinesis.ok('DescribeStreamConsumer', { ConsumerARN });

    expect(Consumer).toEqual({
      ConsumerName: 'reader',
      ConsumerARN: `${StreamARN}/consumer/reader:${second}`,
      ConsumerStatus: 'CREATING',
      ConsumerCreationTimestamp: second,
    });
    expect(ConsumerDescription.ConsumerStatus).toBe('ACTIVE');
  });

  test('refuses a sixth CREATING consumer, and a twenty-first consumer', async () => {
    const kinesis = new TestKinesis();
    const StreamARN = await kinesis.stream('s');
    const register = (index: number) =>
      kinesis.send('RegisterStreamConsumer', { StreamARN, ConsumerName: `c${index}` });
    for (let index = 0; index < 5; index++) expect((await register(index)).status).toBe(200);

    expect((await register(5)).body.__type).toBe('LimitExceededException');
    for (let index = 5; index < 20; index++) {
      kinesis.advance(1_000);
      expect((await register(index)).status).toBe(200);
    }
    kinesis.advance(1_000);
    expect((await register(20)).body.__type).toBe('LimitExceededException');
  });

  test('stores tags', async () => {
    const kinesis = new TestKinesis();
    const StreamARN = await kinesis.stream('s');

    const { Consumer } = await kinesis.ok('RegisterStreamConsumer', {
      StreamARN,
      ConsumerName: 'reader',
      Tags: { team: 'a' },
    });

    const ResourceARN = Consumer.ConsumerARN;
    expect(await kinesis.ok('ListTagsForResource', { ResourceARN })).toEqual({
      Tags: [{ Key: 'team', Value: 'a' }],
    });
  });
});
