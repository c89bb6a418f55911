import type { Account } from '../model';
import type { Operation } from '../operation';
import { applyPatch, listingPatchErrors, type PatchRule, readPatchOperations } from '../patch';

const RULES: readonly PatchRule<Account>[] = [
  {
    path: '/cloudwatchRoleArn',
    ops: ['replace'],
    apply(account, value) {
      account.cloudwatchRoleArn = value;
    },
  },
];
const ERRORS = listingPatchErrors(['/cloudwatchRoleArn']);

export const accountOperations: readonly Operation[] = [
  {
    name: 'GetAccount',
    route: 'GET /account',
    status: 200,
    handle: ({ region }) => accountWire(region.account),
  },
  {
    name: 'UpdateAccount',
    route: 'PATCH /account',
    status: 200,
    handle({ region, input }) {
      applyPatch(region.account, readPatchOperations(input, 'UpdateAccount'), RULES, ERRORS);
      return accountWire(region.account);
    },
  },
];

function accountWire(account: Account) {
  return { ...account, features: ['UsagePlans'], apiKeyVersion: '4' };
}
