import { withNeeds } from '../../core/handler-needs';
import type { Stores } from '../../core/regional';
import type { ResourceHandler } from '../../core/resource-handler';
import type { SnsStore } from '../store';
import { snsNeeds } from './needs';
import { subscriptionHandler } from './subscription';
import { topicHandler } from './topic';
import { topicPolicyHandler } from './topic-policy';

/** SNS's CloudFormation resource types. */
export function snsResourceHandlers(sns: Stores<SnsStore>): ResourceHandler[] {
  return withNeeds(
    [topicHandler(sns), subscriptionHandler(sns), topicPolicyHandler(sns)],
    snsNeeds,
  );
}
