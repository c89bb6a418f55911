import { refuseOthers, textProperty } from '../../core/properties';
import type { Stores } from '../../core/regional';
import type { ResourceHandler } from '../../core/resource-handler';
import type { SnsStore } from '../store';

const TYPE = 'AWS::SNS::Subscription';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html */
export function subscriptionHandler(sns: Stores<SnsStore>): ResourceHandler {
  return {
    type: TYPE,
    create(context, properties) {
      refuseOthers(TYPE, properties, ['Endpoint', 'Protocol', 'TopicArn']);
      const [topicArn = '', protocol = '', endpoint = ''] = [
        'TopicArn',
        'Protocol',
        'Endpoint',
      ].map((name) => textProperty(properties, name));
      const { arn } = sns.store(context.caller).subscribe(topicArn, protocol, endpoint);
      return { physicalId: arn, attributes: { Arn: arn } };
    },
    update(_context, physicalId, properties) {
      refuseOthers(TYPE, properties, ['Endpoint', 'Protocol', 'TopicArn']);
      return { physicalId, attributes: { Arn: physicalId } };
    },
    delete(context, physicalId) {
      sns.store(context.caller).unsubscribe(physicalId);
    },
  };
}
