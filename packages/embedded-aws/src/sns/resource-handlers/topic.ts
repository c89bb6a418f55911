import { AwsError } from '../../core/errors';
import { generatedName } from '../../core/generated-name';
import {
  listProperty,
  objectOf,
  refuseOthers,
  tagsProperty,
  textProperty,
} from '../../core/properties';
import type { Stores } from '../../core/regional';
import type { Properties, ResourceHandler } from '../../core/resource-handler';
import type { SnsStore, Topic } from '../store';

const TYPE = 'AWS::SNS::Topic';
const SUPPORTED = ['DisplayName', 'Subscription', 'Tags', 'TopicName'] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html */
export function topicHandler(sns: Stores<SnsStore>): ResourceHandler {
  return {
    type: TYPE,
    create(context, properties) {
      refuseOthers(TYPE, properties, SUPPORTED);
      const store = sns.store(context.caller);
      const name = textProperty(properties, 'TopicName') ?? generatedName(context, 256);
      if (store.topics.has(store.arnOf(name))) {
        throw new AwsError('AlreadyExists', `${store.arnOf(name)} already exists`, { status: 409 });
      }
      const displayName = textProperty(properties, 'DisplayName') ?? '';
      const topic = store.create(name, displayName, tagsProperty(properties));
      try {
        subscribe(store, topic, properties, {});
      } catch (error) {
        store.topics.delete(topic.arn);
        throw error;
      }
      return stateOf(topic);
    },
    update(context, physicalId, properties, previous) {
      refuseOthers(TYPE, properties, SUPPORTED);
      const store = sns.store(context.caller);
      const topic = store.get(physicalId);
      subscribe(store, topic, properties, previous);
      topic.displayName = textProperty(properties, 'DisplayName') ?? '';
      topic.tags.clear();
      for (const [key, value] of tagsProperty(properties)) topic.tags.set(key, value);
      return stateOf(topic);
    },
    delete(context, physicalId) {
      sns.store(context.caller).topics.delete(physicalId);
    },
  };
}

const stateOf = ({ arn, name }: Topic) => ({
  physicalId: arn,
  attributes: { TopicArn: arn, TopicName: name },
});

const endpointsOf = (properties: Properties) =>
  listProperty(properties, 'Subscription').map((item) => {
    const subscription = objectOf(item);
    return {
      protocol: textProperty(subscription, 'Protocol') ?? '',
      endpoint: textProperty(subscription, 'Endpoint') ?? '',
    };
  });

/** Subscribes what the template lists, and ends what only its previous version listed. */
function subscribe(
  store: SnsStore,
  topic: Topic,
  properties: Properties,
  previous: Properties,
): void {
  const wanted = endpointsOf(properties).map(
    ({ protocol, endpoint }) => store.subscribe(topic.arn, protocol, endpoint).arn,
  );
  for (const { protocol, endpoint } of endpointsOf(previous)) {
    const { arn } = store.subscribe(topic.arn, protocol, endpoint);
    if (!wanted.includes(arn)) store.unsubscribe(arn);
  }
}
