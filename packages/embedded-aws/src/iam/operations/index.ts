import { accessKeyOperations } from './access-keys';
import { attachmentOperations } from './attachments';
import { inlinePolicyOperations } from './inline-policies';
import { managedPolicyOperations } from './managed-policies';
import { oidcProviderOperations } from './oidc-providers';
import { permissionsBoundaryOperations } from './permissions-boundaries';
import { policyVersionOperations } from './policy-versions';
import { roleOperations } from './roles';
import { simulationOperations } from './simulate';
import { userOperations } from './users';

/** Every operation of IAM. */
export const OPERATIONS = {
  ...roleOperations,
  ...userOperations,
  ...accessKeyOperations,
  ...inlinePolicyOperations,
  ...attachmentOperations,
  ...permissionsBoundaryOperations,
  ...managedPolicyOperations,
  ...policyVersionOperations,
  ...oidcProviderOperations,
  ...simulationOperations,
};
