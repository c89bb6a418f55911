import type { ResourceHandler } from '../../core/resource-handler';
import type { Logs } from '../logs';
import { logGroupHandler } from './log-group';

/** CloudWatch Logs' CloudFormation resource types. */
export function logsResourceHandlers(logs: Logs): ResourceHandler[] {
  return [logGroupHandler(logs)];
}
