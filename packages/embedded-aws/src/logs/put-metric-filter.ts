import { AwsError, notImplemented } from '../core/errors';
import { violationsOf } from '../core/shapes/constraints';
import { type MembersOf, structure } from '../core/shapes/shape';
import { constraintError } from '../core/validation';
import { INVALID_PARAMETER, invalidParameter } from './errors';
import type { LogGroup } from './log-group';
import { metricFilterSettings } from './members';
import { MetricFilter } from './metric-filter';
import { QUOTAS } from './quotas';

export type MetricFilterSettings = Omit<MembersOf<typeof metricFilterSettings>, 'filterName'>;

const { metricFilters: MOST_FILTERS, dimensions: MOST_DIMENSIONS } = QUOTAS;

/**
 * Creates a metric filter, or replaces the one that has the name.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
 * @throws AwsError InvalidParameterException, LimitExceededException, NotImplemented
 */
export function putMetricFilter(
  { metricFilters }: LogGroup,
  name: string,
  settings: MetricFilterSettings,
): void {
  const violations = violationsOf(structure(metricFilterSettings), {
    ...settings,
    filterName: name,
  });
  if (violations.length > 0) throw constraintError(INVALID_PARAMETER, violations);
  const { filterPattern: pattern, metricTransformations } = settings;
  const [given] = metricTransformations;
  if (given === undefined) return;
  const { defaultValue, dimensions, ...transformation } = given;
  if (dimensions !== undefined && dimensions.size > 0 && defaultValue !== undefined) {
    throw invalidParameter(
      'Invalid metric transformation: dimensions and default value are mutually exclusive properties.',
    );
  }
  if (defaultValue !== undefined) throw notImplemented('logs', 'defaultValue of a metric filter');
  if (dimensions !== undefined && dimensions.size > MOST_DIMENSIONS) {
    throw invalidParameter(`A metric filter can have at most ${MOST_DIMENSIONS} dimensions.`);
  }
  if (!metricFilters.has(name) && metricFilters.size >= MOST_FILTERS) {
    throw new AwsError('LimitExceededException', 'Resource limit exceeded.');
  }
  const filter = new MetricFilter({
    name,
    pattern,
    transformation: { ...transformation, ...(dimensions && { dimensions }) },
    created: metricFilters.get(name)?.written.created ?? Date.now(),
  });
  metricFilters.set(name, filter);
}
