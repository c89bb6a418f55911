import type { ResourceHandler } from '../../core/resource-handler';
import type { Iam } from '../iam';
import { managedPolicyHandler } from './managed-policy';
import { inlinePolicyHandler } from './policy';
import { roleHandler } from './role';
import { rolePolicyHandler } from './role-policy';

/** IAM's CloudFormation resource types. */
export function iamResourceHandlers(iam: Iam): ResourceHandler[] {
  return [
    roleHandler(iam),
    inlinePolicyHandler(iam),
    rolePolicyHandler(iam),
    managedPolicyHandler(iam),
  ];
}
