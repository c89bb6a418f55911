import { logEventOperations } from './log-events';
import { logGroupOperations } from './log-groups';
import { logStreamOperations } from './log-streams';

/** Every operation of CloudWatch Logs. */
export const OPERATIONS = {
  ...logGroupOperations,
  ...logStreamOperations,
  ...logEventOperations,
};
