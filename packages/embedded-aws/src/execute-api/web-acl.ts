import type { ServedStage } from '../apigateway/store';
import type { ContextVariables } from './context';
import { configurationError, GatewayError } from './gateway-error';

/** What a web ACL says of a request. */
export type FilterRequest = (webAclArn: string) => 'Allow' | 'Block';

/**
 * Puts a request through the web ACL of its stage, before anything else looks at it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html
 * @throws GatewayError 403 `Forbidden`
 */
export function filterRequest(
  { stage }: ServedStage,
  context: ContextVariables,
  filter: FilterRequest | undefined,
): void {
  if (stage.webAclArn === undefined) return;
  if (filter === undefined) {
    throw configurationError('The embedded AWS was made without the means to ask web ACLs');
  }
  const decision = filter(stage.webAclArn);
  context.webaclArn = stage.webAclArn;
  context.wafResponseCode = decision === 'Allow' ? 'WAF_ALLOW' : 'WAF_BLOCK';
  if (decision === 'Block') throw new GatewayError('WAF_FILTERED', 'Forbidden');
}
