import {
  asWritten,
  type Persistent,
  type StateDocument,
  type StoredDocument,
} from '../state/persistent';
import type { Engine } from './engine';
import { restoreStream, type StreamSnapshot, streamSnapshot } from './streams/stream-snapshot';

/**
 * State that survives a restart: streams without their records, and the key that opens iterators.
 */
export function kinesisState(engine: Engine): Persistent {
  return {
    name: 'kinesis',
    *documents(): Iterable<StateDocument> {
      yield { key: ['sealer'], value: () => engine.sealer.secret };
      for (const account of engine.accounts.all()) {
        const { accountId, region } = account.scope;
        const key = (kind: string, ...names: string[]) => [kind, accountId, region, ...names];
        if (account.billingCommitment.startedAt !== undefined) {
          yield { key: key('billing'), value: () => account.billingCommitment };
        }
        for (const stream of account.list(engine.options.now())) {
          yield { key: key('streams', stream.name), value: () => streamSnapshot(stream) };
        }
      }
    },
    restore(documents) {
      for (const document of documents) restoreDocument(engine, document);
    },
    trim: () => trimExpired(engine),
  };
}

/** Deletes expired records, both in memory and on disk. */
function trimExpired({ accounts, options }: Engine): void {
  const now = options.now();
  for (const account of accounts.all()) {
    for (const stream of account.list(now)) stream.sweep(now);
  }
}

function restoreDocument(engine: Engine, { key, value }: StoredDocument): void {
  const [kind, accountId = '', region = ''] = key;
  if (kind === 'sealer') {
    engine.sealer.resume(asWritten(value));
    return;
  }
  const account = engine.accounts.in({ accountId, region });
  if (kind === 'billing') account.billingCommitment = asWritten(value);
  else if (kind === 'streams') restore(engine, asWritten(value), { accountId, region });
  else throw new Error(`unknown document ${key.join('/')}`);
}

function restore(
  engine: Engine,
  snapshot: StreamSnapshot,
  scope: { readonly accountId: string; readonly region: string },
): void {
  const { durability, options, accounts } = engine;
  if (durability === undefined) return;
  const { records } = durability;
  const { goneAt, records: id = '' } = snapshot;
  if (records.isRemoved(id)) return;
  // The deletion was in progress when the process ended and is complete by now.
  if (goneAt !== undefined && options.now() >= goneAt) records.discard(id);
  else accounts.in(scope).add(restoreStream(snapshot, scope, records));
}
