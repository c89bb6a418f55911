import type { StageDependencies } from './dependencies';
import type { Exchange } from './exchange';
import { configurationError, GatewayError } from './gateway-error';

/**
 * Puts a request through the web ACL of its stage, before anything else looks at it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html
 * @throws GatewayError 403 `Forbidden`
 */
export function askWebAcl(
  { served: { stage }, context, http }: Exchange,
  { filterRequest }: StageDependencies,
): void {
  if (stage.webAclArn === undefined) return;
  if (filterRequest === undefined) {
    throw configurationError('The embedded API Gateway is not configured to evaluate web ACLs');
  }
  const decision = filterRequest(stage.webAclArn, { ...http, path: context.path });
  context.webaclArn = stage.webAclArn;
  context.wafResponseCode = decision === 'Allow' ? 'WAF_ALLOW' : 'WAF_BLOCK';
  if (decision === 'Block') throw new GatewayError('WAF_FILTERED', 'Forbidden');
}
