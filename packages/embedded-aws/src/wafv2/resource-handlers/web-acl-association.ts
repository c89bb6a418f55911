import { AwsError } from '../../core/errors';
import type { Properties, ResourceHandler } from '../../core/resource-handler';
import { requiredText } from '../input';
import { resourceNamed } from '../resources';
import type { Wafv2 } from '../wafv2';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-wafv2-webaclassociation.html */
export function webAclAssociationHandler(wafv2: Wafv2): ResourceHandler {
  return {
    type: 'AWS::WAFv2::WebACLAssociation',
    create({ caller }, properties) {
      const { resourceArn, webAclArn } = read(properties);
      const { store, scope, list } = wafv2.context(caller);
      const { arn } = store.get(webAclArn);
      resourceNamed(list, scope, resourceArn).protect(arn);
      return { physicalId: `${resourceArn}|${webAclArn}` };
    },
    /** Every property replaces. */
    update: (_context, physicalId) => ({ physicalId }),
    /** The association that replaces this one may be there already: it stays. */
    delete({ caller }, physicalId) {
      const [resourceArn = '', webAclArn] = physicalId.split('|');
      const { scope, list } = wafv2.context(caller);
      try {
        const resource = resourceNamed(list, scope, resourceArn);
        if (resource.webAclArn === webAclArn) resource.protect(undefined);
      } catch (error) {
        if (!(error instanceof AwsError) || error.code !== 'WAFNonexistentItemException')
          throw error;
      }
    },
  };
}

const read = (properties: Properties) => ({
  resourceArn: requiredText(properties, 'ResourceArn'),
  webAclArn: requiredText(properties, 'WebACLArn'),
});
