import type { Stores } from '../../core/regional';
import type { ResourceHandler } from '../../core/resource-handler';
import type { WebAclStore } from '../store';
import { webAclHandler } from './web-acl';
import { webAclAssociationHandler } from './web-acl-association';

/** WAF's CloudFormation resource types. */
export function wafv2ResourceHandlers(wafv2: Stores<WebAclStore>): ResourceHandler[] {
  return [webAclHandler(wafv2), webAclAssociationHandler(wafv2)];
}
