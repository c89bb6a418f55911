import { at, describeTypes, invalid, isNull, TestKinesis } from '../support';

const DAY = 24 * 3_600_000;
const set = (Status: string) => ({ MinimumThroughputBillingCommitment: { Status } });

describe('UpdateAccountSettings', () => {
  describeTypes('UpdateAccountSettings', {
    MinimumThroughputBillingCommitment: 'Structure',
    'MinimumThroughputBillingCommitment.Status': 'String',
  });

  test.each([
    ['nothing', {}, invalid(isNull('minimumThroughputBillingCommitment'))],
    [
      'another status',
      set('ON'),
      invalid(
        at(
          'minimumThroughputBillingCommitment.status',
          "'ON'",
          'Member must satisfy enum value set: [ENABLED, DISABLED]',
        ),
      ),
    ],
  ])('refuses %s', async (_what, input, expected) => {
    expect(await new TestKinesis().send('UpdateAccountSettings', input)).toEqual(expected);
  });

  test('a commitment lasts at least a day', async () => {
    const kinesis = new TestKinesis();
    const started = kinesis.now;
    const status = async () =>
      (await kinesis.ok('DescribeAccountSettings', {})).MinimumThroughputBillingCommitment;

    await kinesis.ok('UpdateAccountSettings', set('ENABLED'));
    const enabled = await status();
    kinesis.advance(DAY / 2);
    await kinesis.ok('UpdateAccountSettings', set('DISABLED'));
    const ending = await status();
    kinesis.advance(DAY / 2);
    const ended = await status();

    const times = { StartedAt: started / 1000, EarliestAllowedEndAt: (started + DAY) / 1000 };
    expect(enabled).toEqual({ Status: 'ENABLED', ...times });
    expect(ending).toEqual({ Status: 'ENABLED_UNTIL_EARLIEST_ALLOWED_END', ...times });
    expect(ended).toEqual({
      Status: 'DISABLED',
      StartedAt: started / 1000,
      EndedAt: (started + DAY) / 1000,
    });
  });
});
