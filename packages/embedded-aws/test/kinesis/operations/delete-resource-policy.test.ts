import {
  describeTypes,
  error,
  invalid,
  isNull,
  streamArn,
  TestKinesis,
  testRefusals,
} from '../support';

const ResourceARN = streamArn('s');

describe('DeleteResourcePolicy', () => {
  describeTypes('DeleteResourcePolicy', { ResourceARN: 'String' });

  testRefusals('DeleteResourcePolicy', [
    ['nothing', {}, invalid(isNull('resourceARN'))],
    [
      'a stream without a policy',
      { ResourceARN },
      error(
        'ResourceNotFoundException',
        `No resource policy found for resource ARN ${ResourceARN}.`,
      ),
    ],
  ]);

  test('removes the policy', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    await kinesis.ok('PutResourcePolicy', { ResourceARN, Policy: '{"Statement":[]}' });

    await kinesis.ok('DeleteResourcePolicy', { ResourceARN });

    expect(await kinesis.ok('GetResourcePolicy', { ResourceARN })).toEqual({ Policy: '{}' });
  });
});
