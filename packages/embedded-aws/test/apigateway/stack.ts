import { type ApiGateway, apiGatewayResourceHandlers } from '../../src/apigateway';
import type { Caller } from '../../src/core/caller';
import type {
  Properties,
  ResourceContext,
  ResourceHandler,
  ResourceState,
} from '../../src/core/resource-handler';
import { testCaller } from '../support/aws-request';

/**
 * The calls of CloudFormation to resource handlers, without CloudFormation: properties are already
 * resolved.
 */
export interface Stack {
  create(type: string, properties: Properties, logicalId?: string): Promise<ResourceState>;
  update(
    type: string,
    physicalId: string,
    properties: Properties,
    previous?: Properties,
  ): Promise<ResourceState>;
  delete(type: string, physicalId: string, properties: Properties): Promise<void>;
}

/** @param type the resource type without `AWS::ApiGateway::` */
export function stackOf(
  apiGateway: ApiGateway,
  stackName = 'stack',
  caller: Caller = testCaller,
): Stack {
  const handlers = apiGatewayResourceHandlers(apiGateway);
  let made = 0;
  const handlerOf = (type: string): ResourceHandler => {
    const found = handlers.find((handler) => handler.type === `AWS::ApiGateway::${type}`);
    if (found === undefined) throw new Error(`No handler for ${type}`);
    return found;
  };
  const contextOf = (logicalId: string): ResourceContext => ({
    caller,
    stackName,
    stackId: `arn:aws:cloudformation:us-east-1:000000000000:stack/${stackName}/1`,
    logicalId,
    seed: `${stackName}/${logicalId}`,
  });
  return {
    async create(type, properties, logicalId = `${type}${++made}`) {
      return handlerOf(type).create(contextOf(logicalId), properties);
    },
    async update(type, physicalId, properties, previous = properties) {
      return handlerOf(type).update(contextOf(type), physicalId, properties, previous);
    },
    async delete(type, physicalId, properties) {
      await handlerOf(type).delete(contextOf(type), physicalId, properties);
    },
  };
}
