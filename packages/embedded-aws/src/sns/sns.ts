import { randomUUID } from 'node:crypto';
import type { Scope } from '../core/caller';
import type { AwsRequest } from '../core/http';
import {
  listMember,
  type QueryAction,
  type QueryInput,
  queryHandler,
  textMember,
} from '../core/protocol/query';
import { Regional } from '../core/regional';
import type { AwsService } from '../core/service';
import type { XmlValue } from '../core/xml';
import { authorizeOnResource, withCode } from '../iam';
import { compilePolicy } from '../iam/policy-document';
import type { Persistent } from '../state/persistent';
import { keptMap, regionalMaps } from '../state/regional-maps';
import { invalidParameter, notImplemented, SnsStore, type Subscription, type Topic } from './store';

/** SNS's topics and their subscriptions. */
export interface Sns extends AwsService {
  /** What of it outlives the process. */
  readonly state: Persistent;
  store(scope: Scope): SnsStore;
}

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';

interface SnsAction {
  /** The topic that the caller's policies and its own are asked about; every one when absent. */
  topic?(input: QueryInput): string;
  run(store: SnsStore, input: QueryInput): XmlValue;
}

/**
 * SNS: topics, subscriptions and policies. Nothing leaves the machine: subscriptions stay unconfirmed,
 * so that a message published reaches nobody, as it would in AWS.
 */
export function createSns(): Sns {
  const stores = new Regional((scope) => new SnsStore(scope));
  const actions = Object.fromEntries(
    Object.entries(ACTIONS).map(([name, action]): [string, QueryAction] => [
      name,
      (input, request) => {
        const store = stores.in(request.caller);
        authorize(store, name, action, input, request);
        return action.run(store, input);
      },
    ]),
  );
  return {
    signingName: 'sns',
    handle: queryHandler('sns', NAMESPACE, actions),
    store: (scope) => stores.in(scope),
    state: regionalMaps('sns', stores, {
      topics: keptMap({
        of: ({ topics }: SnsStore) => topics,
        write: (topic: Topic) => ({ ...topic, policy: topic.policy?.document }),
        read: (topic) => ({
          ...topic,
          policy: topic.policy === undefined ? undefined : compilePolicy(topic.policy, 'resource'),
        }),
      }),
    }),
  };
}

function authorize(
  store: SnsStore,
  name: string,
  action: SnsAction,
  input: QueryInput,
  { caller }: AwsRequest,
): void {
  const arn = action.topic?.(input) ?? '*';
  const topic = store.topics.get(arn);
  try {
    if (topic === undefined) caller.authorize(`sns:${name}`, arn);
    else authorizeOnResource(caller, topic, `sns:${name}`, arn);
  } catch (error) {
    throw withCode(error, 'AuthorizationError', 403);
  }
}

const topicArn = (input: QueryInput) => required(input, 'TopicArn');

const ACTIONS: Readonly<Record<string, SnsAction>> = {
  CreateTopic: {
    run(store, input) {
      const attributes = entries(input, 'Attributes');
      const other = [...attributes.keys()].find((name) => name !== 'DisplayName');
      if (other !== undefined) throw notImplemented(`the attribute ${other}`);
      const name = required(input, 'Name');
      return { TopicArn: store.create(name, attributes.get('DisplayName') ?? '', tags(input)).arn };
    },
  },
  DeleteTopic: {
    topic: topicArn,
    run(store, input) {
      store.topics.delete(topicArn(input));
      return undefined;
    },
  },
  ListTopics: {
    run: (store, input) => {
      const { items, NextToken } = page(input, [...store.topics.keys()].sort());
      return { Topics: items.map((TopicArn) => ({ TopicArn })), NextToken };
    },
  },
  GetTopicAttributes: {
    topic: topicArn,
    run: (store, input) => ({ Attributes: attributesOf(store.get(topicArn(input))) }),
  },
  Subscribe: {
    topic: topicArn,
    run(store, input) {
      const attributes = entries(input, 'Attributes');
      const [other] = attributes.keys();
      if (other !== undefined) throw notImplemented(`the subscription attribute ${other}`);
      const endpoint = textMember(input, 'Endpoint') ?? '';
      const { arn } = store.subscribe(topicArn(input), required(input, 'Protocol'), endpoint);
      const isShown = textMember(input, 'ReturnSubscriptionArn') === 'true';
      return { SubscriptionArn: isShown ? arn : 'pending confirmation' };
    },
  },
  Unsubscribe: {
    run(store, input) {
      store.unsubscribe(required(input, 'SubscriptionArn'));
      return undefined;
    },
  },
  ListSubscriptions: {
    run(store, input) {
      const all = [...store.topics.values()].flatMap((topic) => [...topic.subscriptions.values()]);
      const { items, NextToken } = page(input, all);
      return { Subscriptions: items.map((item) => subscriptionShape(store, item)), NextToken };
    },
  },
  ListSubscriptionsByTopic: {
    topic: topicArn,
    run(store, input) {
      const { subscriptions } = store.get(topicArn(input));
      const { items, NextToken } = page(input, [...subscriptions.values()]);
      return { Subscriptions: items.map((item) => subscriptionShape(store, item)), NextToken };
    },
  },
  Publish: {
    topic: (input) => textMember(input, 'TopicArn') ?? required(input, 'TargetArn'),
    run(store, input) {
      store.get(textMember(input, 'TopicArn') ?? required(input, 'TargetArn'));
      const message = required(input, 'Message');
      if (message === '') throw invalidParameter('Invalid parameter: Empty message');
      if (Buffer.byteLength(message) > 262_144) {
        throw invalidParameter('Invalid parameter: Message too long');
      }
      return { MessageId: randomUUID() };
    },
  },
  ListTagsForResource: {
    topic: (input) => required(input, 'ResourceArn'),
    run(store, input) {
      const topic = store.get(required(input, 'ResourceArn'));
      return { Tags: [...topic.tags].map(([Key, Value]) => ({ Key, Value })) };
    },
  },
};

function attributesOf(topic: Topic): ReadonlyMap<string, string> {
  return new Map([
    ['TopicArn', topic.arn],
    ['Owner', topic.ownerId],
    ['DisplayName', topic.displayName],
    ['SubscriptionsConfirmed', '0'],
    ['SubscriptionsPending', String(topic.subscriptions.size)],
    ['SubscriptionsDeleted', '0'],
    ...(topic.policy === undefined ? [] : ([['Policy', topic.policy.document]] as const)),
  ]);
}

function subscriptionShape(store: SnsStore, { topicArn: arn, protocol, endpoint }: Subscription) {
  return {
    SubscriptionArn: 'PendingConfirmation',
    TopicArn: arn,
    Protocol: protocol,
    Endpoint: endpoint,
    Owner: store.get(arn).ownerId,
  };
}

function required(input: QueryInput, name: string): string {
  const value = textMember(input, name);
  if (value !== undefined && value !== '') return value;
  throw invalidParameter(`Invalid parameter: ${name}`);
}

function tags(input: QueryInput): Map<string, string> {
  return new Map(
    listMember(input, 'Tags').map((tag) => {
      const members = typeof tag === 'string' ? {} : tag;
      return [textMember(members, 'Key') ?? '', textMember(members, 'Value') ?? ''];
    }),
  );
}

/** `Attributes.entry.1.key=a&Attributes.entry.1.value=b` */
function entries(input: QueryInput, name: string): Map<string, string> {
  const { entry } = Object(input[name]) as { readonly entry?: QueryInput };
  return new Map(
    Object.values(entry ?? {}).map((item) => {
      const members = Object(item) as QueryInput;
      return [textMember(members, 'key') ?? '', textMember(members, 'value') ?? ''];
    }),
  );
}

const PAGE = 100;

function page<Item>(input: QueryInput, items: readonly Item[]) {
  const start = Number(textMember(input, 'NextToken') ?? 0);
  if (!Number.isInteger(start) || start < 0) throw invalidParameter('Invalid parameter: NextToken');
  const end = start + PAGE;
  return {
    items: items.slice(start, end),
    NextToken: end < items.length ? String(end) : undefined,
  };
}
