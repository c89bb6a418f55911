import { AwsError } from '../core/errors';
import { type ChangeSet, isExecuted } from './change-set';
import { validationError } from './json';
import type { Stack } from './stack';

/** Executed change sets that a stack keeps, so that a long life does not fill the memory. */
const KEPT_EXECUTED = 10;

/** The stacks of one account in one region. Deleted stacks remain, accessible by their id. */
export class StackStore {
  readonly #stacks = new Map<string, Stack>();
  readonly #changeSets = new Map<string, ChangeSet>();
  /** Number of retained resources by logical id, so that a new resource gets another seed. */
  readonly #retained = new Map<string, number>();

  add(stack: Stack): void {
    this.#stacks.set(stack.id, stack);
  }

  /** A stack by its id, or by its name unless it is deleted. */
  find(nameOrId: string): Stack | undefined {
    const byId = this.#stacks.get(nameOrId);
    if (byId !== undefined) return byId;
    return this.live().find(({ name }) => name === nameOrId);
  }

  /** @throws AwsError ValidationError, with the text that most actions use */
  get(nameOrId: string, message = `Stack with id ${nameOrId} does not exist`): Stack {
    const stack = this.find(nameOrId);
    if (stack === undefined) throw validationError(message);
    return stack;
  }

  /** A stack that is not deleted, with the error of the actions that change stacks. */
  getLive(nameOrId: string): Stack {
    const stack = this.get(nameOrId, `Stack [${nameOrId}] does not exist`);
    if (stack.status === 'DELETE_COMPLETE') {
      throw validationError(`Stack [${nameOrId}] does not exist`);
    }
    return stack;
  }

  /** All stacks, newest first. */
  all(): Stack[] {
    return [...this.#stacks.values()].reverse();
  }

  /** All stacks that are not deleted, newest first. */
  live(): Stack[] {
    return this.all().filter(({ status }) => status !== 'DELETE_COMPLETE');
  }

  addChangeSet(changeSet: ChangeSet): void {
    this.#changeSets.set(changeSet.id, changeSet);
  }

  changeSets(): Iterable<ChangeSet> {
    return this.#changeSets.values();
  }

  /** {@link firstGeneration} of each retained resource, by `{stack}/{logical id}`. */
  get retained(): Map<string, number> {
    return this.#retained;
  }

  removeChangeSet({ id }: ChangeSet): void {
    this.#changeSets.delete(id);
  }

  /**
   * The change sets of a stack that were not executed, oldest first.
   *
   * An executed one is found by its id alone, also when its stack is gone (LocalStack's
   * test_name_conflicts, 22-11-2023).
   */
  changeSetsOf(stack: Stack): ChangeSet[] {
    return this.#allOf(stack).filter((changeSet) => !isExecuted(changeSet));
  }

  /** Removes all change sets of a stack but those that were executed last. */
  removeChangeSets(stack: Stack): void {
    for (const changeSet of this.changeSetsOf(stack)) this.removeChangeSet(changeSet);
    for (const old of this.#allOf(stack).slice(0, -KEPT_EXECUTED)) this.removeChangeSet(old);
  }

  #allOf(stack: Stack): ChangeSet[] {
    return [...this.#changeSets.values()].filter((changeSet) => changeSet.stack === stack);
  }

  changeSetById(id: string | undefined): ChangeSet | undefined {
    return id === undefined ? undefined : this.#changeSets.get(id);
  }

  /** A change set by its id, or by its name within a stack. */
  findChangeSet(nameOrId: string, stackName: string | undefined): ChangeSet | undefined {
    const byId = this.#changeSets.get(nameOrId);
    if (byId !== undefined || nameOrId.startsWith('arn:')) return byId;
    if (stackName === undefined) {
      throw validationError(
        'StackName must be specified if ChangeSetName is not specified as an ARN.',
      );
    }
    const stack = this.getLive(stackName);
    return this.changeSetsOf(stack).find(({ name }) => name === nameOrId);
  }

  /** @throws AwsError ChangeSetNotFound (404) */
  getChangeSet(nameOrId: string, stackName: string | undefined): ChangeSet {
    const changeSet = this.findChangeSet(nameOrId, stackName);
    if (changeSet !== undefined) return changeSet;
    throw new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, {
      status: 404,
    });
  }

  /** All exports, with the stacks they belong to. */
  exports(): { name: string; value: string; stack: Stack }[] {
    return this.live().flatMap((stack) =>
      stack.outputs.flatMap(({ exportName, value }) =>
        exportName === undefined ? [] : [{ name: exportName, value, stack }],
      ),
    );
  }

  /** The names of the stacks that import an export. */
  importersOf(exportName: string): string[] {
    return this.live()
      .filter(({ imports }) => imports.has(exportName))
      .map(({ name }) => name);
  }

  /** The initial generation of a new resource. */
  firstGeneration(stackName: string, logicalId: string): number {
    return this.#retained.get(`${stackName}/${logicalId}`) ?? 0;
  }

  /** Records that a physical resource was retained when its stack removed it. */
  noteRetained(stackName: string, logicalId: string, generation: number): void {
    const first = Math.max(this.firstGeneration(stackName, logicalId), generation + 1);
    this.#retained.set(`${stackName}/${logicalId}`, first);
  }
}
