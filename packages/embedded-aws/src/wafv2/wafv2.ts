import type { Scope } from '../core/caller';
import { notImplemented, toAwsError } from '../core/errors';
import type { AwsRequest } from '../core/http';
import { jsonAnswer, jsonError, targetAction } from '../core/protocol/json';
import { Regional } from '../core/regional';
import type { AwsService } from '../core/service';
import type { Persistent } from '../state/persistent';
import { keptMap, regionalMaps } from '../state/regional-maps';
import { parseInput } from './input';
import { type ActionContext, associationActions, webAclActions } from './operations/web-acls';
import type { ListResources } from './resources';
import type { DefaultAction } from './settings';
import { WebAclStore } from './store';

/** WAF's web ACLs, and what they say of requests. */
export interface Wafv2 extends AwsService {
  /** What of it outlives the process. */
  readonly state: Persistent;
  /** What an account has in one region; resource handlers work on it. */
  context(scope: Scope): ActionContext;
  /**
   * What a web ACL says of a request: its default action, as there are no rules.
   * @param webAclArn of a web ACL that protects something, and so is there
   */
  decide(webAclArn: string): DefaultAction;
}

const ACTIONS = { ...webAclActions, ...associationActions };
const ARN = /^arn:[^:]+:wafv2:([^:]+):([^:]+):/;

/**
 * WAFv2: web ACLs without rules in front of API Gateway's stages.
 * @param list what there is to protect
 */
export function createWafv2(list: ListResources): Wafv2 {
  const stores = new Regional((scope) => new WebAclStore(scope));
  const context = (scope: Scope): ActionContext => ({ store: stores.in(scope), scope, list });
  return {
    signingName: 'wafv2',
    state: regionalMaps('wafv2', stores, {
      webAcls: keptMap({ of: ({ webAcls }: WebAclStore) => webAcls }),
    }),
    context,
    decide(webAclArn) {
      const [, region = '', accountId = ''] = ARN.exec(webAclArn) ?? [];
      return stores.in({ accountId, region }).get(webAclArn).settings.defaultAction;
    },
    async handle(request) {
      try {
        return jsonAnswer(request.requestId, run(context(request.caller), request));
      } catch (thrown) {
        return jsonError(request.requestId, toAwsError(thrown));
      }
    },
  };
}

function run(context: ActionContext, request: AwsRequest): unknown {
  const name = targetAction(request) ?? '';
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) throw notImplemented('wafv2', name);
  const input = parseInput(request.body);
  for (const [permission, arn] of action.asks(input, context)) {
    request.caller.authorize(permission, arn);
  }
  return action.run(input, context);
}
