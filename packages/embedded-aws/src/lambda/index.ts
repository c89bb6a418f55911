import type { Scope } from '../core/caller';
import { restService } from '../core/protocol/rest';
import { Regional, type Stores } from '../core/regional';
import type { AwsService } from '../core/service';
import { constraintError } from '../core/validation';
import { withCode } from '../iam';
import type { Persistent } from '../state/persistent';
import { persistedMap, regionalMaps } from '../state/regional-maps';
import { unknownOperation, VALIDATION } from './errors';
import type { LambdaRuntime } from './invoke';
import { OPERATIONS } from './operations';
import { FunctionStore } from './store';

export { lambdaResourceHandlers } from './resource-handlers';

/** Lambda: functions, kept and run. */
export interface Lambda extends AwsService, Stores<FunctionStore> {
  /** State that survives a restart. */
  readonly state: Persistent;
}

/**
 * Lambda: functions are kept, can be read, and those in Node run when they are invoked.
 * @param runtime what running takes; without it, invoking is refused
 */
export function createLambda(runtime?: LambdaRuntime): Lambda {
  const stores = new Regional((scope) => new FunctionStore(scope));
  const service = restService(
    {
      signingName: 'lambda',
      operations: OPERATIONS,
      store: (scope) => ({ functions: stores.in(scope), runtime }),
      invalidInput: (violations) => constraintError(VALIDATION, violations),
      authorize({ caller }, action, resource) {
        try {
          caller.authorize(action, resource);
        } catch (error) {
          // Lambda answers a refusal with 403, where JSON services say 400.
          throw withCode(error, 'AccessDeniedException', 403);
        }
      },
    },
    { unknown: unknownOperation, messageMember: 'Message' },
  );
  return {
    ...service,
    store: (scope: Scope) => stores.in(scope),
    state: regionalMaps('lambda', stores, {
      functions: persistedMap({ of: ({ functions }: FunctionStore) => functions }),
    }),
  };
}
