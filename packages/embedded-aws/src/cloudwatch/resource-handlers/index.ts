import type { ResourceHandler } from '../../core/resource-handler';
import type { CloudWatch } from '../cloudwatch';
import { alarmHandler } from './alarm';
import { dashboardHandler } from './dashboard';

/** CloudWatch's CloudFormation resource types. */
export function cloudWatchResourceHandlers(cloudWatch: CloudWatch): ResourceHandler[] {
  return [alarmHandler(cloudWatch), dashboardHandler(cloudWatch)];
}
