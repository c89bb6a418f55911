import type { Caller, Scope } from '../core/caller';
import { queryService } from '../core/protocol/query';
import { Regional, type Stores } from '../core/regional';
import type { AwsService } from '../core/service';
import type { Violation } from '../core/validation';
import { authorizeOnResource, withCode } from '../iam';
import { compilePolicy } from '../iam/policy-document';
import type { Persistent } from '../state/persistent';
import { persistedMap, regionalMaps } from '../state/regional-maps';
import { OPERATIONS } from './operations';
import { invalidParameter, SnsStore, type Topic } from './store';

export { snsResourceHandlers } from './resource-handlers';

/** SNS's topics and their subscriptions. */
export interface Sns extends AwsService, Stores<SnsStore> {
  /** State that survives a restart. */
  readonly state: Persistent;
  /**
   * Publishes a message for a caller, as other services do with a role.
   * @throws AwsError AuthorizationError, 403; NotFound, 404; InvalidParameter
   */
  publish(caller: Caller, topicArn: string, message: string): void;
}

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';

/**
 * SNS: topics, subscriptions and policies. Nothing leaves the machine: subscriptions stay
 * unconfirmed, so that a published message reaches nobody, as on AWS.
 */
export function createSns(): Sns {
  const stores = new Regional((scope) => new SnsStore(scope));
  const store = (scope: Scope) => stores.in(scope);
  const authorize = (caller: Caller, action: string, resource: string) => {
    const topic = store(caller).topics.get(resource);
    try {
      if (topic === undefined) caller.authorize(action, resource);
      else authorizeOnResource(caller, topic, action, resource);
    } catch (error) {
      throw withCode(error, 'AuthorizationError', 403);
    }
  };
  const service = queryService(
    {
      signingName: 'sns',
      operations: OPERATIONS,
      store,
      invalidInput: ([violation]) => invalidParameter(`Invalid parameter: ${memberOf(violation)}`),
      authorize: ({ caller }, action, resource) => authorize(caller, action, resource),
    },
    NAMESPACE,
  );
  return {
    ...service,
    store,
    publish(caller, topicArn, message) {
      authorize(caller, 'sns:Publish', topicArn);
      store(caller).publish(topicArn, message);
    },
    state: regionalMaps('sns', stores, {
      topics: persistedMap({
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

/** SNS names members as requests do. */
function memberOf(violation: Violation | undefined): string {
  const path = violation?.path ?? '';
  return path.charAt(0).toUpperCase() + path.slice(1);
}
