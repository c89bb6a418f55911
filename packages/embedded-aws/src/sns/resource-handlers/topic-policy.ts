import type { Scope } from '../../core/caller';
import { generatedName } from '../../core/generated-name';
import { listProperty } from '../../core/properties';
import type { Stores } from '../../core/regional';
import type { Properties, ResourceHandler } from '../../core/resource-handler';
import type { SnsStore } from '../store';

const topicsOf = (properties: Properties): string[] =>
  listProperty(properties, 'Topics').map(String);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html */
export function topicPolicyHandler(sns: Stores<SnsStore>): ResourceHandler {
  const put: ResourceHandler['update'] = ({ caller }, physicalId, properties, previous) => {
    const store = sns.store(caller);
    const topics = topicsOf(properties).map((arn) => store.get(arn));
    for (const topic of topics) store.setPolicy(topic, properties.PolicyDocument);
    const kept = new Set(topicsOf(properties));
    clear(
      sns,
      caller,
      topicsOf(previous).filter((arn) => !kept.has(arn)),
    );
    return { physicalId, attributes: { Id: physicalId } };
  };
  return {
    type: 'AWS::SNS::TopicPolicy',
    create: (context, properties) => put(context, generatedName(context, 100), properties, {}),
    update: put,
    delete({ caller }, _physicalId, properties) {
      clear(sns, caller, topicsOf(properties));
    },
  };
}

function clear(sns: Stores<SnsStore>, scope: Scope, arns: readonly string[]): void {
  for (const arn of arns) {
    const topic = sns.store(scope).topics.get(arn);
    if (topic !== undefined) topic.policy = undefined;
  }
}
