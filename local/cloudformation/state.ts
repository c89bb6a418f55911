import type { Scope } from '../core/caller';
import type { Persistent, StateDocument, StoredDocument } from '../state/persistent';
import type { ChangeSet } from './change-set';
import { recallCreation, settleInterrupted } from './interrupted';
import type { ServiceContext } from './service-context';
import type { Stack } from './stack';
import type { StackStore } from './stack-store';

/**
 * What of CloudFormation outlives the process: stacks, their resources and events, change sets.
 * Operations do not: what was under way comes to rest when it is restored.
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
        for (const stack of store.all()) {
          settleInterrupted(stack, now());
          recallCreation(stack);
        }
      }
    },
  };
}

function* storeDocuments({ accountId, region }: Scope, store: StackStore): Iterable<StateDocument> {
  const key = (kind: string, ...names: string[]) => [kind, accountId, region, ...names];
  // The newest comes first, and must be restored last.
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
  // What these still had to do is known to the process alone.
  const { interrupted, unfinishedRollback, ...about } = rest;
  return about;
}

function writeChangeSet({ deployment, stack, ...about }: ChangeSet) {
  if (deployment === undefined) return { ...about, stack: stack.id };
  const { definition, ...rest } = deployment;
  return { ...about, stack: stack.id, deployment: rest };
}

function restoreDocument(
  store: StackStore,
  kind: string,
  [id = '', part = '']: readonly string[],
  value: StoredDocument['value'],
): void {
  switch (kind) {
    case 'stacks':
      store.add({ ...value, resources: new Map(), events: [], cancelled: false });
      return;
    case 'definitions':
      store.get(id).definition = value;
      return;
    case 'resources':
      store.get(id).resources.set(part, value);
      return;
    case 'events':
      store.get(id).events.push(value);
      return;
    case 'changeSets':
      store.addChangeSet(readChangeSet(store, value));
      return;
    case 'retained':
      for (const [name, generation] of value) store.retained.set(name, generation);
      return;
    default:
      throw new Error(`unknown document ${kind}`);
  }
}

function readChangeSet(store: StackStore, written: StoredDocument['value']): ChangeSet {
  const { stack, deployment, definition } = written;
  return {
    ...written,
    stack: store.get(stack),
    ...(deployment !== undefined && { deployment: { ...deployment, definition } }),
  };
}
