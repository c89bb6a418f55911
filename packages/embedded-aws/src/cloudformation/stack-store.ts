import { AwsError } from '../core/errors';
import type { ChangeSet } from './change-set';
import { validationError } from './json';
import type { Stack } from './stack';

/** One account's stacks in one region. Deleted ones stay, reachable by their id. */
export class StackStore {
  readonly #stacks = new Map<string, Stack>();
  readonly #changeSets = new Map<string, ChangeSet>();
  /** How often a logical id was left behind (retained), so that a new one gets another seed. */
  readonly #retained = new Map<string, number>();

  add(stack: Stack): void {
    this.#stacks.set(stack.id, stack);
  }

  /** Takes a stack away without a trace: one that was never more than a review. */
  forget(stack: Stack): void {
    this.#stacks.delete(stack.id);
    for (const changeSet of this.changeSetsOf(stack)) this.removeChangeSet(changeSet);
  }

  /** A stack by its name (not when deleted) or by its id. */
  find(nameOrId: string): Stack | undefined {
    const byId = this.#stacks.get(nameOrId);
    if (byId !== undefined) return byId;
    return this.live().find(({ name }) => name === nameOrId);
  }

  /** @throws AwsError ValidationError in the words that most actions use */
  get(nameOrId: string, message = `Stack with id ${nameOrId} does not exist`): Stack {
    const stack = this.find(nameOrId);
    if (stack === undefined) throw validationError(message);
    return stack;
  }

  /** A stack that exists, as the actions that change one find it. */
  getLive(nameOrId: string): Stack {
    const stack = this.get(nameOrId, `Stack [${nameOrId}] does not exist`);
    if (stack.status === 'DELETE_COMPLETE') {
      throw validationError(`Stack [${nameOrId}] does not exist`);
    }
    return stack;
  }

  /** Every stack, the newest first. */
  all(): Stack[] {
    return [...this.#stacks.values()].reverse();
  }

  /** Every stack that is not deleted, the newest first. */
  live(): Stack[] {
    return this.all().filter(({ status }) => status !== 'DELETE_COMPLETE');
  }

  addChangeSet(changeSet: ChangeSet): void {
    this.#changeSets.set(changeSet.id, changeSet);
  }

  changeSets(): Iterable<ChangeSet> {
    return this.#changeSets.values();
  }

  /** {@link firstGeneration} of each resource that was left behind, by `{stack}/{logical id}`. */
  get retained(): Map<string, number> {
    return this.#retained;
  }

  removeChangeSet({ id }: ChangeSet): void {
    this.#changeSets.delete(id);
  }

  /** A stack's change sets, the oldest first. */
  changeSetsOf(stack: Stack): ChangeSet[] {
    return [...this.#changeSets.values()].filter((changeSet) => changeSet.stack === stack);
  }

  /** A change set by its id, or by its name within a stack. */
  findChangeSet(nameOrId: string, stackName: string | undefined): ChangeSet | undefined {
    const byId = this.#changeSets.get(nameOrId);
    if (byId !== undefined) return byId;
    if (stackName === undefined) {
      if (nameOrId.startsWith('arn:')) return undefined;
      throw validationError(
        'StackName must be specified if ChangeSetName is not specified as an ARN.',
      );
    }
    const stack = this.getLive(stackName);
    return this.changeSetsOf(stack).find(({ name }) => name === nameOrId);
  }

  /** @throws AwsError ChangeSetNotFound, 404 */
  getChangeSet(nameOrId: string, stackName: string | undefined): ChangeSet {
    const changeSet = this.findChangeSet(nameOrId, stackName);
    if (changeSet !== undefined) return changeSet;
    throw new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, {
      status: 404,
    });
  }

  /** Every export, with the stack that makes it. */
  exports(): { name: string; value: string; stack: Stack }[] {
    return this.live().flatMap((stack) =>
      stack.outputs.flatMap(({ exportName, value }) =>
        exportName === undefined ? [] : [{ name: exportName, value, stack }],
      ),
    );
  }

  /** The names of the stacks that use an export. */
  importersOf(exportName: string): string[] {
    return this.live()
      .filter(({ imports }) => imports.has(exportName))
      .map(({ name }) => name);
  }

  /** The generation that a resource about to be added starts with. */
  firstGeneration(stackName: string, logicalId: string): number {
    return this.#retained.get(`${stackName}/${logicalId}`) ?? 0;
  }

  /** Notes that a physical resource stays although its stack let go of it. */
  noteRetained(stackName: string, logicalId: string, generation: number): void {
    const first = Math.max(this.firstGeneration(stackName, logicalId), generation + 1);
    this.#retained.set(`${stackName}/${logicalId}`, first);
  }
}
