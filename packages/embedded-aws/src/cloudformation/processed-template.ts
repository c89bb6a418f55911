import type { Caller } from '../core/caller';
import { AwsError } from '../core/errors';
import { evaluateConditions } from './conditions';
import { scopeOf } from './deployment';
import { type EvaluationScope, evaluate, hasUnknown, UNKNOWN } from './intrinsics';
import { isObject } from './json';
import type { Stack, StackDefinition } from './stack';
import { LANGUAGE_EXTENSIONS } from './template';
import { parseDocument } from './template-document';

/** Functions that the transform resolves, where they depend on nothing that is to be made. */
const RESOLVED = ['Fn::FindInMap', 'Fn::Length', 'Fn::ToJsonString'];

/** Attributes of a resource that only the transform lets be functions, `Ref` and `Fn::If` too. */
const POLICIES = ['DeletionPolicy', 'UpdateReplacePolicy'];

/**
 * The template after its transform: as JSON, without `Transform`, and with what only the transform
 * understands resolved. The template as it was sent if it has no transform.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html
 */
export function processedTemplate(
  definition: StackDefinition,
  stack: Pick<Stack, 'id' | 'name'>,
  caller: Caller,
): string {
  const { template } = definition;
  if (!template.transforms.includes(LANGUAGE_EXTENSIONS)) return template.body;
  const unknown = {
    reference: (id: string) => (template.resources.has(id) ? UNKNOWN : undefined),
    attribute: () => UNKNOWN,
  };
  const scopeWith = (conditions: ReadonlyMap<string, boolean>) =>
    scopeOf(definition, conditions, stack, caller, unknown, () => UNKNOWN);
  const conditions = evaluateConditions(template.conditions, scopeWith(new Map()));
  const { Transform, ...document } = parseDocument(template.body);
  const scope = scopeWith(conditions);
  const { Resources, ...sections } = document;
  return JSON.stringify(
    resolved({ ...sections, Resources: withPolicies(Resources, scope) }, scope),
  );
}

function withPolicies(resources: unknown, scope: EvaluationScope): unknown {
  if (!isObject(resources)) return resources;
  const withOwn = (resource: unknown) =>
    isObject(resource)
      ? Object.fromEntries(
          Object.entries(resource).map(([key, value]) => [
            key,
            POLICIES.includes(key) ? (knownValue(value, scope) ?? value) : value,
          ]),
        )
      : resource;
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [id, withOwn(resource)]),
  );
}

function resolved(value: unknown, scope: EvaluationScope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, scope));
  if (!isObject(value)) return value;
  const [name = '', ...others] = Object.keys(value);
  if (others.length === 0 && RESOLVED.includes(name)) {
    const known = knownValue(value, scope);
    if (known !== undefined) return known;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, resolved(item, scope)]),
  );
}

function knownValue(value: unknown, scope: EvaluationScope): unknown {
  try {
    const known = evaluate(value, scope);
    return hasUnknown(known) || typeof known === 'symbol' ? undefined : known;
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}
