import type { Caller } from '../core/caller';
import type { ResourceHandler } from '../core/resource-handler';
import { assertCapabilities, requiredCapabilities } from './capabilities';
import { evaluateConditions } from './conditions';
import { type DependencyGraph, dependencyOrder } from './dependency-graph';
import { evaluationScope, type ResourceValues } from './evaluation-scope';
import { type EvaluationScope, evaluate, NO_VALUE, UNKNOWN } from './intrinsics';
import { isObject, type JsonObject, member, templateFormatError, validationError } from './json';
import { referencesIn } from './references';
import { parsePolicy, type ResourceDeclaration } from './resource-declaration';
import { resourceType } from './resource-types';
import { assertRules } from './rules';
import type { Stack, StackDefinition, Tag } from './stack';
import type { StackStore } from './stack-store';
import { LANGUAGE_EXTENSIONS } from './template';
import { checkTemplate, dependencies, typeNotImplemented, unresolvedIn } from './template-check';

export type HandlerTable = ReadonlyMap<string, ResourceHandler>;

/** The desired state of a stack: its definition, with conditions evaluated. */
export interface Deployment {
  readonly definition: StackDefinition;
  readonly conditions: ReadonlyMap<string, boolean>;
  /** The resources to deploy, in the order of the template. */
  readonly resources: ReadonlyMap<string, ResourceDeclaration>;
  readonly graph: DependencyGraph;
  /** The names of existing resources to import, by logical id. */
  readonly imports?: ReadonlyMap<string, string>;
}

/**
 * Plans the desired state of a stack, and performs all checks that are possible before creating
 * anything.
 * @param capabilities those that the request acknowledges. Default: the definition's
 * @throws AwsError ValidationError or InsufficientCapabilitiesException in CloudFormation's words
 */
export function planDeployment(
  definition: StackDefinition,
  stack: Pick<Stack, 'id' | 'name'>,
  caller: Caller,
  handlers: HandlerTable,
  capabilities: readonly string[] = definition.capabilities,
): Deployment {
  const { template } = definition;
  checkTemplate(template);
  assertCapabilities(
    requiredCapabilities(template.resources.values(), template.transforms),
    capabilities,
  );
  const conditions = evaluateConditions(
    template.conditions,
    scopeOf(definition, new Map(), stack, caller, NO_RESOURCES, refuseImport),
  );
  assertRules(
    template.rules,
    scopeOf(definition, conditions, stack, caller, NO_RESOURCES, refuseImport),
  );
  const graph = dependencies(template, conditions);
  dependencyOrder(graph);
  const scope = scopeOf(definition, conditions, stack, caller, NO_RESOURCES, refuseImport);
  const resources = new Map(
    [...template.resources]
      .filter(([logicalId]) => graph.has(logicalId))
      .map(([logicalId, declaration]) => [logicalId, withPolicies(declaration, scope)]),
  );
  const deployment = { definition, conditions, resources, graph };
  assertReferencesDeployed(deployment);
  for (const resource of resources.values()) assertImplemented(resource, handlers);
  assertAttributesReturned(deployment, handlers);
  return deployment;
}

/** Policies that are functions of parameters have their values. */
function withPolicies(
  declaration: ResourceDeclaration,
  scope: EvaluationScope,
): ResourceDeclaration {
  const { logicalId, type, policyExpressions } = declaration;
  if (policyExpressions === undefined) return declaration;
  const policy = (name: keyof typeof policyExpressions) => {
    if (policyExpressions[name] === undefined) return undefined;
    const value = evaluate(policyExpressions[name], scope);
    return parsePolicy(value === NO_VALUE ? undefined : value, name, logicalId, type);
  };
  return {
    ...declaration,
    deletionPolicy: policy('DeletionPolicy') ?? declaration.deletionPolicy,
    updateReplacePolicy: policy('UpdateReplacePolicy') ?? declaration.updateReplacePolicy,
  };
}

function assertImplemented(resource: ResourceDeclaration, handlers: HandlerTable): void {
  const { type, logicalId, unsupportedAttribute } = resource;
  const handler = handlers.get(type);
  if (resourceType(type) === undefined || handler === undefined) throw typeNotImplemented(resource);
  if (handler.refusal !== undefined) {
    throw validationError(`${handler.refusal} (resource ${logicalId})`);
  }
  if (unsupportedAttribute === undefined) return;
  throw validationError(
    `The embedded AWS does not implement ${unsupportedAttribute} (resource ${logicalId}).`,
  );
}

/** Attributes that AWS gives and a handler does not are refused before anything is made. */
function assertAttributesReturned(deployment: Deployment, handlers: HandlerTable): void {
  const { resources, conditions } = deployment;
  const values = [...resources.values()].map(({ properties }) => properties);
  for (const { kind, target, attribute = '' } of referencesIn(
    [values, deployedOutputs(deployment)],
    conditions,
  )) {
    const type = resources.get(target)?.type ?? '';
    const missing = handlers.get(type)?.missingAttributes ?? [];
    if (kind !== 'Fn::GetAtt' || !missing.includes(attribute)) continue;
    throw validationError(
      `The embedded AWS does not return the attribute ${attribute} of ${type} (resource ${target}).`,
    );
  }
}

function deployedOutputs({ definition, conditions }: Deployment): unknown[] {
  return [...definition.template.outputs.values()]
    .filter(({ condition }) => condition === undefined || conditions.get(condition))
    .map(({ value, exportName }) => [value, exportName]);
}

const NO_RESOURCES: ResourceValues = { reference: () => undefined, attribute: () => undefined };

function refuseImport(): never {
  throw templateFormatError('Fn::ImportValue cannot be used in the Conditions and Rules blocks');
}

/** Resources with a false condition must not be referred to. */
function assertReferencesDeployed(deployment: Deployment): void {
  const { definition, conditions, resources } = deployment;
  const { template } = definition;
  const blocks = {
    Resources: [...resources.values()].map(({ properties }) => properties),
    Outputs: deployedOutputs(deployment),
  };
  for (const [block, values] of Object.entries(blocks)) {
    const unresolved = referencesIn(values, conditions)
      .filter(({ kind }) => kind === 'Ref' || kind === 'Fn::GetAtt')
      .map(({ target }) => target)
      .filter((target) => template.resources.has(target) && !resources.has(target));
    if (unresolved.length === 0) continue;
    throw unresolvedIn(block, unresolved);
  }
}

/** The scope in which the values of a stack are evaluated. */
export function scopeOf(
  definition: StackDefinition,
  conditions: ReadonlyMap<string, boolean>,
  stack: Pick<Stack, 'id' | 'name'>,
  caller: Caller,
  resources: ResourceValues,
  importValue: (name: string) => unknown,
): EvaluationScope {
  const { template, parameters, notificationArns } = definition;
  return evaluationScope({
    identity: {
      accountId: caller.accountId,
      region: caller.region,
      stackName: stack.name,
      stackId: stack.id,
      notificationArns,
    },
    parameters,
    mappings: template.mappings,
    conditions,
    resources,
    importValue,
    languageExtensions: template.transforms.includes(LANGUAGE_EXTENSIONS),
  });
}

/**
 * The value of an export of another stack.
 * @throws AwsError ValidationError `No export named X found.`
 */
export function exportedValue(store: StackStore, name: string): string {
  const found = store.exports().find((candidate) => candidate.name === name);
  if (found === undefined) throw validationError(`No export named ${name} found.`);
  return found.value;
}

/**
 * The first export that a deployment imports and that does not exist. CloudFormation looks for them
 * before it touches any resource (events: github.com/widdix/aws-s3-virusscan/issues/39).
 */
export function missingExport(
  { definition, conditions, resources }: Deployment,
  stack: Stack,
  caller: Caller,
  store: StackStore,
): string | undefined {
  let missing: string | undefined;
  const known = new Set(store.exports().map(({ name }) => name));
  const scope = scopeOf(definition, conditions, stack, caller, UNKNOWN_RESOURCES, (name) => {
    if (!known.has(name)) missing ??= name;
    return UNKNOWN;
  });
  for (const { properties } of resources.values()) evaluate(properties, scope);
  return missing;
}

const UNKNOWN_RESOURCES: ResourceValues = { reference: () => UNKNOWN, attribute: () => UNKNOWN };

/** The evaluated properties of a resource, with the stack's tags if its type supports tags. */
export function evaluatedProperties(
  declaration: ResourceDeclaration,
  tags: readonly Tag[],
  scope: EvaluationScope,
): JsonObject {
  const evaluated = evaluate(declaration.properties, scope);
  const properties = isObject(evaluated) ? evaluated : {};
  return withStackTags(declaration.type, properties, tags);
}

/**
 * CloudFormation propagates the stack's tags to resources that support tags; a resource's own tag
 * of the same key takes precedence.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html
 */
function withStackTags(type: string, properties: JsonObject, tags: readonly Tag[]): JsonObject {
  const declared = resourceType(type)?.properties.Tags?.type;
  const takesTags = typeof declared === 'object' && 'list' in declared && declared.list === 'tag';
  const own = member(properties, 'Tags') ?? [];
  if (!takesTags || tags.length === 0 || !Array.isArray(own)) return properties;
  const ownKeys = new Set(own.map((tag) => (isObject(tag) ? member(tag, 'Key') : undefined)));
  const inherited = tags
    .filter(({ key }) => !ownKeys.has(key))
    .map(({ key, value }) => ({ Key: key, Value: value }));
  return { ...properties, Tags: [...own, ...inherited] };
}
