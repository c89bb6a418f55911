import { alarmOperations } from './alarms';
import { dashboardOperations } from './dashboards';
import { metricOperations } from './metrics';
import { tagOperations } from './tags';

/** Every operation of CloudWatch, the same in every protocol. */
export const OPERATIONS = {
  ...alarmOperations,
  ...dashboardOperations,
  ...metricOperations,
  ...tagOperations,
};
