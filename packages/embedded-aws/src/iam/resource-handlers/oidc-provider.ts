import { listProperty, refuseOthers, tagsProperty, textProperty } from '../../core/properties';
import type { Properties, ResourceHandler } from '../../core/resource-handler';
import type { Accounts } from '../account';

const TYPE = 'AWS::IAM::OIDCProvider';
const SUPPORTED = ['ClientIdList', 'Tags', 'ThumbprintList', 'Url'] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-oidcprovider.html */
export function oidcProviderHandler(iam: Accounts): ResourceHandler {
  return {
    type: TYPE,
    create(context, properties) {
      refuseOthers(TYPE, properties, SUPPORTED);
      const { arn } = iam.account(context.caller).oidcProviders.create(settingsOf(properties));
      return { physicalId: arn, attributes: { Arn: arn } };
    },
    update(context, physicalId, properties) {
      refuseOthers(TYPE, properties, SUPPORTED);
      const { oidcProviders } = iam.account(context.caller);
      const { clientIds, thumbprints, tags } = settingsOf(properties);
      oidcProviders.restore({ ...oidcProviders.get(physicalId), clientIds, thumbprints, tags });
      return { physicalId, attributes: { Arn: physicalId } };
    },
    delete(context, physicalId) {
      const { oidcProviders } = iam.account(context.caller);
      if (oidcProviders.has(physicalId)) oidcProviders.delete(physicalId);
    },
  };
}

const settingsOf = (properties: Properties) => ({
  url: textProperty(properties, 'Url') ?? '',
  clientIds: listProperty(properties, 'ClientIdList').map(String),
  thumbprints: listProperty(properties, 'ThumbprintList').map(String),
  tags: tagsProperty(properties),
});
