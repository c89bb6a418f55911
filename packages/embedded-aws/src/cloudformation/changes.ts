import type { Caller } from '../core/caller';
import { dependencyOrder } from './dependency-graph';
import { type Deployment, evaluatedProperties, scopeOf } from './deployment';
import { type EvaluationScope, evaluate, hasUnknown, UNKNOWN } from './intrinsics';
import { type JsonObject, member, sameJson, validationError } from './json';
import { checkProperties, type PropertyProblem } from './property-validation';
import { referencesIn } from './references';
import { type PropertyChange, propertyChanges } from './replacement';
import { attributeOf } from './resource-attributes';
import {
  attributeDetails,
  type ChangeDetail,
  type ResourceChange,
  removal,
  replacePolicyAction,
} from './resource-change';
import { resourceType } from './resource-types';
import type { Stack, StackResource } from './stack';
import type { ResourceDeclaration } from './template';

/** The changes that a deployment makes to a stack, as far as they are known before it runs. */
export interface PlannedChanges {
  readonly changes: readonly ResourceChange[];
  /** True if anything changes: resources, outputs, tags or notification ARNs. */
  readonly any: boolean;
  /** Properties that the resource types do not have or do not accept. */
  readonly problems: readonly { readonly logicalId: string; readonly problem: PropertyProblem }[];
}

/**
 * Compares a stack with its desired state.
 * @param importValue returns the value of an export
 * @throws AwsError ValidationError in CloudFormation's words, for values that cannot be evaluated
 */
export function planChanges(
  stack: Stack,
  deployment: Deployment,
  caller: Caller,
  importValue: (name: string) => unknown,
): PlannedChanges {
  const plan = new Plan(stack, deployment, caller, importValue);
  return plan.compare();
}

type Outcome = 'same' | 'modified' | 'new';

class Plan {
  readonly #stack: Stack;
  readonly #deployment: Deployment;
  readonly #scope: EvaluationScope;
  readonly #outcomes = new Map<string, Outcome>();
  readonly #problems: { logicalId: string; problem: PropertyProblem }[] = [];

  constructor(
    stack: Stack,
    deployment: Deployment,
    caller: Caller,
    importValue: (name: string) => unknown,
  ) {
    this.#stack = stack;
    this.#deployment = deployment;
    const isKept = (id: string) => this.#outcomes.get(id) !== 'new';
    const existingResource = (id: string) => (isKept(id) ? existing(stack, id) : undefined);
    const isResource = (id: string) => deployment.resources.has(id);
    this.#scope = scopeOf(
      deployment.definition,
      deployment.conditions,
      stack,
      caller,
      {
        reference: (id) =>
          isResource(id) ? (existingResource(id)?.physicalId ?? UNKNOWN) : undefined,
        attribute: (id, name) => {
          const resource = existingResource(id);
          return (resource && attributeOf(resource, name)) ?? UNKNOWN;
        },
      },
      importValue,
    );
  }

  compare(): PlannedChanges {
    this.#refuseTypeChanges();
    const order = dependencyOrder(this.#deployment.graph);
    const kept = order.flatMap((id) => this.#compareResource(id));
    const removed = [...this.#stack.resources.values()]
      .filter((resource) => resource.physicalId !== undefined && hasPhysicalResource(resource))
      .filter(({ logicalId }) => !this.#deployment.resources.has(logicalId))
      .map((resource) => removal(resource));
    const changes = [...kept, ...removed];
    // Also evaluates the outputs, so that what cannot be evaluated is refused before it is made.
    const differsOutside = this.#differsOutsideResources();
    const any = changes.length > 0 || differsOutside;
    return { changes, any, problems: this.#problems };
  }

  #refuseTypeChanges(): void {
    const changed = [...this.#deployment.resources.values()].filter(({ logicalId, type }) => {
      const current = existing(this.#stack, logicalId);
      return current !== undefined && current.type !== type;
    });
    if (changed.length === 0) return;
    const ids = changed.map(({ logicalId }) => logicalId).join(', ');
    throw validationError(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${ids}]`,
    );
  }

  #compareResource(logicalId: string): ResourceChange[] {
    const declaration = this.#deployment.resources.get(logicalId);
    if (declaration === undefined) return [];
    const current = existing(this.#stack, logicalId);
    if (current === undefined) this.#outcomes.set(logicalId, 'new');
    const type = resourceType(declaration.type);
    const evaluated = evaluatedProperties(
      declaration,
      this.#deployment.definition.tags,
      this.#scope,
    );
    if (type === undefined) return [];
    const { properties, problems } = checkProperties(type, evaluated);
    this.#problems.push(...problems.map((problem) => ({ logicalId, problem })));
    if (current === undefined) {
      return [{ action: 'Add', logicalId, type: declaration.type, details: [], after: properties }];
    }
    const details = [
      ...propertyChanges(type, current.properties, properties).map((change) =>
        this.#detail(declaration, change, current.properties, properties),
      ),
      ...attributeDetails(current, declaration),
    ];
    const dynamic = this.#dynamicDetails(declaration, properties, details);
    return this.#modification(current, declaration, properties, [...details, ...dynamic]);
  }

  #modification(
    current: StackResource,
    declaration: ResourceDeclaration,
    after: JsonObject,
    details: readonly ChangeDetail[],
  ): ResourceChange[] {
    const { logicalId, type, physicalId } = current;
    if (details.length === 0) {
      this.#outcomes.set(logicalId, 'same');
      return [];
    }
    const always = details.filter(({ requiresRecreation }) => requiresRecreation === 'Always');
    const certain = always.some(({ evaluation }) => evaluation === 'Static');
    const possible =
      always.length > 0 || details.some((one) => one.requiresRecreation === 'Conditionally');
    this.#outcomes.set(logicalId, certain ? 'new' : 'modified');
    return [
      {
        action: 'Modify',
        logicalId,
        ...(physicalId !== undefined && { physicalId }),
        type,
        replacement: certain ? 'True' : possible ? 'Conditional' : 'False',
        details,
        before: current.properties,
        after,
        ...(possible && { policyAction: replacePolicyAction(declaration) }),
      },
    ];
  }

  #detail(
    declaration: ResourceDeclaration,
    { name, requiresRecreation, change }: PropertyChange,
    current: JsonObject,
    properties: JsonObject,
  ): ChangeDetail {
    const value = member(properties, name);
    const declared = member(declaration.properties, name);
    const before = this.#stack.definition.template.resources.get(declaration.logicalId);
    const direct = !sameJson(declared, before && member(before.properties, name));
    return {
      ...(name === 'Tags' ? { attribute: 'Tags' } : { attribute: 'Properties', name }),
      requiresRecreation,
      evaluation: hasUnknown(value) ? 'Dynamic' : 'Static',
      values: { change, before: member(current, name), after: value },
      ...(direct ? { source: 'DirectModification' as const } : this.#cause(declared)),
    };
  }

  /** Why a property changes although the template has the same expression for it as before. */
  #cause(declared: unknown): Pick<ChangeDetail, 'source' | 'causingEntity'> {
    const references = referencesIn(declared, this.#deployment.conditions);
    const resource = references.find(({ target }) => this.#isChanging(target));
    if (resource?.kind === 'Ref') {
      return { source: 'ResourceReference', causingEntity: resource.target };
    }
    if (resource !== undefined) {
      return {
        source: 'ResourceAttribute',
        causingEntity: `${resource.target}.${resource.attribute ?? ''}`,
      };
    }
    const { parameters } = this.#deployment.definition;
    const parameter = references.find(({ target }) => parameters.has(target));
    return parameter === undefined
      ? { source: 'Automatic' }
      : { source: 'ParameterReference', causingEntity: parameter.target };
  }

  #isChanging(logicalId: string): boolean {
    const outcome = this.#outcomes.get(logicalId);
    return outcome === 'modified' || outcome === 'new';
  }

  /** Properties that use an attribute of a resource updated in place may change as well. */
  #dynamicDetails(
    declaration: ResourceDeclaration,
    properties: JsonObject,
    known: readonly ChangeDetail[],
  ): ChangeDetail[] {
    const type = resourceType(declaration.type);
    return Object.entries(declaration.properties).flatMap(([name, declared]): ChangeDetail[] => {
      if (known.some((detail) => detail.name === name)) return [];
      const source = referencesIn(declared, this.#deployment.conditions).find(
        ({ kind, target }) => kind === 'Fn::GetAtt' && this.#outcomes.get(target) === 'modified',
      );
      if (source === undefined || member(properties, name) === undefined) return [];
      const replacement = type?.properties[name]?.replacement;
      return [
        {
          attribute: 'Properties',
          name,
          requiresRecreation: replacement === 'yes' ? 'Always' : 'Never',
          evaluation: 'Dynamic',
          source: 'ResourceAttribute',
          causingEntity: `${source.target}.${source.attribute ?? ''}`,
        },
      ];
    });
  }

  #differsOutsideResources(): boolean {
    const { definition, conditions } = this.#deployment;
    const { tags, notificationArns } = this.#stack.definition;
    if (!sameJson(tags, definition.tags)) return true;
    if (!sameJson(notificationArns, definition.notificationArns)) return true;
    const outputs = [...definition.template.outputs.values()]
      .filter(({ condition }) => condition === undefined || conditions.get(condition))
      .map(({ key, value, description, exportName }) => ({
        key,
        value: scalarText(evaluate(value, this.#scope)),
        ...(description !== undefined && { description }),
        ...(exportName !== undefined && {
          exportName: scalarText(evaluate(exportName, this.#scope)),
        }),
      }));
    return !sameJson(outputs, this.#stack.outputs);
  }
}

const scalarText = (value: unknown) =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;

function hasPhysicalResource({ status }: StackResource): boolean {
  return status !== 'DELETE_COMPLETE' && status !== 'DELETE_SKIPPED';
}

/** The resource that a stack has under a logical id, if its physical resource exists. */
function existing(stack: Stack, logicalId: string): StackResource | undefined {
  const resource = stack.resources.get(logicalId);
  return resource?.physicalId !== undefined && hasPhysicalResource(resource) ? resource : undefined;
}
