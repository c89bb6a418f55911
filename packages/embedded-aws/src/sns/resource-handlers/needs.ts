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
import { listProperty, textProperty } from '../../core/properties';

const on =
  (resource: string) =>
  (action: string): Need => ({ action: `sns:${action}`, resource });

function topic({ context, properties, physicalId }: About): (action: string) => Need {
  const { accountId, region } = context.caller;
  const name = textProperty(properties, 'TopicName') ?? generatedName(context, 256);
  return on(physicalId || `arn:${partitionOf(region)}:sns:${region}:${accountId}:${name}`);
}

/** The topic that a subscription is to; its own ARN begins with it. */
const subscribedTo = ({ properties }: About) => on(textProperty(properties, 'TopicArn') ?? '');

const onTopics = ({ properties }: About, action: string): Need[] =>
  listProperty(properties, 'Topics').map((arn) => on(String(arn))(action));

export const snsNeeds: Readonly<Record<string, HandlerNeeds>> = {
  'AWS::SNS::Topic': {
    create: (about) => [
      topic(about)('CreateTopic'),
      ...when(has(about.properties, 'Subscription'), topic(about)('Subscribe')),
      ...when(has(about.properties, 'Tags'), topic(about)('TagResource')),
    ],
    read: (about) => [topic(about)('GetTopicAttributes')],
    update: (about) => [
      ...when(changes(about, 'DisplayName'), topic(about)('SetTopicAttributes')),
      ...when(changes(about, 'Subscription'), ...['Subscribe', 'Unsubscribe'].map(topic(about))),
      ...when(changes(about, 'Tags'), ...['TagResource', 'UntagResource'].map(topic(about))),
    ],
    delete: (about) => [topic(about)('GetTopicAttributes'), topic(about)('DeleteTopic')],
  },
  'AWS::SNS::Subscription': {
    create: (about) => [subscribedTo(about)('Subscribe')],
    read: () => [],
    update: () => [],
    delete: (about) => [subscribedTo(about)('Unsubscribe')],
  },
  'AWS::SNS::TopicPolicy': {
    create: (about) => onTopics(about, 'SetTopicAttributes'),
    read: () => [],
    update: (about) => onTopics(about, 'SetTopicAttributes'),
    delete: (about) => onTopics(about, 'SetTopicAttributes'),
  },
};
