import { ACCOUNT, describeTypes, error, notFound, streamArn, TestKinesis } from '../support';

const missing = (name: string) =>
  error(
    'ResourceNotFoundException',
    `Consumer ${name} under stream s and account ${ACCOUNT} not found.`,
  );

describe('DescribeStreamConsumer', () => {
  describeTypes('DescribeStreamConsumer', {
    StreamARN: 'String',
    ConsumerName: 'String',
    ConsumerARN: 'String',
  });

  test.each([
    [
      'nothing',
      {},
      error(
        'InvalidArgumentException',
        'Either ConsumerARN or both StreamARN and ConsumerName should be provided.',
      ),
    ],
    [
      'a stream that does not exist',
      { StreamARN: streamArn('nope'), ConsumerName: 'c' },
      notFound('nope'),
    ],
    ['a name that does not exist', { StreamARN: streamArn('s'), ConsumerName: 'c' }, missing('c')],
    [
      'the ARN of an earlier consumer of the name',
      { ConsumerARN: `${streamArn('s')}/consumer/reader:1400000000` },
      missing('reader'),
    ],
  ])('refuses %s', async (_what, input, expected) => {
    const kinesis = new TestKinesis();
    const StreamARN = await kinesis.stream('s');
    await kinesis.ok('RegisterStreamConsumer', { StreamARN, ConsumerName: 'reader' });

    expect(await kinesis.send('DescribeStreamConsumer', input)).toEqual(expected);
  });

  test('finds a consumer by ARN and by name', async () => {
    const kinesis = new TestKinesis();
    const StreamARN = await kinesis.stream('s');
    const { Consumer } = await kinesis.ok('RegisterStreamConsumer', {
      StreamARN,
      ConsumerName: 'reader',
    });

    const byArn = await kinesis.ok('DescribeStreamConsumer', { ConsumerARN: Consumer.ConsumerARN });
    const byName = await kinesis.ok('DescribeStreamConsumer', {
      StreamARN,
      ConsumerName: 'reader',
    });

    expect(byArn).toEqual({ ConsumerDescription: { ...Consumer, StreamARN } });
    expect(byName).toEqual(byArn);
  });
});
