import type { ResourceHandler } from '../../core/resource-handler';
import type { Wafv2 } from '../wafv2';
import { webAclHandler } from './web-acl';
import { webAclAssociationHandler } from './web-acl-association';

/** WAF's CloudFormation resource types. */
export function wafv2ResourceHandlers(wafv2: Wafv2): ResourceHandler[] {
  return [webAclHandler(wafv2), webAclAssociationHandler(wafv2)];
}
