import { describeTypes, invalid, isNull, notFound, TestKinesis } from '../support';

const encryption = { StreamName: 's', EncryptionType: 'KMS', KeyId: 'alias/mine' };

describe('StopStreamEncryption', () => {
  describeTypes('StopStreamEncryption', {
    StreamName: 'String',
    EncryptionType: 'String',
    KeyId: 'String',
  });

  test.each([
    ['nothing', {}, invalid(isNull('encryptionType'), isNull('keyId'))],
    ['a stream that does not exist', { ...encryption, StreamName: 'nope' }, notFound('nope')],
  ])('refuses %s', async (_what, input, expected) => {
    expect(await new TestKinesis().send('StopStreamEncryption', input)).toEqual(expected);
  });

  test('ends encryption', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    await kinesis.ok('StartStreamEncryption', encryption);
    kinesis.advance(1_000);

    await kinesis.ok('StopStreamEncryption', encryption);
    expect((await kinesis.describe('s')).EncryptionType).toBe('KMS');
    kinesis.advance(1_000);

    const stream = await kinesis.describe('s');
    expect(stream.EncryptionType).toBe('NONE');
    expect(stream).not.toHaveProperty('KeyId');
  });
});
