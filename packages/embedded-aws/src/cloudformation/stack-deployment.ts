import { AwsError } from '../core/errors';
import { runInOrder } from './dependency-graph';
import { type Deployment, exportedValue, scopeOf } from './deployment';
import { type EvaluationScope, evaluate } from './intrinsics';
import { type JsonObject, sameJson } from './json';
import { occupiedName, propertyChanges, replaces } from './replacement';
import { attributeOf } from './resource-attributes';
import { importResource } from './resource-import';
import {
  createPhysical,
  failureReason,
  type OperationContext,
  removePhysical,
  TemplateFailure,
  updatePhysical,
} from './resource-operations';
import { resourceProperties } from './resource-properties';
import { resourceType } from './resource-types';
import { isOverdue, type JournalEntry, type StackResource, setResourceStatus } from './stack';
import type { ResourceDeclaration } from './template';

/** The result of deploying a stack's resources. */
export interface DeploymentResult {
  readonly journal: readonly JournalEntry[];
  /** The failure reason, for the stack's event; undefined on success. */
  readonly failure?: string;
  /** The names of the imported exports of other stacks. */
  readonly imports: ReadonlySet<string>;
  readonly scope: EvaluationScope;
}

type Verb = 'CREATE' | 'IMPORT' | 'UPDATE';

const CANCELLED = {
  CREATE: 'Resource creation cancelled',
  IMPORT: 'Resource import cancelled',
  UPDATE: 'Resource update cancelled',
} as const;

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
  readonly #inFlight = new Map<StackResource, Verb>();
  readonly #failed: { readonly logicalId: string; readonly verb: Verb }[] = [];

  constructor(context: OperationContext, deployment: Deployment) {
    this.#context = context;
    this.#deployment = deployment;
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
    return this.#failed.length > 0 || this.#context.stack.cancelled || this.#isOverdue();
  }

  #isOverdue(): boolean {
    return isOverdue(this.#context.stack, this.#context.now());
  }

  result(): DeploymentResult {
    const failure = this.#failure();
    return {
      journal: this.#journal,
      imports: this.#imports,
      scope: this.#scope,
      ...(failure !== undefined && { failure }),
    };
  }

  #failure(): string | undefined {
    const list = (verb: Verb, word: string) => {
      const ids = this.#failed.filter((one) => one.verb === verb).map(({ logicalId }) => logicalId);
      return ids.length === 0
        ? []
        : [`The following resource(s) failed to ${word}: [${ids.join(', ')}].`];
    };
    const failures = [
      ...list('CREATE', 'create'),
      ...list('IMPORT', 'import'),
      ...list('UPDATE', 'update'),
    ];
    if (failures.length > 0) return failures.join(' ');
    if (this.#isOverdue()) return 'Stack creation time exceeded the specified timeout.';
    return this.#context.stack.cancelled ? 'Stack update cancelled' : undefined;
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
    await this.#inFlightWhile(resource, 'CREATE', () => createPhysical(this.#context, resource));
    if (this.#wasCancelled(resource)) return;
    setResourceStatus(stack, resource, 'CREATE_IN_PROGRESS', now(), 'Resource creation Initiated');
    setResourceStatus(stack, resource, 'CREATE_COMPLETE', now());
  }

  /** @param untagged the resource without the stack's tags, which `properties` have */
  async #import(untagged: StackResource, name: string, properties: JsonObject): Promise<void> {
    this.#context.stack.resources.set(untagged.logicalId, untagged);
    this.#journal.push({ kind: 'imported', resource: untagged });
    await this.#inFlightWhile(untagged, 'UPDATE', () =>
      importResource(this.#context, untagged, name, properties),
    );
    if (this.#wasCancelled(untagged)) return;
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
      await this.#update(current, declaration, properties);
      return;
    }
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
    await this.#inFlightWhile(current, 'UPDATE', () =>
      updatePhysical(this.#context, current, properties),
    );
    Object.assign(current, this.#declared(declaration));
    if (this.#wasCancelled(current)) return;
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
    await this.#inFlightWhile(resource, 'UPDATE', () => createPhysical(this.#context, resource));
    if (this.#wasCancelled(resource)) return;
    setResourceStatus(stack, resource, 'UPDATE_IN_PROGRESS', now(), 'Resource creation Initiated');
    setResourceStatus(stack, resource, 'UPDATE_COMPLETE', now());
  }

  async #inFlightWhile(
    resource: StackResource,
    verb: Verb,
    work: () => Promise<void>,
  ): Promise<void> {
    this.#inFlight.set(resource, verb);
    try {
      await work();
    } finally {
      this.#inFlight.delete(resource);
    }
  }

  /** True if the failure of a sibling has already ended this resource in the events. */
  #wasCancelled(resource: StackResource): boolean {
    return resource.status.endsWith('_FAILED');
  }

  /** Records a failure; resources in progress count as cancelled from now on. */
  #fail(resource: StackResource, verb: Verb, error: unknown, desired?: JsonObject): void {
    const { stack, now } = this.#context;
    if (
      this.#wasCancelled(resource) &&
      this.#failed.some((one) => one.logicalId === resource.logicalId)
    ) {
      return;
    }
    if (!stack.resources.has(resource.logicalId)) {
      stack.resources.set(resource.logicalId, resource);
      this.#journal.push({ kind: 'created', resource });
    }
    this.#failed.push({ logicalId: resource.logicalId, verb });
    const told = desired && { properties: desired };
    setResourceStatus(stack, resource, `${verb}_FAILED`, now(), failureReason(error), told);
    for (const [sibling, siblingVerb] of this.#inFlight) {
      if (sibling === resource || this.#wasCancelled(sibling)) continue;
      this.#failed.push({ logicalId: sibling.logicalId, verb: siblingVerb });
      setResourceStatus(stack, sibling, `${siblingVerb}_FAILED`, now(), CANCELLED[siblingVerb]);
    }
  }
}
