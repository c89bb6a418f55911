import type { Scope } from '../core/caller';
import type { HttpRequest } from '../core/http';
import { jsonService } from '../core/protocol/json';
import { Regional, type Stores } from '../core/regional';
import type { AwsService } from '../core/service';
import { constraintError } from '../core/validation';
import type { Persistent } from '../state/persistent';
import { persistedMap, regionalMaps } from '../state/regional-maps';
import { decide } from './decide';
import { VALIDATION } from './errors';
import { OPERATIONS } from './operations';
import type { ListResources } from './resources';
import type { DefaultAction } from './settings';
import { WebAclStore } from './store';

export { wafv2ResourceHandlers } from './resource-handlers';
export type { ListResources, ProtectedResource } from './resources';
export type { DefaultAction } from './settings';

/** WAF's web ACLs, and their decisions on requests. */
export interface Wafv2 extends AwsService, Stores<WebAclStore> {
  /** State that survives a restart. */
  readonly state: Persistent;
  /**
   * A web ACL's decision on a request: that of the first rule that allows or blocks it, else the
   * default action.
   * @param webAclArn of a web ACL that protects something, and so exists
   * @param request with the path that the client asked for
   */
  decide(webAclArn: string, request: HttpRequest): DefaultAction;
}

const ARN = /^arn:[^:]+:wafv2:([^:]+):([^:]+):/;

/**
 * WAFv2: web ACLs in front of API Gateway's stages.
 * @param list the resources of an account that web ACLs can protect
 */
export function createWafv2(list: ListResources): Wafv2 {
  const stores = new Regional((scope) => new WebAclStore(scope, list));
  const store = (scope: Scope) => stores.in(scope);
  return {
    ...jsonService({
      signingName: 'wafv2',
      operations: OPERATIONS,
      store,
      invalidInput: (violations) => constraintError(VALIDATION, violations),
    }),
    store,
    state: regionalMaps('wafv2', stores, {
      webAcls: persistedMap({ of: ({ webAcls }: WebAclStore) => webAcls }),
    }),
    decide(webAclArn, request) {
      const [, region = '', accountId = ''] = ARN.exec(webAclArn) ?? [];
      return decide(stores.in({ accountId, region }), webAclArn, request);
    },
  };
}
