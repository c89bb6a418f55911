import type { Caller } from '../core/caller';
import { AwsError } from '../core/errors';
import {
  type ChangedMember,
  causesOf,
  type DetailContext,
  inOrder,
  memberDetails,
  type Outcome,
} from './change-details';
import { evaluateConditions } from './conditions';
import { dependencyOrder } from './dependency-graph';
import { type Deployment, evaluatedProperties, scopeOf } from './deployment';
import { type EvaluationScope, evaluate, UNKNOWN } from './intrinsics';
import { type JsonObject, member as own, sameJson, validationError } from './json';
import { checkProperties, type PropertyProblem } from './property-validation';
import { referencesIn } from './references';
import { type PropertyChange, propertyChanges } from './replacement';
import { attributeOf } from './resource-attributes';
import {
  type ChangeDetail,
  type ChangedValue,
  type ResourceChange,
  removal,
  replacementOf,
  replacePolicyAction,
} from './resource-change';
import type { ResourceDeclaration } from './resource-declaration';
import { resourceType } from './resource-types';
import { byLogicalId, type Stack, type StackResource } from './stack';

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

class Plan implements DetailContext {
  readonly #stack: Stack;
  readonly #caller: Caller;
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
    this.#caller = caller;
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
      .map((resource) => removal(resource, this.#told(resource)));
    const changes = [...kept, ...removed].sort(byLogicalId);
    // Also evaluates the outputs, so that what cannot be evaluated is refused before it is made.
    const differsOutside = this.#differsOutsideResources();
    // A stack that failed and was not rolled back can be updated to what it has.
    const isUnfinished = /^(CREATE|UPDATE)_FAILED$/.test(this.#stack.status);
    const any = changes.length > 0 || differsOutside || isUnfinished;
    return { changes, any, problems: this.#problems };
  }

  /**
   * The properties of a removed resource as AWS tells them: what refers to another resource is
   * `{{changeSet:KNOWN_AFTER_APPLY}}` (LocalStack's test_stack_deletion_order, 01-08-2025).
   */
  #told({ logicalId, type: typeName, properties }: StackResource): JsonObject {
    const { definition } = this.#stack;
    const declaration = definition.template.resources.get(logicalId);
    const type = resourceType(typeName);
    if (declaration === undefined || type === undefined) return properties;
    const unknown = {
      reference: (id: string) => (definition.template.resources.has(id) ? UNKNOWN : undefined),
      attribute: () => UNKNOWN,
    };
    try {
      const given = [this.#stack, this.#caller] as const;
      const conditions = evaluateConditions(
        definition.template.conditions,
        scopeOf(definition, new Map(), ...given, unknown, () => UNKNOWN),
      );
      const scope = scopeOf(definition, conditions, ...given, unknown, () => UNKNOWN);
      const evaluated = evaluatedProperties(declaration, definition.tags, scope);
      return checkProperties(type, evaluated).properties;
    } catch (error) {
      if (error instanceof AwsError) return properties;
      throw error;
    }
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
    const details = inOrder([
      ...propertyChanges(type, current.properties, properties).flatMap((change) =>
        this.#propertyDetails(declaration, change, current.properties, properties),
      ),
      ...this.#attributeDetails(current, declaration),
    ]);
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
    const replacement = replacementOf(details);
    this.#outcomes.set(logicalId, replacement === 'True' ? 'new' : 'modified');
    return [
      {
        action: 'Modify',
        logicalId,
        ...(physicalId !== undefined && { physicalId }),
        type,
        replacement,
        details,
        before: current.properties,
        after,
        ...(replacement !== 'False' && { policyAction: replacePolicyAction(declaration) }),
      },
    ];
  }

  #propertyDetails(
    declaration: ResourceDeclaration,
    { name, requiresRecreation, change }: PropertyChange,
    current: JsonObject,
    properties: JsonObject,
  ): ChangeDetail[] {
    const before = this.#stack.definition.template.resources.get(declaration.logicalId);
    const member: ChangedMember & { readonly values: ChangedValue } = {
      attribute: 'Properties',
      name,
      requiresRecreation,
      declared: {
        before: before && own(before.properties, name),
        after: own(declaration.properties, name),
      },
      values: { change, before: own(current, name), after: own(properties, name) },
    };
    if (name === 'Tags' && this.#haveStackTagsChanged()) {
      const { declared, values } = member;
      const isOwn =
        !sameJson(declared.before, declared.after) || causesOf(declared.after, this).length > 0;
      const ofStack: ChangeDetail = {
        attribute: 'Tags',
        requiresRecreation,
        evaluation: 'Static',
        source: 'DirectModification',
        values,
      };
      return isOwn ? [...memberDetails(member, this), ofStack] : [ofStack];
    }
    return memberDetails(member, this);
  }

  #haveStackTagsChanged(): boolean {
    return !sameJson(this.#stack.definition.tags, this.#deployment.definition.tags);
  }

  get conditions(): ReadonlyMap<string, boolean> {
    return this.#deployment.conditions;
  }

  outcomeOf(logicalId: string): Outcome | undefined {
    return this.#outcomes.get(logicalId);
  }

  hasParameterChanged(name: string): boolean {
    const after = this.#deployment.definition.parameters.get(name);
    if (after === undefined) return false;
    return !sameJson(this.#stack.definition.parameters.get(name)?.value, after.value);
  }

  /** Changes to attributes of a declaration other than its properties. */
  #attributeDetails(current: StackResource, declaration: ResourceDeclaration): ChangeDetail[] {
    const policies = (['DeletionPolicy', 'UpdateReplacePolicy'] as const).filter((attribute) =>
      attribute === 'DeletionPolicy'
        ? current.deletionPolicy !== declaration.deletionPolicy
        : current.updateReplacePolicy !== declaration.updateReplacePolicy,
    );
    const before = this.#stack.definition.template.resources.get(declaration.logicalId);
    const declared = { before: before?.metadata, after: declaration.metadata };
    const hasMetadataChanged =
      !sameJson(declared.before, declared.after) ||
      causesOf(declared.after, this).some(({ source }) => source === 'ParameterReference');
    return [
      ...policies.map(
        (attribute): ChangeDetail => ({
          attribute,
          requiresRecreation: 'Never',
          evaluation: 'Static',
          source: 'DirectModification',
        }),
      ),
      ...(hasMetadataChanged
        ? memberDetails({ attribute: 'Metadata', requiresRecreation: 'Never', declared }, this)
        : []),
    ];
  }

  /**
   * Properties that use an attribute of a resource updated in place may change as well. Where AWS
   * looks at values it does not list them (LocalStack's test_change_set_fn_get_attr, 08-04-2025).
   */
  #dynamicDetails(
    declaration: ResourceDeclaration,
    properties: JsonObject,
    known: readonly ChangeDetail[],
  ): ChangeDetail[] {
    const type = resourceType(declaration.type);
    return Object.entries(declaration.properties).flatMap(([name, declared]): ChangeDetail[] => {
      if (known.some((detail) => detail.name === name)) return [];
      if (own(properties, name) === undefined) return [];
      const sources = referencesIn(declared, this.#deployment.conditions)
        .filter(({ kind }) => kind === 'Fn::GetAtt')
        .filter(({ target }) => this.#outcomes.get(target) === 'modified')
        .map(({ target, attribute }) => `${target}.${attribute ?? ''}`);
      const replacement = type?.properties[name]?.replacement;
      return [...new Set(sources)].map((causingEntity) => ({
        attribute: 'Properties',
        name,
        requiresRecreation: replacement === 'yes' ? 'Always' : 'Never',
        evaluation: 'Dynamic',
        source: 'ResourceAttribute',
        causingEntity,
        only: 'withoutValues',
      }));
    });
  }

  #differsOutsideResources(): boolean {
    const { definition, conditions } = this.#deployment;
    const { notificationArns } = this.#stack.definition;
    if (this.#haveStackTagsChanged()) return true;
    if (!sameJson(notificationArns, definition.notificationArns)) return true;
    const rollback = this.#stack.definition.rollbackConfiguration ?? {};
    if (!sameJson(rollback, definition.rollbackConfiguration ?? {})) return true;
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
