import { AwsError } from '../core/errors';
import { runInOrder } from './dependency-graph';
import { type Deployment, exportedValue, scopeOf } from './deployment';
import { DeploymentFailures, type Verb } from './deployment-failures';
import { type EvaluationScope, evaluate } from './intrinsics';
import { type JsonObject, sameJson } from './json';
import { occupiedName, propertyChanges, replaces } from './replacement';
import { attributeOf } from './resource-attributes';
import type { ResourceDeclaration } from './resource-declaration';
import { importResource } from './resource-import';
import {
  createPhysical,
  type OperationContext,
  removePhysical,
  TemplateFailure,
  updatePhysical,
} from './resource-operations';
import { resourceProperties } from './resource-properties';
import { resourceType } from './resource-types';
import { type JournalEntry, type StackResource, setResourceStatus } from './stack';
import { refusalByPolicy, type UpdateAction } from './stack-policy';

/** The result of deploying a stack's resources. */
export interface DeploymentResult {
  readonly journal: readonly JournalEntry[];
  /** The failure reason, for the stack's event; undefined on success. */
  readonly failure?: string;
  /** The names of the imported exports of other stacks. */
  readonly imports: ReadonlySet<string>;
  readonly scope: EvaluationScope;
}

/**
 * Creates, updates and replaces the resources of a stack in the order of their dependencies,
 * independent ones concurrently. Starts no new resources after the first failure. Removed and
 * replaced resources remain until the clean-up after a successful update.
 */
export async function deployResources(
  context: OperationContext,
  deployment: Deployment,
): Promise<DeploymentResult> {
  const run = new DeploymentRun(context, deployment);
  run.refuseProtectedRemovals();
  await runInOrder(
    deployment.graph,
    (id) => run.deploy(id),
    () => run.isHalted(),
  );
  return run.result();
}

class DeploymentRun {
  readonly #context: OperationContext;
  readonly #deployment: Deployment;
  readonly #scope: EvaluationScope;
  readonly #imports = new Set<string>();
  readonly #journal: JournalEntry[] = [];
  readonly #failures: DeploymentFailures;

  constructor(context: OperationContext, deployment: Deployment) {
    this.#context = context;
    this.#deployment = deployment;
    this.#failures = new DeploymentFailures(context);
    const { stack, caller, store } = context;
    this.#scope = scopeOf(
      deployment.definition,
      deployment.conditions,
      stack,
      caller,
      {
        reference: (id) => stack.resources.get(id)?.physicalId,
        attribute: (id, name) => {
          const resource = stack.resources.get(id);
          return resource && attributeOf(resource, name);
        },
      },
      (name) => {
        this.#imports.add(name);
        return exportedValue(store, name);
      },
    );
  }

  isHalted(): boolean {
    return this.#failures.isHalted();
  }

  result(): DeploymentResult {
    const failure = this.#failures.reason();
    return {
      journal: this.#journal,
      imports: this.#imports,
      scope: this.#scope,
      ...(failure !== undefined && { failure }),
    };
  }

  /** Creates or updates one resource. Never throws. */
  async deploy(logicalId: string): Promise<boolean> {
    const { stack } = this.#context;
    const { tags } = this.#deployment.definition;
    const declaration = this.#deployment.resources.get(logicalId);
    if (declaration === undefined) return true;
    const known = stack.resources.get(logicalId);
    // An earlier process ended during its creation: it is created again under the same generation.
    if (known?.isUnfinished) await removePhysical(this.#context, known, 'Delete');
    const isThere = known?.physicalId !== undefined && !known.isUnfinished;
    const current = isThere ? known : undefined;
    const resource = current ?? this.#newResource(declaration, this.#firstGeneration(logicalId));
    const imported = this.#deployment.imports?.get(logicalId);
    const verb = current !== undefined ? 'UPDATE' : imported === undefined ? 'CREATE' : 'IMPORT';
    let properties: JsonObject | undefined;
    try {
      properties = resourceProperties(declaration, tags, this.#scope);
      if (current !== undefined) {
        await this.#change(current, declaration, properties);
      } else if (imported !== undefined) {
        const untagged = resourceProperties(declaration, [], this.#scope);
        await this.#import({ ...resource, properties: untagged }, imported, properties);
      } else {
        await this.#create({ ...resource, properties });
      }
    } catch (error) {
      this.#fail(stack.resources.get(logicalId) ?? resource, verb, error, properties);
      return false;
    }
    return !this.isHalted();
  }

  /** Resources that leave the stack, but must not by its policy, fail before anything is changed. */
  refuseProtectedRemovals(): void {
    for (const resource of this.#context.stack.resources.values()) {
      const { logicalId, physicalId } = resource;
      if (physicalId === undefined || this.#deployment.resources.has(logicalId)) continue;
      try {
        this.#assertAllowed('Update:Delete', resource);
      } catch (error) {
        this.#fail(resource, 'UPDATE', error);
      }
    }
  }

  /** @throws TemplateFailure if the stack's policy protects the resource */
  #assertAllowed(action: UpdateAction, resource: StackResource): void {
    const { policyDuringUpdate, policy } = this.#context.stack;
    const refusal = refusalByPolicy(policyDuringUpdate ?? policy, action, resource);
    if (refusal !== undefined) throw new TemplateFailure(refusal);
  }

  #firstGeneration(logicalId: string): number {
    return this.#context.store.firstGeneration(this.#context.stack.name, logicalId);
  }

  #newResource(declaration: ResourceDeclaration, generation: number): StackResource {
    return {
      logicalId: declaration.logicalId,
      type: declaration.type,
      attributes: {},
      properties: {},
      generation,
      ...this.#declared(declaration),
      status: '',
      timestamp: this.#context.now(),
    };
  }

  /** The attributes of a declaration other than its properties. */
  #declared({ logicalId, deletionPolicy, updateReplacePolicy, metadata }: ResourceDeclaration) {
    const dependencies = [...(this.#deployment.graph.get(logicalId) ?? [])];
    return {
      deletionPolicy,
      updateReplacePolicy,
      metadata: this.#evaluatedMetadata(metadata),
      dependencies,
    };
  }

  /**
   * Metadata is told with its values (LocalStack's test_no_echo_parameter, 15-08-2025). It creates no
   * dependency, so that it may refer to what is not there yet: then it stays as it is written.
   */
  #evaluatedMetadata(metadata: unknown): unknown {
    try {
      return evaluate(metadata, this.#scope);
    } catch (error) {
      if (error instanceof AwsError) return metadata;
      throw error;
    }
  }

  async #create(resource: StackResource): Promise<void> {
    const { stack, now } = this.#context;
    stack.resources.set(resource.logicalId, resource);
    this.#journal.push({ kind: 'created', resource });
    setResourceStatus(stack, resource, 'CREATE_IN_PROGRESS', now());
    await this.#failures.whileInFlight(resource, 'CREATE', () =>
      createPhysical(this.#context, resource),
    );
    if (this.#failures.wasCancelled(resource)) return;
    setResourceStatus(stack, resource, 'CREATE_IN_PROGRESS', now(), 'Resource creation Initiated');
    setResourceStatus(stack, resource, 'CREATE_COMPLETE', now());
  }

  /** @param untagged the resource without the stack's tags, which `properties` have */
  async #import(untagged: StackResource, name: string, properties: JsonObject): Promise<void> {
    this.#context.stack.resources.set(untagged.logicalId, untagged);
    this.#journal.push({ kind: 'imported', resource: untagged });
    await this.#failures.whileInFlight(untagged, 'UPDATE', () =>
      importResource(this.#context, untagged, name, properties),
    );
    if (this.#failures.wasCancelled(untagged)) return;
    setResourceStatus(this.#context.stack, untagged, 'UPDATE_COMPLETE', this.#context.now());
  }

  async #change(
    current: StackResource,
    declaration: ResourceDeclaration,
    properties: JsonObject,
  ): Promise<void> {
    const type = resourceType(current.type);
    if (type === undefined || sameJson(current.properties, properties)) {
      Object.assign(current, this.#declared(declaration));
      return;
    }
    if (!replaces(propertyChanges(type, current.properties, properties))) {
      this.#assertAllowed('Update:Modify', current);
      await this.#update(current, declaration, properties);
      return;
    }
    this.#assertAllowed('Update:Replace', current);
    const occupied = occupiedName(type, current.properties, properties);
    if (occupied !== undefined) {
      throw new TemplateFailure(
        `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${occupied} and update the stack again.`,
      );
    }
    await this.#replace(current, declaration, properties);
  }

  async #update(
    current: StackResource,
    declaration: ResourceDeclaration,
    properties: JsonObject,
  ): Promise<void> {
    const { stack, now } = this.#context;
    this.#journal.push({ kind: 'updated', resource: current, before: { ...current } });
    setResourceStatus(stack, current, 'UPDATE_IN_PROGRESS', now(), undefined, { properties });
    await this.#failures.whileInFlight(current, 'UPDATE', () =>
      updatePhysical(this.#context, current, properties),
    );
    Object.assign(current, this.#declared(declaration));
    if (this.#failures.wasCancelled(current)) return;
    setResourceStatus(stack, current, 'UPDATE_COMPLETE', now());
  }

  async #replace(
    current: StackResource,
    declaration: ResourceDeclaration,
    properties: JsonObject,
  ): Promise<void> {
    const { stack, now } = this.#context;
    const generation = Math.max(current.generation + 1, this.#firstGeneration(current.logicalId));
    const resource = { ...this.#newResource(declaration, generation), properties };
    stack.resources.set(resource.logicalId, resource);
    this.#journal.push({ kind: 'replaced', resource, before: current });
    setResourceStatus(
      stack,
      resource,
      'UPDATE_IN_PROGRESS',
      now(),
      'Requested update requires the creation of a new physical resource; hence creating one.',
      { physicalId: current.physicalId },
    );
    await this.#failures.whileInFlight(resource, 'UPDATE', () =>
      createPhysical(this.#context, resource),
    );
    if (this.#failures.wasCancelled(resource)) return;
    setResourceStatus(stack, resource, 'UPDATE_IN_PROGRESS', now(), 'Resource creation Initiated');
    setResourceStatus(stack, resource, 'UPDATE_COMPLETE', now());
  }

  #fail(resource: StackResource, verb: Verb, error: unknown, desired?: JsonObject): void {
    if (this.#failures.wasCancelled(resource)) return;
    const { stack } = this.#context;
    if (!stack.resources.has(resource.logicalId)) {
      stack.resources.set(resource.logicalId, resource);
      this.#journal.push({ kind: 'created', resource });
    } else if (!this.#journal.some((entry) => entry.resource === resource)) {
      this.#journal.push({ kind: 'unchanged', resource });
    }
    this.#failures.add(resource, verb, error, desired);
  }
}
