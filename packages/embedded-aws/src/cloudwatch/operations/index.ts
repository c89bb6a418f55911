import { alarmOperations } from './alarms';
import { dashboardOperations } from './dashboards';
import { metricDataOperations } from './metric-data';
import { metricOperations } from './metrics';
import { tagOperations } from './tags';

/** Every operation of CloudWatch, the same in every protocol. */
export const OPERATIONS = {
  ...alarmOperations,
  ...dashboardOperations,
  ...metricOperations,
  ...metricDataOperations,
  ...tagOperations,
};
