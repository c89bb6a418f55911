import type { Scope } from '../core/caller';
import { jsonService } from '../core/protocol/json';
import { Regional, type Stores } from '../core/regional';
import type { AwsService } from '../core/service';
import { constraintError } from '../core/validation';
import type { Persistent } from '../state/persistent';
import { persistedMap, regionalMaps } from '../state/regional-maps';
import { OPERATIONS } from './operations';
import { EventsStore } from './store';

export { eventsResourceHandlers } from './resource-handlers';

/** EventBridge's rules. */
export interface Events extends AwsService, Stores<EventsStore> {
  /** State that survives a restart. */
  readonly state: Persistent;
}

/** EventBridge: rules are kept and can be read. No events pass: putting one is refused. */
export function createEvents(): Events {
  const stores = new Regional((scope) => new EventsStore(scope));
  const store = (scope: Scope) => stores.in(scope);
  return {
    ...jsonService({
      signingName: 'events',
      operations: OPERATIONS,
      store,
      invalidInput: (violations) => constraintError('ValidationException', violations),
    }),
    store,
    state: regionalMaps('events', stores, {
      rules: persistedMap({ of: ({ rules }: EventsStore) => rules }),
    }),
  };
}
