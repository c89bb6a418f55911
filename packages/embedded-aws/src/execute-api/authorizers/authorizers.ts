import { AuthorizerCache } from './cache';
import { FUNCTION_TIMEOUT, type FunctionCallDependencies } from './function-call';
import { UserPools, type UserPoolsOptions } from './user-pools';

export interface AuthorizersOptions
  extends UserPoolsOptions,
    Omit<FunctionCallDependencies, 'functionTimeout'> {
  /** Milliseconds that functions have, in place of AWS's ten seconds. */
  readonly functionTimeout?: number | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The dependencies of authorizers. */
export interface Authorizers extends FunctionCallDependencies {
  readonly cache: AuthorizerCache;
  readonly userPools: UserPools;
  readonly now: () => number;
}

/** @throws OptionError for what is no user pool */
export function createAuthorizers(options: AuthorizersOptions): Authorizers {
  const { invokeService, assumeRole, functionAllows, now, functionTimeout } = options;
  return {
    invokeService,
    assumeRole,
    functionAllows,
    functionTimeout: functionTimeout ?? FUNCTION_TIMEOUT,
    now,
    cache: new AuthorizerCache(now),
    userPools: new UserPools(options),
  };
}
