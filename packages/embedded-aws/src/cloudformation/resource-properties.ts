import { AwsError } from '../core/errors';
import { evaluatedProperties } from './deployment';
import type { EvaluationScope } from './intrinsics';
import type { JsonObject } from './json';
import { checkProperties, problemsReason } from './property-validation';
import type { ResourceDeclaration } from './resource-declaration';
import { TemplateFailure } from './resource-operations';
import { resourceType } from './resource-types';
import type { Tag } from './stack';
import { refuseDynamicReference } from './template-shape';

/**
 * The desired properties of a resource: evaluated, with the stack's tags, and converted to the
 * types of its schema.
 * @throws TemplateFailure if they cannot be evaluated, or do not match the type
 */
export function resourceProperties(
  declaration: ResourceDeclaration,
  tags: readonly Tag[],
  scope: EvaluationScope,
): JsonObject {
  let properties: JsonObject;
  try {
    properties = evaluatedProperties(declaration, tags, scope);
    refuseDynamicReference(JSON.stringify(properties), `resource ${declaration.logicalId}`);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new TemplateFailure(error.message, { cause: error });
  }
  const type = resourceType(declaration.type);
  if (type === undefined) return properties;
  const checked = checkProperties(type, properties);
  if (checked.problems.length === 0) return checked.properties;
  throw new TemplateFailure(problemsReason(declaration.logicalId, checked.problems));
}
