import { operationFor } from '../../core/protocol/operation';
import { flag, required, text } from '../../core/shapes/shape';
import { notImplemented, type SnsStore, type Subscription } from '../store';
import { page } from './page';

const operation = operationFor<SnsStore>();

export const subscriptionOperations = {
  Subscribe: operation({
    input: {
      TopicArn: required(text),
      Protocol: required(text),
      Endpoint: text,
      Attributes: { type: 'Map', key: text, value: text },
      ReturnSubscriptionArn: flag,
    },
    resource: ({ TopicArn }) => TopicArn,
    run(input, { store }) {
      const [attribute] = input.Attributes?.keys() ?? [];
      if (attribute !== undefined) throw notImplemented(`the subscription attribute ${attribute}`);
      const { arn } = store.subscribe(input.TopicArn, input.Protocol, input.Endpoint ?? '');
      return { SubscriptionArn: input.ReturnSubscriptionArn ? arn : 'pending confirmation' };
    },
  }),
  Unsubscribe: operation({
    input: { SubscriptionArn: required(text) },
    run({ SubscriptionArn }, { store }) {
      store.unsubscribe(SubscriptionArn);
      return undefined;
    },
  }),
  ListSubscriptions: operation({
    input: { NextToken: text },
    run({ NextToken: token }, { store }) {
      const all = [...store.topics.values()].flatMap((topic) => [...topic.subscriptions.values()]);
      return subscriptionPage(store, all, token);
    },
  }),
  ListSubscriptionsByTopic: operation({
    input: { TopicArn: required(text), NextToken: text },
    resource: ({ TopicArn }) => TopicArn,
    run: ({ TopicArn, NextToken: token }, { store }) =>
      subscriptionPage(store, [...store.get(TopicArn).subscriptions.values()], token),
  }),
};

function subscriptionPage(
  store: SnsStore,
  subscriptions: readonly Subscription[],
  token: string | undefined,
) {
  const { items, nextToken } = page(subscriptions, token);
  return {
    Subscriptions: items.map(({ topicArn, protocol, endpoint }) => ({
      SubscriptionArn: 'PendingConfirmation',
      TopicArn: topicArn,
      Protocol: protocol,
      Endpoint: endpoint,
      Owner: store.get(topicArn).ownerId,
    })),
    NextToken: nextToken,
  };
}
