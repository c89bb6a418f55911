import type { ResourceHandler } from '../../core/resource-handler';
import type { Accounts } from '../account';
import { managedPolicyHandler } from './managed-policy';
import { inlinePolicyHandler } from './policy';
import { roleHandler } from './role';
import { rolePolicyHandler } from './role-policy';

/** IAM's CloudFormation resource types. */
export function iamResourceHandlers(iam: Accounts): ResourceHandler[] {
  return [
    roleHandler(iam),
    inlinePolicyHandler(iam),
    rolePolicyHandler(iam),
    managedPolicyHandler(iam),
  ];
}
