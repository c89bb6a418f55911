import type { Stores } from '../../core/regional';
import type { ResourceHandler } from '../../core/resource-handler';
import type { EventsStore } from '../store';
import { ruleHandler } from './rule';

/** EventBridge's CloudFormation resource types. */
export function eventsResourceHandlers(events: Stores<EventsStore>): ResourceHandler[] {
  return [ruleHandler(events)];
}
