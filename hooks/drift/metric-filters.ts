import { compare } from './compare';
import { type Look, orMissing, physicalIdOf, settingsOf } from './look';
import type { Properties } from './shapes';

/** The metrics that a log's filters count. Filters that others add do not matter. */
export const lookAtMetricFilters: Look = async (site, declared) => {
  if (declared.length === 0) return [];
  const { CloudWatchLogsClient, DescribeMetricFiltersCommand } = await import(
    '@aws-sdk/client-cloudwatch-logs'
  );
  const client = site.patient('CloudWatch Logs', new CloudWatchLogsClient(settingsOf(site)));
  const looks = declared.map(async ([id, properties]) => {
    const name = physicalIdOf(site, id);
    // A filter goes with its log group, which is looked at for itself.
    const answer = await orMissing(
      client.send(
        new DescribeMetricFiltersCommand({
          logGroupName: String(properties.LogGroupName),
          filterNamePrefix: name,
        }),
      ),
    );
    const live = answer?.metricFilters?.find(({ filterName }) => filterName === name);
    const [transformation] = properties.MetricTransformations as readonly Properties[];
    const [liveTransformation] = live?.metricTransformations ?? [];
    const dimensions = (transformation?.Dimensions ?? []) as readonly Properties[];
    return compare(
      `Metric filter ${id}`,
      {
        pattern: properties.FilterPattern,
        namespace: transformation?.MetricNamespace,
        metric: transformation?.MetricName,
        value: transformation?.MetricValue,
        unit: transformation?.Unit,
        dimensions: Object.fromEntries(dimensions.map(({ Key, Value }) => [Key, Value])),
      },
      live && {
        pattern: live.filterPattern,
        namespace: liveTransformation?.metricNamespace,
        metric: liveTransformation?.metricName,
        value: liveTransformation?.metricValue,
        unit: liveTransformation?.unit,
        dimensions: liveTransformation?.dimensions,
        defaultValue: liveTransformation?.defaultValue,
      },
    );
  });
  return (await Promise.all(looks)).flat();
};
