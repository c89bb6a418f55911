import type { Caller } from '../core/caller';
import { AwsError } from '../core/errors';
import type { Deployment, HandlerTable } from './deployment';
import { type JsonObject, member, sameJson } from './json';
import type { ResourceChange } from './resource-change';
import { resourceContext } from './resource-operations';
import { resourceType } from './resource-types';
import type { Stack } from './stack';

/** A resource that exists under the name that a change would create another one with. */
export interface ExistingResource {
  readonly logicalId: string;
  readonly type: string;
  /** The property that is the type's primary identifier, and its value. */
  readonly property: string;
  readonly name: string;
}

/**
 * The changes that cannot be made because their names are taken. A resource that the caller may not
 * read is not found.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html
 */
export function existingResources(
  changes: readonly ResourceChange[],
  stack: Stack,
  caller: Caller,
  handlers: HandlerTable,
): ExistingResource[] {
  return changes.flatMap((change) => {
    const { logicalId, type } = change;
    const named = newName(change);
    const read = handlers.get(type)?.read;
    if (named === undefined || read === undefined) return [];
    const context = resourceContext(stack, caller, { logicalId, generation: 0 });
    const state = readable(() => read(context, named.name));
    return state === undefined ? [] : [{ logicalId, type, ...named }];
  });
}

/** The primary identifier that a change gives a new resource; undefined if AWS chooses it. */
function newName({ action, replacement, type, before = {}, after = {} }: ResourceChange) {
  const [property, ...others] = resourceType(type)?.primaryIdentifier ?? [];
  const isNew = action === 'Add' || replacement === 'True';
  if (!isNew || property === undefined || others.length > 0) return undefined;
  const name = member(after, property);
  // A replacement that keeps its name is refused with a text of its own when it is executed.
  if (typeof name !== 'string' || sameJson(member(before, property), name)) return undefined;
  return { property, name };
}

function readable<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof AwsError && /AccessDenied/.test(error.code)) return undefined;
    throw error;
  }
}

/**
 * Splits resources that exist into those that a change set with ImportExistingResources imports, and
 * those that it cannot.
 *
 * Imported is what has its name as text in the template, a DeletionPolicy that keeps it, and belongs
 * to no stack.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html
 * @param stacks all stacks of the account and region that are not deleted
 */
export function partitionByImport(
  existing: readonly ExistingResource[],
  { resources }: Pick<Deployment, 'resources'>,
  stacks: readonly Stack[],
): { imported: readonly ExistingResource[]; others: readonly ExistingResource[] } {
  const isImported = ({ logicalId, type, property, name }: ExistingResource) => {
    const declared = resources.get(logicalId);
    const properties: JsonObject = declared?.properties ?? {};
    return (
      member(properties, property) === name &&
      declared?.deletionPolicy !== 'Delete' &&
      !stacks.some((stack) => owns(stack, type, name))
    );
  };
  return {
    imported: existing.filter(isImported),
    others: existing.filter((one) => !isImported(one)),
  };
}

function owns({ resources }: Stack, type: string, name: string): boolean {
  return [...resources.values()].some(
    (resource) =>
      resource.type === type &&
      resource.physicalId === name &&
      resource.status !== 'DELETE_COMPLETE' &&
      resource.status !== 'DELETE_SKIPPED',
  );
}
