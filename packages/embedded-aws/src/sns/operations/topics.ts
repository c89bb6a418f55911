import { operationFor } from '../../core/protocol/operation';
import { required, text } from '../../core/shapes/shape';
import { RESERVED_TAG, type TagRules, tagAnswer, tagList, tagMap } from '../../core/tags';
import { invalidParameter, notImplemented, type SnsStore, type Topic } from '../store';
import { page } from './page';

const operation = operationFor<SnsStore>();

const attributes = { type: 'Map', key: text, value: text } as const;
/** That for duplicates is recorded (L, test_tags, 24-08-2023); SNS's own text for reserved keys is not. */
const TAG_RULES: TagRules = {
  refusals: {
    duplicate: () => invalidParameter('Invalid parameter: Duplicated keys are not allowed.'),
    reserved: () => invalidParameter(`Invalid parameter: ${RESERVED_TAG}`),
  },
};

const onTopic = { TopicArn: required(text) } as const;

interface PublishTarget {
  readonly TopicArn?: string;
  readonly TargetArn?: string;
}

/** @throws AwsError InvalidParameter when a message has no target */
function targetOf({ TopicArn, TargetArn }: PublishTarget): string {
  const arn = TopicArn ?? TargetArn;
  if (arn === undefined) throw invalidParameter('Invalid parameter: TargetArn');
  return arn;
}

/** https://docs.aws.amazon.com/sns/latest/api/API_Operations.html */
export const topicOperations = {
  CreateTopic: operation({
    input: { Name: required(text), Attributes: attributes, Tags: tagList },
    run({ Name, Attributes: given = new Map(), Tags }, { store }) {
      const other = [...given.keys()].find((name) => name !== 'DisplayName');
      if (other !== undefined) throw notImplemented(`the attribute ${other}`);
      const { arn } = store.create(Name, given.get('DisplayName') ?? '', tagMap(Tags, TAG_RULES));
      return { TopicArn: arn };
    },
  }),
  DeleteTopic: operation({
    input: onTopic,
    resource: ({ TopicArn }) => TopicArn,
    run({ TopicArn }, { store }) {
      store.topics.delete(TopicArn);
      return undefined;
    },
  }),
  ListTopics: operation({
    input: { NextToken: text },
    run({ NextToken: token }, { store }) {
      const { items, nextToken } = page([...store.topics.keys()].sort(), token);
      return { Topics: items.map((TopicArn) => ({ TopicArn })), NextToken: nextToken };
    },
  }),
  GetTopicAttributes: operation({
    input: onTopic,
    resource: ({ TopicArn }) => TopicArn,
    run: ({ TopicArn }, { store }) => ({ Attributes: attributesOf(store.get(TopicArn)) }),
  }),
  Publish: operation({
    input: { TopicArn: text, TargetArn: text, Message: required(text) },
    resource: targetOf,
    run: (input, { store }) => ({ MessageId: store.publish(targetOf(input), input.Message) }),
  }),
  ListTagsForResource: operation({
    input: { ResourceArn: required(text) },
    resource: ({ ResourceArn }) => ResourceArn,
    run: ({ ResourceArn }, { store }) => ({ Tags: tagAnswer(store.get(ResourceArn).tags) }),
  }),
};

function attributesOf(topic: Topic): ReadonlyMap<string, string> {
  return new Map([
    ['TopicArn', topic.arn],
    ['Owner', topic.ownerId],
    ['DisplayName', topic.displayName],
    ['SubscriptionsConfirmed', '0'],
    ['SubscriptionsPending', String(topic.subscriptions.size)],
    ['SubscriptionsDeleted', '0'],
    ['Policy', topic.policy?.document ?? defaultPolicy(topic)],
    ['EffectiveDeliveryPolicy', DELIVERY_POLICY],
  ]);
}

/** The policy of a topic that was given none, as SNS tells it (L, 29-09-2025). */
function defaultPolicy({ arn, ownerId }: Topic): string {
  const actions = [
    ...['GetTopicAttributes', 'SetTopicAttributes', 'AddPermission', 'RemovePermission'],
    ...['DeleteTopic', 'Subscribe', 'ListSubscriptionsByTopic', 'Publish'],
  ];
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: actions.map((action) => `SNS:${action}`),
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': ownerId } },
      },
    ],
  });
}

/** How SNS delivers to HTTP endpoints, unless a topic says otherwise (L, 29-09-2025). */
const DELIVERY_POLICY = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});
