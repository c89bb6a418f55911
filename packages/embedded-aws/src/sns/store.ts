import { randomUUID } from 'node:crypto';
import { partitionOf, type Scope } from '../core/caller';
import { AwsError, unsupported } from '../core/errors';
import { type CompiledPolicy, compilePolicy } from '../iam/policy-document';

/** A subscription whose endpoint has yet to confirm it, which nothing here ever does. */
export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
}

export interface Topic {
  readonly name: string;
  readonly arn: string;
  readonly ownerId: string;
  readonly tags: Map<string, string>;
  displayName: string;
  policy: CompiledPolicy | undefined;
  readonly subscriptions: Map<string, Subscription>;
}

/** Protocols whose endpoints must confirm before anything is delivered. */
const CONFIRMED_PROTOCOLS = ['email', 'email-json', 'http', 'https'] as const;

const MAX_MESSAGE_BYTES = 262_144;

const ARN_ELEMENTS = 6;

const NAME = /^[A-Za-z0-9_-]{1,256}$/;

export const invalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameter', message);

/** The topics of one account in one region. */
export class SnsStore {
  readonly topics = new Map<string, Topic>();
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  arnOf(name: string): string {
    const { accountId, region } = this.#scope;
    return `arn:${partitionOf(region)}:sns:${region}:${accountId}:${name}`;
  }

  /** Makes a topic, or gives the one that has the name. @throws AwsError InvalidParameter */
  create(name: string, displayName: string, tags?: ReadonlyMap<string, string>): Topic {
    if (name.endsWith('.fifo')) throw notImplemented('FIFO topics');
    if (!NAME.test(name)) throw invalidParameter('Invalid parameter: Topic Name');
    const arn = this.arnOf(name);
    const known = this.topics.get(arn);
    if (known !== undefined) {
      if (hasOtherTags(known, tags)) {
        throw invalidParameter(
          'Invalid parameter: Tags Reason: Topic already exists with different tags',
        );
      }
      return known;
    }
    const topic: Topic = {
      name,
      arn,
      ownerId: this.#scope.accountId,
      tags: new Map(tags),
      displayName,
      policy: undefined,
      subscriptions: new Map(),
    };
    this.topics.set(arn, topic);
    return topic;
  }

  /** @throws AwsError NotFound, 404; InvalidParameter */
  get(arn: string): Topic {
    const elements = arn.split(':').length;
    if (elements < ARN_ELEMENTS) {
      throw invalidParameter(
        `Invalid parameter: TopicArn Reason: An ARN must have at least ${ARN_ELEMENTS} elements, not ${elements}`,
      );
    }
    const topic = this.topics.get(arn);
    if (topic === undefined)
      throw new AwsError('NotFound', 'Topic does not exist', { status: 404 });
    return topic;
  }

  /**
   * @throws AwsError NotFound; NotImplemented for protocols whose endpoints need not confirm:
   *   messages would have to arrive
   */
  subscribe(topicArn: string, protocol: string, endpoint: string): Subscription {
    const topic = this.get(topicArn);
    if (!CONFIRMED_PROTOCOLS.some((known) => known === protocol)) {
      throw notImplemented(`subscriptions with the protocol ${protocol}`);
    }
    if (!fits(protocol, endpoint)) throw invalidParameter(`Invalid parameter: ${endpoint}`);
    const known = [...topic.subscriptions.values()].find(
      (subscription) => subscription.protocol === protocol && subscription.endpoint === endpoint,
    );
    if (known !== undefined) return known;
    const arn = `${topicArn}:${randomUUID()}`;
    const subscription = { arn, topicArn, protocol, endpoint };
    topic.subscriptions.set(arn, subscription);
    return subscription;
  }

  unsubscribe(arn: string): void {
    this.topics.get(arn.split(':').slice(0, 6).join(':'))?.subscriptions.delete(arn);
  }

  /**
   * Publishes a message, which reaches nobody: no subscription is ever confirmed.
   * @returns its id
   * @throws AwsError NotFound, 404; InvalidParameter
   */
  publish(topicArn: string, message: string): string {
    this.get(topicArn);
    if (message === '') throw invalidParameter('Invalid parameter: Empty message');
    if (Buffer.byteLength(message) > MAX_MESSAGE_BYTES) {
      throw invalidParameter('Invalid parameter: Message too long');
    }
    return randomUUID();
  }

  setPolicy(topic: Topic, document: unknown): void {
    topic.policy = compilePolicy(document, 'resource');
  }
}

/** True if the tags of a request are not those of the topic that it names: localstack/localstack#2405. */
function hasOtherTags({ tags }: Topic, given: ReadonlyMap<string, string> = new Map()): boolean {
  return [...given].some(([key, value]) => tags.get(key) !== value);
}

export const notImplemented = (what: string): AwsError => unsupported(`${what} of SNS`);

function fits(protocol: string, endpoint: string): boolean {
  return protocol.startsWith('email')
    ? /^[^@\s]+@[^@\s]+$/.test(endpoint)
    : endpoint.startsWith(`${protocol}://`);
}
