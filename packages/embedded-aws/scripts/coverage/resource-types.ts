import { refusedHandlers } from '../../src/apigateway/resource-handlers/refused';
import { resourceTypeNames } from '../../src/cloudformation/resource-types';

/** The types that the embedded CloudFormation creates. */
export function implementedTypes(): string[] {
  const refused = new Set(refusedHandlers().map(({ type }) => type));
  return [...resourceTypeNames()].filter((type) => !refused.has(type)).sort();
}
