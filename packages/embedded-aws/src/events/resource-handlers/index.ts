import { withNeeds } from '../../core/handler-needs';
import type { Stores } from '../../core/regional';
import type { ResourceHandler } from '../../core/resource-handler';
import type { EventsStore } from '../store';
import { eventsNeeds } from './needs';
import { ruleHandler } from './rule';

/** EventBridge's CloudFormation resource types. */
export function eventsResourceHandlers(events: Stores<EventsStore>): ResourceHandler[] {
  return withNeeds([ruleHandler(events)], eventsNeeds);
}
