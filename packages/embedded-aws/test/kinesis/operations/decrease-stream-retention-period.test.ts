import { hours, RETENTION_REFUSALS, RETENTION_TYPES } from '../retention';
import { describeTypes, error, TestKinesis, testRefusals } from '../support';

const HOUR = 3_600_000;

describe('DecreaseStreamRetentionPeriod', () => {
  describeTypes('DecreaseStreamRetentionPeriod', RETENTION_TYPES);

  testRefusals('DecreaseStreamRetentionPeriod', [
    ...RETENTION_REFUSALS,
    [
      'a longer period than before',
      hours(25),
      error(
        'InvalidArgumentException',
        'Requested retention period (25 hours) for stream s can not be longer than existing ' +
          'retention period (24 hours). Use IncreaseRetentionPeriod API.',
      ),
    ],
  ]);

  test('expires records at once and permanently', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    await kinesis.ok('IncreaseStreamRetentionPeriod', hours(72));
    await kinesis.put('s', 'k', 'old');
    kinesis.advance(30 * HOUR);
    await kinesis.put('s', 'k', 'new');

    await kinesis.ok('DecreaseStreamRetentionPeriod', hours(24));
    await kinesis.ok('IncreaseStreamRetentionPeriod', hours(72));

    expect(await kinesis.texts('s')).toEqual(['new']);
  });
});
