import type { Caller } from '../../core/caller';
import { AwsError } from '../../core/errors';
import { listProperty, numberProperty, tagsProperty, textProperty } from '../../core/properties';
import type { XmlValue } from '../../core/xml';
import {
  type Alarm,
  type CloudWatchStore,
  type Dashboard,
  type DashboardStore,
  invalid,
} from '../store';

/** Members of a request: JSON's, or the query protocol's texts. */
export type Members = Readonly<Record<string, unknown>>;

export interface CloudWatchStores {
  readonly alarms: CloudWatchStore;
  readonly dashboards: DashboardStore;
}

/** One action, the same in every protocol; times are Dates. */
export type CloudWatchAction = (
  stores: CloudWatchStores,
  input: Members,
  caller: Caller,
) => XmlValue;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Operations.html */
export const CLOUDWATCH_ACTIONS: Readonly<Record<string, CloudWatchAction>> = {
  PutMetricAlarm({ alarms }, input) {
    const name = required(input, 'AlarmName');
    alarms.putAlarm(name, input, tagsProperty(input));
    return undefined;
  },
  DescribeAlarms({ alarms }, input) {
    for (const name of ['ActionPrefix', 'ChildrenOfAlarmName', 'ParentsOfAlarmName']) {
      if (textProperty(input, name) === undefined) continue;
      throw new AwsError(
        'InvalidParameterValue',
        `The embedded AWS does not implement the parameter ${name} of cloudwatch:DescribeAlarms.`,
      );
    }
    const types = listProperty(input, 'AlarmTypes');
    // There are no composite alarms to be found.
    if (types.length > 0 && !types.includes('MetricAlarm')) {
      return { MetricAlarms: [], CompositeAlarms: [] };
    }
    const names = new Set(listProperty(input, 'AlarmNames').map(String));
    const prefix = textProperty(input, 'AlarmNamePrefix') ?? '';
    const state = textProperty(input, 'StateValue') ?? STATE.StateValue;
    const found = [...alarms.alarms.values()]
      .filter(({ name }) => (names.size === 0 || names.has(name)) && name.startsWith(prefix))
      .filter(() => state === STATE.StateValue)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, NextToken } = page(input, found, 'MaxRecords', 100);
    return { MetricAlarms: items.map(alarmShape), CompositeAlarms: [], NextToken };
  },
  DeleteAlarms({ alarms }, input) {
    const names = listProperty(input, 'AlarmNames').map(String);
    const missing = names.filter((name) => !alarms.alarms.has(name));
    if (missing.length > 0) {
      throw new AwsError('ResourceNotFound', `Alarm not found: ${missing.join(', ')}`, {
        status: 404,
      });
    }
    for (const name of names) alarms.alarms.delete(name);
    return undefined;
  },
  ListTagsForResource({ alarms, dashboards }, input) {
    const arn = required(input, 'ResourceARN');
    const all = [...alarms.alarms.values(), ...dashboards.dashboards.values()];
    const tagged = all.find((candidate) => candidate.arn === arn);
    if (tagged === undefined) {
      throw new AwsError('ResourceNotFoundException', `${arn} does not exist`, { status: 404 });
    }
    return { Tags: [...tagged.tags].map(([Key, Value]) => ({ Key, Value })) };
  },
  PutDashboard({ dashboards }, input) {
    dashboards.put(required(input, 'DashboardName'), required(input, 'DashboardBody'));
    return { DashboardValidationMessages: [] };
  },
  GetDashboard({ dashboards }, input) {
    const { name, arn, body } = dashboard(dashboards, required(input, 'DashboardName'));
    return { DashboardName: name, DashboardArn: arn, DashboardBody: body };
  },
  ListDashboards({ dashboards }, input) {
    const prefix = textProperty(input, 'DashboardNamePrefix') ?? '';
    const found = [...dashboards.dashboards.values()]
      .filter(({ name }) => name.startsWith(prefix))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, NextToken } = page(input, found, 'MaxResults', 1000);
    return {
      DashboardEntries: items.map(({ name, arn, body, lastModified }) => ({
        DashboardName: name,
        DashboardArn: arn,
        LastModified: lastModified,
        Size: Buffer.byteLength(body),
      })),
      NextToken,
    };
  },
  DeleteDashboards({ dashboards }, input) {
    const names = listProperty(input, 'DashboardNames').map(String);
    for (const name of names) dashboard(dashboards, name);
    for (const name of names) dashboards.dashboards.delete(name);
    return {};
  },
};

/** No service here publishes metrics: an alarm stays as CloudWatch leaves one without data. */
const STATE = { StateValue: 'INSUFFICIENT_DATA', StateReason: 'Unchecked: Initial alarm creation' };

function alarmShape({ name, arn, settings, configured, created }: Alarm): XmlValue {
  return {
    AlarmName: name,
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: configured,
    ...(settings as { readonly [member: string]: XmlValue }),
    ...STATE,
    StateUpdatedTimestamp: created,
    StateTransitionedTimestamp: created,
  };
}

function dashboard({ dashboards }: DashboardStore, name: string): Dashboard {
  const found = dashboards.get(name);
  if (found === undefined) {
    throw new AwsError('ResourceNotFound', `Dashboard ${name} does not exist`, { status: 404 });
  }
  return found;
}

function required(input: Members, name: string): string {
  const value = textProperty(input, name);
  if (value !== undefined) return value;
  throw new AwsError('MissingParameter', `The request must contain the parameter ${name}.`);
}

function page<Item>(input: Members, items: readonly Item[], sizeMember: string, largest: number) {
  const size = numberProperty(input, sizeMember) ?? largest;
  const token = textProperty(input, 'NextToken');
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0) {
    throw new AwsError('InvalidNextToken', 'The next token specified is invalid.');
  }
  if (!Number.isInteger(size) || size < 1 || size > largest) {
    throw invalid(`${sizeMember} must be between 1 and ${largest}.`);
  }
  const end = start + size;
  return {
    items: items.slice(start, end),
    NextToken: end < items.length ? String(end) : undefined,
  };
}
