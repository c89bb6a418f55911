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

/**
 * The ARN of a group ends in `:*` for all actions but those on tags.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html
 */
const ON_TAGS = /^(TagResource|UntagResource|ListTagsForResource)$/;

function on({ context, properties, physicalId }: About): (action: string) => Need {
  const { accountId, region } = context.caller;
  const name =
    physicalId || textProperty(properties, 'LogGroupName') || generatedName(context, 512);
  const group = `arn:${partitionOf(region)}:logs:${region}:${accountId}:log-group:${name}`;
  return (action) => ({
    action: `logs:${action}`,
    resource: ON_TAGS.test(action) ? group : `${group}:*`,
  });
}

/** The same, on the group of a metric filter. */
const onGroup = (about: About) => on({ ...about, physicalId: '' });

export const logsNeeds: Readonly<Record<string, HandlerNeeds>> = {
  'AWS::Logs::LogGroup': {
    create(about) {
      const need = on(about);
      return [
        need('CreateLogGroup'),
        ...when(has(about.properties, 'RetentionInDays'), need('PutRetentionPolicy')),
        ...when(has(about.properties, 'Tags'), need('TagResource')),
      ];
    },
    read: (about) => [on(about)('DescribeLogGroups'), on(about)('ListTagsForResource')],
    update(about) {
      const need = on(about);
      const keeps = has(about.properties, 'RetentionInDays');
      return [
        ...when(
          changes(about, 'RetentionInDays'),
          need(keeps ? 'PutRetentionPolicy' : 'DeleteRetentionPolicy'),
        ),
        ...when(changes(about, 'Tags'), need('TagResource'), need('UntagResource')),
      ];
    },
    delete: (about) => [on(about)('DescribeLogGroups'), on(about)('DeleteLogGroup')],
  },
  'AWS::Logs::MetricFilter': {
    create: (about) => [onGroup(about)('PutMetricFilter')],
    read: (about) => [onGroup(about)('DescribeMetricFilters')],
    update: (about) => [onGroup(about)('PutMetricFilter')],
    delete: (about) => [onGroup(about)('DeleteMetricFilter')],
  },
};
