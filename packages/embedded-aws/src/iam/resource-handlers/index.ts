import { withNeeds } from '../../core/handler-needs';
import type { ResourceHandler } from '../../core/resource-handler';
import type { Accounts } from '../account';
import { managedPolicyHandler } from './managed-policy';
import { iamNeeds } from './needs';
import { oidcProviderHandler } from './oidc-provider';
import { inlinePolicyHandler } from './policy';
import { roleHandler } from './role';
import { rolePolicyHandler } from './role-policy';

/** IAM's CloudFormation resource types. */
export function iamResourceHandlers(iam: Accounts): ResourceHandler[] {
  return withNeeds(
    [
      roleHandler(iam),
      inlinePolicyHandler(iam),
      rolePolicyHandler(iam),
      managedPolicyHandler(iam),
      oidcProviderHandler(iam),
    ],
    iamNeeds(iam),
  );
}
