import type { AssumeRole } from '../assume-role';
import { checkLogRole } from '../entities/log-role';
import type { Account } from '../model';
import type { Operation } from '../operation';

import { applyPatch, listingPatchErrors, type PatchRule, readPatchOperations } from '../patch';
import type { RegionStore } from '../store';

/** The patch rules for the account; an empty role or a `remove` removes the role. */
const rulesFor = (
  { scope }: RegionStore,
  assumeRole: AssumeRole | undefined,
): readonly PatchRule<Account>[] => [
  {
    path: '/cloudwatchRoleArn',
    ops: ['replace', 'remove'],
    apply(account, value, _names, op) {
      const roleArn = op === 'remove' ? undefined : value;
      account.cloudwatchRoleArn = checkLogRole(roleArn, scope, assumeRole);
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
    handle({ region, input, assumeRole }) {
      const operations = readPatchOperations(input);
      applyPatch(region.account, operations, rulesFor(region, assumeRole), ERRORS);
      return accountWire(region.account);
    },
  },
];

function accountWire(account: Account) {
  return { ...account, features: ['UsagePlans'], apiKeyVersion: '4' };
}
