import { required, structure } from '../../core/shapes/shape';
import { ownAccount } from '../engine';
import { operation } from '../operation';
import { commitmentView } from './account-settings';

const commitment = structure({
  Status: required({ type: 'String', values: ['ENABLED', 'DISABLED'] } as const),
});

const input = structure({ MinimumThroughputBillingCommitment: required(commitment) });

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateAccountSettings.html */
export const updateAccountSettings = operation('UpdateAccountSettings', input, (request, call) => {
  call.caller.authorize('kinesis:UpdateAccountSettings', '*');
  const account = ownAccount(call);
  const isOn = commitmentView(account.billingCommitment, call.now).Status !== 'DISABLED';
  const { startedAt = call.now } = isOn ? account.billingCommitment : {};
  if (request.MinimumThroughputBillingCommitment.Status === 'ENABLED') {
    account.billingCommitment = { startedAt };
  } else if (isOn) {
    account.billingCommitment = { startedAt, endedAt: call.now };
  }
  return {
    MinimumThroughputBillingCommitment: commitmentView(account.billingCommitment, call.now),
  };
});
