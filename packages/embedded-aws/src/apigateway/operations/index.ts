import type { Operation } from '../operation';
import { accountOperations } from './account';
import { apiKeyOperations } from './api-keys';
import { authorizerOperations } from './authorizers';
import { basePathMappingOperations } from './base-path-mappings';
import { deploymentOperations } from './deployments';
import { domainNameOperations } from './domain-names';
import { exportOperations } from './export';
import { gatewayResponseOperations } from './gateway-responses';
import { integrationResponseOperations } from './integration-responses';
import { integrationOperations } from './integrations';
import { methodResponseOperations } from './method-responses';
import { methodOperations } from './methods';
import { modelOperations } from './models';
import { requestValidatorOperations } from './request-validators';
import { resourceOperations } from './resources';
import { restApiOperations } from './rest-apis';
import { stageOperations } from './stages';
import { tagOperations } from './tags';
import { testAuthorizerOperations } from './test-authorizer';
import { testInvokeOperations } from './test-invoke';
import { unsupportedOperations } from './unsupported';
import { usagePlanKeyOperations } from './usage-plan-keys';
import { usagePlanOperations } from './usage-plans';

/** All implemented operations of the control API. */
export const operations: readonly Operation[] = [
  ...restApiOperations,
  ...resourceOperations,
  ...methodOperations,
  ...methodResponseOperations,
  ...integrationOperations,
  ...integrationResponseOperations,
  ...testInvokeOperations,
  ...testAuthorizerOperations,
  ...deploymentOperations,
  ...stageOperations,
  ...modelOperations,
  ...requestValidatorOperations,
  ...authorizerOperations,
  ...gatewayResponseOperations,
  ...exportOperations,
  ...accountOperations,
  ...apiKeyOperations,
  ...usagePlanOperations,
  ...usagePlanKeyOperations,
  ...domainNameOperations,
  ...basePathMappingOperations,
  ...tagOperations,
  ...unsupportedOperations,
];
