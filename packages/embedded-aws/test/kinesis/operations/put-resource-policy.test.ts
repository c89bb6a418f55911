import {
  describeTypes,
  error,
  invalid,
  isNull,
  notFound,
  streamArn,
  TestKinesis,
} from '../support';

const ResourceARN = streamArn('s');

describe('PutResourcePolicy', () => {
  describeTypes('PutResourcePolicy', { ResourceARN: 'String', Policy: 'String' });

  const malformed = error('InvalidArgumentException', 'The Policy is not a valid policy document.');
  test.each([
    ['nothing', {}, invalid(isNull('resourceARN'), isNull('policy'))],
    ['text', { ResourceARN, Policy: 'no' }, malformed],
    ['null', { ResourceARN, Policy: 'null' }, malformed],
    ['a document without statements', { ResourceARN, Policy: '{}' }, malformed],
    [
      'a stream that does not exist',
      { ResourceARN: streamArn('nope'), Policy: '{"Statement":[]}' },
      notFound('nope'),
    ],
  ])('refuses %s', async (_what, input, expected) => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');

    expect(await kinesis.send('PutResourcePolicy', input)).toEqual(expected);
    expect(await kinesis.ok('GetResourcePolicy', { ResourceARN })).toEqual({ Policy: '{}' });
  });

  test('stores the policy verbatim', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    const Policy = '{ "Version": "2012-10-17", "Statement": [] }';

    await kinesis.ok('PutResourcePolicy', { ResourceARN, Policy });

    expect(await kinesis.ok('GetResourcePolicy', { ResourceARN })).toEqual({ Policy });
  });
});
