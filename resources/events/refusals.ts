import { type Alarm, alarmResource } from '../alarms';
import { PERIOD_S } from '../client-errors';
import type { Resources } from '../cloudformation';
import { logicalIds, pascalCase } from '../logical-ids';
import {
  answered,
  type Filter,
  is,
  isNot,
  metricFilter,
  oneOf,
  PATH_DIMENSION,
} from '../metric-filters';
import { ownMetric } from '../own-metrics';
import type { DeclaredStream } from '../streams/declared';
import { type EventRoute, eventRoutes } from './routes';

// Beacons and most webhooks never come again: an event that is refused is gone. So each endpoint has
// a metric and an alarm of its own, from the access log, where the stage has that.

const REFUSED = '4*';
/** Batches of which Kinesis stored a part: no error to CloudWatch. */
const IN_PART = '207';

const OF_EVENTS = is('resourcePath', '/events/*');

/**
 * One metric for all endpoints, whose path is a dimension. A request that stores nothing, or a batch
 * in part, counts as one and any other as none, so that the average is their share.
 */
const FILTERS: Readonly<Record<string, Filter>> = {
  RefusedEvents: {
    metric: 'RefusedEvents',
    where: [OF_EVENTS, oneOf(answered(REFUSED), answered(IN_PART))],
    value: 1,
    byPath: true,
  },
  OtherEvents: {
    metric: 'RefusedEvents',
    where: [
      OF_EVENTS,
      ...[REFUSED, IN_PART].flatMap((status) => [
        isNot('status', status),
        isNot('statusOverride', status),
      ]),
    ],
    value: 0,
    byPath: true,
  },
};

/** The metric filters, if there are event endpoints. */
export const eventMetricFilters = (routes: readonly EventRoute[]): Resources =>
  routes.length === 0
    ? {}
    : Object.fromEntries(
        Object.entries(FILTERS).map(([name, filter]) => [
          logicalIds.metricFilter(name),
          metricFilter(filter),
        ]),
      );

const alarmName = ({ path }: EventRoute) => `${pascalCase(path)}Refused`;

function refused({ method, path, kind }: EventRoute): Alarm {
  const inPart = kind === 'batch' ? ' (4XX), or stored in part (207)' : ' (4XX)';
  const metric = ownMetric('RefusedEvents');
  return {
    description: `More than 1 % of the requests to ${method} ${path} are refused${inPart}: events are lost unless they are sent again`,
    metric: {
      ...metric,
      Dimensions: [...metric.Dimensions, { Name: PATH_DIMENSION, Value: path }],
      Statistic: 'Average',
    },
    threshold: 0.01,
    period: PERIOD_S,
    periods: [2, 3],
    condition: 'LogsAccess',
  };
}

/** The alarm of each event endpoint. */
export const eventAlarms = (routes: readonly EventRoute[]): Resources =>
  Object.fromEntries(
    routes.map((route) => [logicalIds.alarm(alarmName(route)), alarmResource(refused(route))]),
  );

/** The names of these alarms, each with the condition that it is there on. */
export const eventAlarmNames = (declared: readonly DeclaredStream[]) =>
  Object.fromEntries(
    eventRoutes(declared).map((route) => [alarmName(route), 'LogsAccess' as const]),
  );
