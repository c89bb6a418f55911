import { withNeeds } from '../../core/handler-needs';
import type { ResourceHandler } from '../../core/resource-handler';
import type { ApiGateway } from '../index';
import { accountHandler } from './account';
import { apiKeyHandler } from './api-key';
import { authorizerHandler } from './authorizer';
import { basePathMappingHandler } from './base-path-mapping';
import { deploymentHandler } from './deployment';
import { domainNameHandler } from './domain-name';
import { gatewayResponseHandler } from './gateway-response';
import { methodHandler } from './method';
import { modelHandler } from './model';
import { apiGatewayNeeds } from './needs';
import { refusedHandlers } from './refused';
import { requestValidatorHandler } from './request-validator';
import { resourceHandler } from './resource';
import { restApiHandler } from './rest-api';
import { stageHandler } from './stage';
import { usagePlanHandler } from './usage-plan';
import { usagePlanKeyHandler } from './usage-plan-key';

/** The handlers of API Gateway's CloudFormation types. */
export function apiGatewayResourceHandlers(apiGateway: ApiGateway): readonly ResourceHandler[] {
  const handlers = [
    restApiHandler,
    resourceHandler,
    methodHandler,
    deploymentHandler,
    stageHandler,
    accountHandler,
    modelHandler,
    requestValidatorHandler,
    authorizerHandler,
    gatewayResponseHandler,
    apiKeyHandler,
    usagePlanHandler,
    usagePlanKeyHandler,
    domainNameHandler,
    basePathMappingHandler,
  ];
  return withNeeds(
    [...handlers.map((handler) => handler(apiGateway)), ...refusedHandlers()],
    apiGatewayNeeds,
  );
}
