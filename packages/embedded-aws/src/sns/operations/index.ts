import { subscriptionOperations } from './subscriptions';
import { topicOperations } from './topics';

/** Every operation of SNS. */
export const OPERATIONS = { ...topicOperations, ...subscriptionOperations };
