import { withNeeds } from '../../core/handler-needs';
import type { Stores } from '../../core/regional';
import type { ResourceHandler } from '../../core/resource-handler';
import type { CloudWatchStores } from '../store';
import { alarmHandler } from './alarm';
import { dashboardHandler } from './dashboard';
import { cloudWatchNeeds } from './needs';

/** CloudWatch's CloudFormation resource types. */
export function cloudWatchResourceHandlers(
  cloudWatch: Stores<CloudWatchStores>,
): ResourceHandler[] {
  return withNeeds([alarmHandler(cloudWatch), dashboardHandler(cloudWatch)], cloudWatchNeeds);
}
