import { operationFor } from '../../core/protocol/operation';
import { list, required, text } from '../../core/shapes/shape';
import type { CloudWatchStores } from '../store';
import { page } from './page';

const operation = operationFor<CloudWatchStores>();

const PAGE = 1000;

export const dashboardOperations = {
  PutDashboard: operation({
    input: { DashboardName: required(text), DashboardBody: required(text) },
    resource: ({ DashboardName }, { store }) => store.dashboards.arnOf(DashboardName),
    run({ DashboardName, DashboardBody }, { store: { dashboards } }) {
      dashboards.put(DashboardName, DashboardBody);
      return { DashboardValidationMessages: [] };
    },
  }),
  GetDashboard: operation({
    input: { DashboardName: required(text) },
    resource: ({ DashboardName }, { store }) => store.dashboards.arnOf(DashboardName),
    run({ DashboardName }, { store: { dashboards } }) {
      const { name, arn, body } = dashboards.get(DashboardName);
      return { DashboardName: name, DashboardArn: arn, DashboardBody: body };
    },
  }),
  ListDashboards: operation({
    input: { DashboardNamePrefix: text, NextToken: text },
    run({ DashboardNamePrefix: prefix = '', NextToken: token }, { store: { dashboards } }) {
      const found = [...dashboards.dashboards.values()]
        .filter(({ name }) => name.startsWith(prefix))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const { items, nextToken } = page(found, PAGE, token);
      return {
        DashboardEntries: items.map(({ name, arn, body, lastModified }) => ({
          DashboardName: name,
          DashboardArn: arn,
          LastModified: lastModified,
          Size: Buffer.byteLength(body),
        })),
        NextToken: nextToken,
      };
    },
  }),
  DeleteDashboards: operation({
    input: { DashboardNames: required(list(text)) },
    resource: ({ DashboardNames: [name = ''] }, { store }) => store.dashboards.arnOf(name),
    run({ DashboardNames: names }, { store: { dashboards }, caller }) {
      for (const name of names.slice(1)) {
        caller.authorize('cloudwatch:DeleteDashboards', dashboards.arnOf(name));
      }
      for (const name of names) dashboards.get(name);
      for (const name of names) dashboards.dashboards.delete(name);
      return {};
    },
  }),
};
