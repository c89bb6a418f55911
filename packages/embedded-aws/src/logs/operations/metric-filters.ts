import { operationFor } from '../../core/protocol/operation';
import { required, text } from '../../core/shapes/shape';
import { noMetricFilter } from '../errors';
import type { LogGroup } from '../log-group';
import {
  filterName,
  groupArn,
  LARGEST_LIST,
  logGroupName,
  metricFilterSettings,
  named,
  page,
  paged,
} from '../members';
import type { MetricFilter } from '../metric-filter';
import { putMetricFilter } from '../put-metric-filter';
import type { LogStore } from '../store';

const operation = operationFor<LogStore>();

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html */
export const metricFilterOperations = {
  PutMetricFilter: operation({
    input: { ...named, ...metricFilterSettings, filterName: required(filterName) },
    unsupported: ['applyOnTransformedLogs', 'fieldSelectionCriteria', 'emitSystemFieldDimensions'],
    resource: (input, { store }) => groupArn(input, store),
    run({ logGroupName: group, ...settings }, { store }) {
      putMetricFilter(store.group(group), settings.filterName, settings);
      return undefined;
    },
  }),
  DescribeMetricFilters: operation({
    input: {
      logGroupName,
      filterNamePrefix: text,
      metricName: text,
      metricNamespace: text,
      ...paged(LARGEST_LIST),
    },
    resource: (input, { store }) =>
      input.logGroupName === undefined ? store.arnOf('*') : groupArn(input, store),
    run(input, { store }) {
      const { filterNamePrefix: prefix = '', metricName, metricNamespace, nextToken } = input;
      const groups =
        input.logGroupName === undefined
          ? [...store.groups.values()]
          : [store.group(input.logGroupName)];
      const filters = groups
        .flatMap((group) => [...group.metricFilters.values()].map((filter) => ({ group, filter })))
        .filter(({ filter: { written } }) => written.name.startsWith(prefix))
        .filter(({ filter: { written } }) => {
          const { transformation } = written;
          return (
            (metricName ?? transformation.metricName) === transformation.metricName &&
            (metricNamespace ?? transformation.metricNamespace) === transformation.metricNamespace
          );
        })
        .sort((a, b) => (a.filter.written.name < b.filter.written.name ? -1 : 1));
      const { items, nextToken: next } = page(filters, input.limit ?? LARGEST_LIST, nextToken);
      return { metricFilters: items.map(filterAnswer), nextToken: next };
    },
  }),
  DeleteMetricFilter: operation({
    input: { ...named, filterName: required(filterName) },
    resource: (input, { store }) => groupArn(input, store),
    run(input, { store }) {
      const { metricFilters } = store.group(input.logGroupName);
      if (!metricFilters.delete(input.filterName)) throw noMetricFilter();
      return undefined;
    },
  }),
};

interface Found {
  readonly group: LogGroup;
  readonly filter: MetricFilter;
}

function filterAnswer({ group, filter: { written } }: Found) {
  const { dimensions, ...transformation } = written.transformation;
  return {
    filterName: written.name,
    filterPattern: written.pattern,
    metricTransformations: [
      { ...transformation, ...(dimensions && { dimensions: Object.fromEntries(dimensions) }) },
    ],
    creationTime: written.created,
    logGroupName: group.name,
    applyOnTransformedLogs: false,
  };
}
