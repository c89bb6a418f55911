import { structure } from '../../core/shapes/shape';
import { ownAccount } from '../engine';
import { operation } from '../operation';
import { commitmentView } from './account-settings';

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeAccountSettings.html */
export const describeAccountSettings = operation(
  'DescribeAccountSettings',
  structure({}),
  (_request, call) => {
    call.caller.authorize('kinesis:DescribeAccountSettings', '*');
    const { billingCommitment } = ownAccount(call);
    return { MinimumThroughputBillingCommitment: commitmentView(billingCommitment, call.now) };
  },
);
