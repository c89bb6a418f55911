import type { Scope } from '../core/caller';
import { asWritten, type Persistent, type StateDocument } from '../state/persistent';
import type { ChangeSet } from './change-set';
import type { Deployment } from './deployment';
import { restoreCreationJournal, settleInterrupted } from './interrupted';
import type { ServiceContext } from './service-context';
import type { Stack } from './stack';
import type { StackStore } from './stack-store';

/**
 * State that survives a restart: stacks, their resources and events, and change sets. Operations in
 * progress do not; they get a final status when their stack is restored.
 */
export function cloudFormationState({
  stores,
  now,
}: Pick<ServiceContext, 'stores' | 'now'>): Persistent {
  return {
    name: 'cloudformation',
    *documents() {
      for (const [scope, store] of stores.entries()) yield* storeDocuments(scope, store);
    },
    restore(documents) {
      for (const { key, value } of documents) {
        const [kind = '', accountId = '', region = '', ...names] = key;
        restoreDocument(stores.in({ accountId, region }), kind, names, value);
      }
      for (const store of stores.all()) {
        for (const changeSet of store.changeSets()) {
          if (changeSet.executionStatus !== 'EXECUTE_IN_PROGRESS') continue;
          changeSet.executionStatus = 'EXECUTE_FAILED';
        }
        for (const stack of store.all()) {
          settleInterrupted(stack, now());
          restoreCreationJournal(stack);
        }
      }
    },
  };
}

function* storeDocuments({ accountId, region }: Scope, store: StackStore): Iterable<StateDocument> {
  const key = (kind: string, ...names: string[]) => [kind, accountId, region, ...names];
  // all() returns the newest first; they must be restored oldest first.
  for (const stack of store.all().reverse()) {
    const { id, definition } = stack;
    yield { key: key('stacks', id), value: () => writeStack(stack) };
    yield { key: key('definitions', id), stamp: definition, value: () => definition };
    for (const [logicalId, resource] of stack.resources) {
      yield { key: key('resources', id, logicalId), value: () => resource };
    }
    for (const event of stack.events) {
      yield { key: key('events', id, event.id), stamp: event, value: () => event };
    }
  }
  for (const changeSet of store.changeSets()) {
    yield { key: key('changeSets', changeSet.id), value: () => writeChangeSet(changeSet) };
  }
  if (store.retained.size > 0) yield { key: key('retained'), value: () => store.retained };
}

function writeStack(stack: Stack) {
  const { definition, resources, events, operation, cancelled, ...rest } = stack;
  // These are functions and journals that exist only in memory.
  const { interrupted, unfinishedRollback, ...about } = rest;
  return about;
}

/** A change set that refers to its stack by id and contains its definition only once. */
type WrittenChangeSet = Omit<ChangeSet, 'stack' | 'deployment'> & {
  readonly stack: string;
  readonly deployment?: Omit<Deployment, 'definition'>;
};

function writeChangeSet({ deployment, stack, ...about }: ChangeSet): WrittenChangeSet {
  if (deployment === undefined) return { ...about, stack: stack.id };
  const { definition, ...rest } = deployment;
  return { ...about, stack: stack.id, deployment: rest };
}

function restoreDocument(
  store: StackStore,
  kind: string,
  [id = '', part = '']: readonly string[],
  value: unknown,
): void {
  switch (kind) {
    case 'stacks':
      // Its definition is a separate document, which follows.
      store.add({
        ...asWritten<Stack>(value),
        resources: new Map(),
        events: [],
        cancelled: false,
      });
      return;
    case 'definitions':
      store.get(id).definition = asWritten(value);
      return;
    case 'resources':
      store.get(id).resources.set(part, asWritten(value));
      return;
    case 'events':
      store.get(id).events.push(asWritten(value));
      return;
    case 'changeSets':
      store.addChangeSet(readChangeSet(store, asWritten(value)));
      return;
    case 'retained':
      for (const [name, generation] of asWritten<StackStore['retained']>(value)) {
        store.retained.set(name, generation);
      }
      return;
    default:
      throw new Error(`unknown document ${kind}`);
  }
}

function readChangeSet(store: StackStore, written: WrittenChangeSet): ChangeSet {
  const { stack, deployment, ...about } = written;
  const { definition } = about;
  return {
    ...about,
    stack: store.get(stack),
    ...(deployment !== undefined && { deployment: { ...deployment, definition } }),
  };
}
