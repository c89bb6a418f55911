import { withNeeds } from '../../core/handler-needs';
import type { Stores } from '../../core/regional';
import type { ResourceHandler } from '../../core/resource-handler';
import type { WebAclStore } from '../store';
import { wafv2Needs } from './needs';
import { webAclHandler } from './web-acl';
import { webAclAssociationHandler } from './web-acl-association';

/** WAF's CloudFormation resource types. */
export function wafv2ResourceHandlers(wafv2: Stores<WebAclStore>): ResourceHandler[] {
  return withNeeds([webAclHandler(wafv2), webAclAssociationHandler(wafv2)], wafv2Needs);
}
