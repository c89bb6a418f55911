import { AwsError } from '../../core/errors';
import { textProperty } from '../../core/properties';
import type { Stores } from '../../core/regional';
import type { Properties, ResourceHandler } from '../../core/resource-handler';
import type { WebAclStore } from '../store';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-wafv2-webaclassociation.html */
export function webAclAssociationHandler(wafv2: Stores<WebAclStore>): ResourceHandler {
  return {
    type: 'AWS::WAFv2::WebACLAssociation',
    create({ caller }, properties) {
      const { resourceArn, webAclArn } = read(properties);
      const store = wafv2.store(caller);
      const { arn } = store.get(webAclArn);
      store.resource(resourceArn).protect(arn);
      return { physicalId: `${resourceArn}|${webAclArn}` };
    },
    /** Every property replaces. */
    update: (_context, physicalId) => ({ physicalId }),
    /** Keeps an association that has already replaced this one. */
    delete({ caller }, physicalId) {
      const [resourceArn = '', webAclArn] = physicalId.split('|');
      try {
        const resource = wafv2.store(caller).resource(resourceArn);
        if (resource.webAclArn === webAclArn) resource.protect(undefined);
      } catch (error) {
        if (!(error instanceof AwsError) || error.code !== 'WAFNonexistentItemException')
          throw error;
      }
    },
  };
}

const read = (properties: Properties) => ({
  resourceArn: textProperty(properties, 'ResourceArn') ?? '',
  webAclArn: textProperty(properties, 'WebACLArn') ?? '',
});
