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

export { policyAllowsInvoke } from './function-policy';
export { lambdaResourceHandlers } from './resource-handlers';

/** The Lambda service. */
export interface Lambda extends AwsService, Stores<FunctionStore> {
  /** State that survives a restart. */
  readonly state: Persistent;
}

/**
 * Lambda: stores functions, and runs those for Node when they are invoked.
 * @param runtime the dependencies of running functions; without them, invocations are rejected
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
          // Lambda denies access with 403, unlike JSON services with 400.
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
