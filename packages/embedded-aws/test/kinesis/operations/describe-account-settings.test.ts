import { TestKinesis } from '../support';

describe('DescribeAccountSettings', () => {
  test('an account starts without a commitment', async () => {
    expect(await new TestKinesis().ok('DescribeAccountSettings', {})).toEqual({
      MinimumThroughputBillingCommitment: { Status: 'DISABLED' },
    });
  });
});
