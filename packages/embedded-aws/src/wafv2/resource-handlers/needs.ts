import type { About, HandlerNeeds, Need } from '../../core/handler-needs';
import { textProperty } from '../../core/properties';

const resourceArn = ({ properties }: About) => textProperty(properties, 'ResourceArn') ?? '';
const webAclArn = ({ properties }: About) => textProperty(properties, 'WebACLArn') ?? '';
const need = (action: string, resource: string): Need => ({ action, resource });

/**
 * WAF asks for the web ACL, the protected resource, and the protected service's own permission.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html
 */
export const wafv2Needs: Readonly<Record<string, HandlerNeeds>> = {
  'AWS::WAFv2::WebACLAssociation': {
    create: (about) => [
      need('wafv2:AssociateWebACL', webAclArn(about)),
      need('wafv2:AssociateWebACL', resourceArn(about)),
      need('apigateway:SetWebACL', resourceArn(about)),
    ],
    read: (about) => [
      need('wafv2:GetWebACLForResource', resourceArn(about)),
      need('wafv2:GetWebACL', webAclArn(about)),
    ],
    update: () => [],
    delete: (about) => [
      need('wafv2:GetWebACLForResource', resourceArn(about)),
      need('wafv2:GetWebACL', webAclArn(about)),
      need('wafv2:DisassociateWebACL', resourceArn(about)),
      need('apigateway:SetWebACL', resourceArn(about)),
    ],
  },
};
