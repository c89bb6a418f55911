import { describeTypes, error, invalid, isNull, notFound, TestKinesis } from '../support';

const HOUR = 3_600_000;
const hours = (RetentionPeriodHours: number, StreamName = 's') => ({
  StreamName,
  RetentionPeriodHours,
});

describe('DecreaseStreamRetentionPeriod', () => {
  describeTypes('DecreaseStreamRetentionPeriod', {
    StreamName: 'String',
    RetentionPeriodHours: 'Integer',
  });

  test.each([
    ['no hours', { StreamName: 's' }, invalid(isNull('retentionPeriodHours'))],
    ['a stream that is not there', hours(25, 'nope'), notFound('nope')],
    [
      'less than a day',
      hours(23),
      error(
        'InvalidArgumentException',
        'Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.',
      ),
    ],
    [
      'more than it is',
      hours(25),
      error(
        'InvalidArgumentException',
        'Requested retention period (25 hours) for stream s can not be longer than existing ' +
          'retention period (24 hours). Use IncreaseRetentionPeriod API.',
      ),
    ],
  ])('refuses %s', async (_what, input, expected) => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');

    expect(await kinesis.send('DecreaseStreamRetentionPeriod', input)).toEqual(expected);
  });

  test('forgets records at once, and for good', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    await kinesis.ok('IncreaseStreamRetentionPeriod', hours(72));
    await kinesis.put('s', 'k', 'old');
    kinesis.pass(30 * HOUR);
    await kinesis.put('s', 'k', 'new');

    await kinesis.ok('DecreaseStreamRetentionPeriod', hours(24));
    await kinesis.ok('IncreaseStreamRetentionPeriod', hours(72));

    expect(await kinesis.texts('s')).toEqual(['new']);
  });
});
