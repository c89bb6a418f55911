import type { ResourceHandler } from '../../cloudformation/resource-handler';
import type { Stores } from '../../core/regional';
import type { EventsStore } from '../store';
import { ruleHandler } from './rule';

/** EventBridge's CloudFormation resource types. */
export function eventsResourceHandlers(events: Stores<EventsStore>): ResourceHandler[] {
  return [ruleHandler(events)];
}
