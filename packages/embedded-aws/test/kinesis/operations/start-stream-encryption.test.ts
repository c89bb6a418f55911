import {
  at,
  describeTypes,
  error,
  invalid,
  isNull,
  notFound,
  TestKinesis,
  testRefusals,
} from '../support';

const encryption = { StreamName: 's', EncryptionType: 'KMS', KeyId: 'alias/mine' };

describe('StartStreamEncryption', () => {
  describeTypes('StartStreamEncryption', {
    StreamName: 'String',
    EncryptionType: 'String',
    KeyId: 'String',
  });

  testRefusals('StartStreamEncryption', [
    ['nothing', {}, invalid(isNull('encryptionType'), isNull('keyId'))],
    [
      'another encryption and an empty key',
      { StreamName: 's', EncryptionType: 'AES', KeyId: '' },
      invalid(
        at('encryptionType', "'AES'", 'Member must satisfy enum value set: [KMS, NONE]'),
        at('keyId', "''", 'Member must have length greater than or equal to 1'),
      ),
    ],
    [
      'no encryption',
      { ...encryption, EncryptionType: 'NONE' },
      error('InvalidArgumentException', 'EncryptionType must be KMS.'),
    ],
    ['a stream that does not exist', { ...encryption, StreamName: 'nope' }, notFound('nope')],
  ]);

  test('marks records from then on', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    await kinesis.put('s', 'k', 'before');

    await kinesis.ok('StartStreamEncryption', encryption);
    expect((await kinesis.describe('s')).StreamStatus).toBe('UPDATING');
    kinesis.advance(1_000);
    await kinesis.put('s', 'k', 'after');

    expect(await kinesis.describe('s')).toMatchObject({
      StreamStatus: 'ACTIVE',
      EncryptionType: 'KMS',
      KeyId: 'alias/mine',
    });
    const ShardIterator = await kinesis.iterator('s', 0);
    const { Records } = await kinesis.ok('GetRecords', { ShardIterator });
    expect(Records.map((record: { EncryptionType?: string }) => record.EncryptionType)).toEqual([
      undefined,
      'KMS',
    ]);
  });
});
