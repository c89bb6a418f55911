import type { ResourceContext, ResourceHandler } from '../../src/core/resource-handler';
import { testCaller } from './aws-request';

/** A handler's context for a resource of the stack `shop`. */
export function resourceContext(overrides: Partial<ResourceContext> = {}): ResourceContext {
  const logicalId = overrides.logicalId ?? 'Thing';
  return {
    caller: testCaller,
    stackName: 'shop',
    stackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/shop/1',
    logicalId,
    seed: `shop/${logicalId}/1`,
    ...overrides,
  };
}

/** The handler for a type. */
export function handlerFor(handlers: readonly ResourceHandler[], type: string): ResourceHandler {
  const handler = handlers.find((candidate) => candidate.type === type);
  if (handler === undefined) throw new Error(`no handler for ${type}`);
  return handler;
}
