import { hours, RETENTION_REFUSALS, RETENTION_TYPES } from '../retention';
import { describeTypes, error, type Refusal, TestKinesis } from '../support';

const HOUR = 3_600_000;

describe('IncreaseStreamRetentionPeriod', () => {
  describeTypes('IncreaseStreamRetentionPeriod', RETENTION_TYPES);

  test.each<Refusal>([
    ...RETENTION_REFUSALS,
    [
      'more than a year',
      hours(8_761),
      error(
        'InvalidArgumentException',
        'Maximum allowed retention period is 8760 hours. Requested retention period (8761 hours) is too long.',
      ),
    ],
    [
      'a shorter period than before',
      hours(47),
      error(
        'InvalidArgumentException',
        'Requested retention period (47 hours) for stream s can not be shorter than existing ' +
          'retention period (48 hours). Use DecreaseRetentionPeriod API.',
      ),
    ],
  ])('refuses %s', async (_what, input, expected) => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    await kinesis.ok('IncreaseStreamRetentionPeriod', hours(48));

    expect(await kinesis.send('IncreaseStreamRetentionPeriod', input)).toEqual(expected);
  });

  test('retains records for longer', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    await kinesis.put('s', 'k', 'kept');

    await kinesis.ok('IncreaseStreamRetentionPeriod', hours(48));
    kinesis.advance(47 * HOUR);

    expect((await kinesis.describe('s')).RetentionPeriodHours).toBe(48);
    expect(await kinesis.texts('s')).toEqual(['kept']);
  });

  test('does not bring back expired records', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    await kinesis.put('s', 'k', 'expired');
    kinesis.advance(25 * 3_600_000);

    await kinesis.ok('IncreaseStreamRetentionPeriod', {
      StreamName: 's',
      RetentionPeriodHours: 48,
    });

    expect(await kinesis.texts('s')).toEqual([]);
  });
});
