import { partitionOf } from '../../core/caller';
import { generatedName } from '../../core/generated-name';
import {
  type About,
  changes,
  type HandlerNeeds,
  has,
  type Need,
  when,
} from '../../core/handler-needs';
import { textProperty } from '../../core/properties';

const resourceArn = ({ properties }: About) => textProperty(properties, 'ResourceArn') ?? '';
const webAclArn = ({ properties }: About) => textProperty(properties, 'WebACLArn') ?? '';
const need = (action: string, resource: string): Need => ({ action, resource });

/** The physical id is `name|id|scope`; the id of a new one is not known. */
function aclArn({ context, properties, physicalId }: About): string {
  const { accountId, region } = context.caller;
  const [name = textProperty(properties, 'Name') ?? generatedName(context, 128), id = '*'] =
    physicalId === '' ? [] : physicalId.split('|');
  return `arn:${partitionOf(region)}:wafv2:${region}:${accountId}:regional/webacl/${name}/${id}`;
}

/**
 * WAF asks for the web ACL, the protected resource, and the protected service's own permission.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html
 */
export const wafv2Needs: Readonly<Record<string, HandlerNeeds>> = {
  'AWS::WAFv2::WebACL': {
    create: (about) => [
      need('wafv2:CreateWebACL', aclArn(about)),
      ...when(has(about.properties, 'Tags'), need('wafv2:TagResource', aclArn(about))),
    ],
    read: (about) => [
      need('wafv2:GetWebACL', aclArn(about)),
      need('wafv2:ListTagsForResource', aclArn(about)),
    ],
    update: (about) => [
      need('wafv2:UpdateWebACL', aclArn(about)),
      ...when(
        changes(about, 'Tags'),
        need('wafv2:TagResource', aclArn(about)),
        need('wafv2:UntagResource', aclArn(about)),
      ),
    ],
    delete: (about) => [
      need('wafv2:GetWebACL', aclArn(about)),
      need('wafv2:DeleteWebACL', aclArn(about)),
    ],
  },
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
