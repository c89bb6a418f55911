import type { JsonObject } from './json';
import { failureReason, type OperationContext } from './resource-operations';
import { isOverdue, type StackResource, setResourceStatus } from './stack';

/** The work of a deployment on one resource. */
export type Verb = 'CREATE' | 'IMPORT' | 'UPDATE';

const WORDS = { CREATE: 'create', IMPORT: 'import', UPDATE: 'update' } as const;

const CANCELLED = {
  CREATE: 'Resource creation cancelled',
  IMPORT: 'Resource import cancelled',
  UPDATE: 'Resource update cancelled',
} as const;

/** The failures of one deployment: after the first, resources in progress count as cancelled. */
export class DeploymentFailures {
  readonly #context: OperationContext;
  readonly #inFlight = new Map<StackResource, Verb>();
  readonly #failed: { readonly logicalId: string; readonly verb: Verb }[] = [];

  constructor(context: OperationContext) {
    this.#context = context;
  }

  /** True if no further resource may be begun. */
  isHalted(): boolean {
    return this.#failed.length > 0 || this.#context.stack.cancelled || this.#isOverdue();
  }

  #isOverdue(): boolean {
    return isOverdue(this.#context.stack, this.#context.now());
  }

  /** The reason for the stack's event; undefined if nothing failed. */
  reason(): string | undefined {
    const list = (verb: Verb) => {
      const ids = this.#failed.filter((one) => one.verb === verb).map(({ logicalId }) => logicalId);
      return ids.length === 0
        ? []
        : [`The following resource(s) failed to ${WORDS[verb]}: [${ids.join(', ')}].`];
    };
    const failures = [...list('CREATE'), ...list('IMPORT'), ...list('UPDATE')];
    if (failures.length > 0) return failures.join(' ');
    if (this.#isOverdue()) return 'Stack creation time exceeded the specified timeout.';
    return this.#context.stack.cancelled ? 'Stack update cancelled' : undefined;
  }

  /** Runs work on a resource, which the failure of a sibling meanwhile cancels. */
  async whileInFlight(
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
  wasCancelled(resource: StackResource): boolean {
    return (
      resource.status.endsWith('_FAILED') &&
      this.#failed.some(({ logicalId }) => logicalId === resource.logicalId)
    );
  }

  /**
   * Records a failure. Resources in progress count as cancelled from now on.
   * @param desired the properties that the resource was to have
   */
  add(resource: StackResource, verb: Verb, error: unknown, desired?: JsonObject): void {
    const told = desired && { properties: desired };
    this.#end(resource, verb, failureReason(error), told);
    for (const [sibling, siblingVerb] of this.#inFlight) {
      if (sibling === resource || this.wasCancelled(sibling)) continue;
      this.#end(sibling, siblingVerb, CANCELLED[siblingVerb]);
    }
  }

  #end(
    resource: StackResource,
    verb: Verb,
    reason: string,
    told?: { readonly properties: JsonObject },
  ): void {
    const { stack, now } = this.#context;
    this.#failed.push({ logicalId: resource.logicalId, verb });
    setResourceStatus(stack, resource, `${verb}_FAILED`, now(), reason, told);
  }
}
