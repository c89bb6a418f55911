import type { Stores } from '../../core/regional';
import type { ResourceHandler } from '../../core/resource-handler';
import type { CloudWatchStores } from '../store';
import { alarmHandler } from './alarm';
import { dashboardHandler } from './dashboard';

/** CloudWatch's CloudFormation resource types. */
export function cloudWatchResourceHandlers(
  cloudWatch: Stores<CloudWatchStores>,
): ResourceHandler[] {
  return [alarmHandler(cloudWatch), dashboardHandler(cloudWatch)];
}
