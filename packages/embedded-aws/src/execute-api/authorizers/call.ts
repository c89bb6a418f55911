import type { Authorizer, TextMap } from '../../apigateway/model';
import type { RegionStore } from '../../apigateway/store';
import { partitionOf } from '../../core/caller';
import type { ConditionContext } from '../../iam/condition-context';
import type { ContextVariables } from '../context';
import type { ExecutionLog } from '../execution-log';
import type { MethodRequest } from '../method-request';

/** One request as an authorizer sees it. */
export interface AuthorizerCall {
  readonly region: RegionStore;
  readonly apiId: string;
  readonly authorizer: Authorizer;
  /** The method and path that are asked for, as policies name them. */
  readonly methodArn: string;
  readonly request: MethodRequest;
  readonly context: ContextVariables;
  readonly stageVariables: TextMap;
  /** OAuth scopes of the method. */
  readonly scopes: readonly string[];
  /** Values for the conditions of the function's policy. */
  readonly policyContext: ConditionContext;
  /** The endpoint that the client uses, for functions that call back. */
  readonly endpoint: string;
  readonly log: ExecutionLog | undefined;
}

/** `arn:aws:execute-api:{region}:{account}:{api}/authorizers/{id}`, as conditions of permissions name it. */
export function authorizerArn({ region, apiId, authorizer }: AuthorizerCall): string {
  const { accountId, region: name } = region.scope;
  return `arn:${partitionOf(name)}:execute-api:${name}:${accountId}:${apiId}/authorizers/${authorizer.id}`;
}
