import { at, describeTypes, invalid, isNull, notFound, streamArn, TestKinesis } from '../support';

describe('UpdateMaxRecordSize', () => {
  describeTypes('UpdateMaxRecordSize', { StreamARN: 'String', MaxRecordSizeInKiB: 'Integer' });

  test.each([
    ['nothing', {}, invalid(isNull('maxRecordSizeInKiB'))],
    [
      'less than 1 MiB',
      { StreamARN: streamArn('s'), MaxRecordSizeInKiB: 1_023 },
      invalid(
        at('maxRecordSizeInKiB', "'1023'", 'Member must have value greater than or equal to 1024'),
      ),
    ],
    [
      'a stream that does not exist',
      { StreamARN: streamArn('nope'), MaxRecordSizeInKiB: 1_024 },
      notFound('nope'),
    ],
  ])('refuses %s', async (_what, input, expected) => {
    expect(await new TestKinesis().send('UpdateMaxRecordSize', input)).toEqual(expected);
  });

  test('is UPDATING, then allows larger records', async () => {
    const kinesis = new TestKinesis();
    const StreamARN = await kinesis.stream('s');
    const summary = async () =>
      (await kinesis.ok('DescribeStreamSummary', { StreamARN })).StreamDescriptionSummary;

    await kinesis.ok('UpdateMaxRecordSize', { StreamARN, MaxRecordSizeInKiB: 10_240 });
    expect(await summary()).toMatchObject({ StreamStatus: 'UPDATING', MaxRecordSizeInKiB: 1_024 });
    kinesis.advance(1_000);

    expect(await summary()).toMatchObject({ StreamStatus: 'ACTIVE', MaxRecordSizeInKiB: 10_240 });
    const large = { StreamARN, PartitionKey: 'k', Data: 'AAAA'.repeat(3_000_000) };
    expect((await kinesis.send('PutRecord', large)).status).toBe(200);
  });
});
