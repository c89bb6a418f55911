import { partitionOf } from '../../core/caller';
import { generatedName } from '../../core/generated-name';
import {
  type About,
  changes,
  type HandlerNeeds,
  has,
  type Need,
  when,
} from '../../core/handler-needs';
import { textProperty } from '../../core/properties';

function on(kind: 'alarm' | 'dashboard', about: About): (action: string) => Need {
  const { context, properties, physicalId } = about;
  const { accountId, region } = context.caller;
  const isAlarm = kind === 'alarm';
  const given = textProperty(properties, isAlarm ? 'AlarmName' : 'DashboardName');
  const name = physicalId || given || generatedName(context, 255);
  const arn = `arn:${partitionOf(region)}:cloudwatch:`;
  // Dashboards have no region.
  const resource = isAlarm
    ? `${arn}${region}:${accountId}:alarm:${name}`
    : `${arn}:${accountId}:dashboard/${name}`;
  return (action) => ({ action: `cloudwatch:${action}`, resource });
}

export const cloudWatchNeeds: Readonly<Record<string, HandlerNeeds>> = {
  'AWS::CloudWatch::Alarm': {
    create: (about) => [
      on('alarm', about)('PutMetricAlarm'),
      ...when(has(about.properties, 'Tags'), on('alarm', about)('TagResource')),
    ],
    read: (about) => [
      on('alarm', about)('DescribeAlarms'),
      on('alarm', about)('ListTagsForResource'),
    ],
    update: (about) => [
      on('alarm', about)('PutMetricAlarm'),
      ...when(
        changes(about, 'Tags'),
        on('alarm', about)('TagResource'),
        on('alarm', about)('UntagResource'),
      ),
    ],
    delete: (about) => [on('alarm', about)('DescribeAlarms'), on('alarm', about)('DeleteAlarms')],
  },
  'AWS::CloudWatch::Dashboard': {
    create: (about) => [
      on('dashboard', about)('PutDashboard'),
      ...when(has(about.properties, 'Tags'), on('dashboard', about)('TagResource')),
    ],
    read: (about) => [on('dashboard', about)('GetDashboard')],
    update: (about) => [
      on('dashboard', about)('PutDashboard'),
      ...when(
        changes(about, 'Tags'),
        on('dashboard', about)('TagResource'),
        on('dashboard', about)('UntagResource'),
      ),
    ],
    delete: (about) => [on('dashboard', about)('DeleteDashboards')],
  },
};
