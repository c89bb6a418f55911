import {
  describeTypes,
  error,
  invalid,
  isNull,
  notFound,
  streamArn,
  TestKinesis,
} from '../support';

const names = ({ Consumers }: { Consumers: { ConsumerName: string }[] }) =>
  Consumers.map(({ ConsumerName }) => ConsumerName);

async function withConsumers(): Promise<TestKinesis> {
  const kinesis = new TestKinesis();
  const StreamARN = await kinesis.stream('s');
  for (const ConsumerName of ['c', 'a', 'b']) {
    await kinesis.ok('RegisterStreamConsumer', { StreamARN, ConsumerName });
  }
  return kinesis;
}

describe('ListStreamConsumers', () => {
  describeTypes('ListStreamConsumers', {
    StreamARN: 'String',
    NextToken: 'String',
    MaxResults: 'Integer',
    StreamCreationTimestamp: 'Timestamp',
  });

  test.each([
    ['nothing', {}, invalid(isNull('streamARN'))],
    ['a stream that does not exist', { StreamARN: streamArn('nope') }, notFound('nope')],
    [
      'a stream created at another time',
      { StreamARN: streamArn('s'), StreamCreationTimestamp: 1 },
      notFound('s'),
    ],
    [
      'an invalid token',
      { StreamARN: streamArn('s'), NextToken: 'x' },
      error('InvalidArgumentException', 'NextToken is invalid.'),
    ],
  ])('refuses %s', async (_what, input, expected) => {
    const kinesis = await withConsumers();

    expect(await kinesis.send('ListStreamConsumers', input)).toEqual(expected);
  });

  test('lists by name, page by page', async () => {
    const kinesis = await withConsumers();
    const StreamARN = streamArn('s');

    const first = await kinesis.ok('ListStreamConsumers', { StreamARN, MaxResults: 2 });
    const second = await kinesis.ok('ListStreamConsumers', {
      StreamARN,
      NextToken: first.NextToken,
    });

    expect([names(first), names(second)]).toEqual([['a', 'b'], ['c']]);
    expect(second).not.toHaveProperty('NextToken');
  });
});
