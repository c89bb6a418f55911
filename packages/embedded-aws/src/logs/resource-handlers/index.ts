import { withNeeds } from '../../core/handler-needs';
import type { Stores } from '../../core/regional';
import type { ResourceHandler } from '../../core/resource-handler';
import type { LogStore } from '../store';
import { logGroupHandler } from './log-group';
import { metricFilterHandler } from './metric-filter';
import { logsNeeds } from './needs';

/** CloudWatch Logs' CloudFormation resource types. */
export function logsResourceHandlers(logs: Stores<LogStore>): ResourceHandler[] {
  return withNeeds([logGroupHandler(logs), metricFilterHandler(logs)], logsNeeds);
}
