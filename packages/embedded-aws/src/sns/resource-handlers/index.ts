import type { ResourceHandler } from '../../core/resource-handler';
import type { Sns } from '../sns';
import { subscriptionHandler } from './subscription';
import { topicHandler } from './topic';
import { topicPolicyHandler } from './topic-policy';

/** SNS's CloudFormation resource types. */
export function snsResourceHandlers(sns: Sns): ResourceHandler[] {
  return [topicHandler(sns), subscriptionHandler(sns), topicPolicyHandler(sns)];
}
