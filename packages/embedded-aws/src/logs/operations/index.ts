import { logEventOperations } from './log-events';
import { logGroupOperations } from './log-groups';
import { logStreamOperations } from './log-streams';
import { metricFilterOperations } from './metric-filters';

/** Every operation of CloudWatch Logs. */
export const OPERATIONS = {
  ...logGroupOperations,
  ...logStreamOperations,
  ...logEventOperations,
  ...metricFilterOperations,
};
