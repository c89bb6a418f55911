import type { ResourceHandler } from '../../core/resource-handler';
import type { Events } from '../events';
import { ruleHandler } from './rule';

/** EventBridge's CloudFormation resource types. */
export function eventsResourceHandlers(events: Events): ResourceHandler[] {
  return [ruleHandler(events)];
}
