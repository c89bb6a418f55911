import { notImplemented } from '../../core/errors';
import { operationFor } from '../../core/protocol/operation';
import { text } from '../../core/shapes/shape';
import {
  checkTags,
  RESERVED_TAG,
  TAG_CHARACTERS,
  type TagRules,
  tagAnswer,
  tagTexts,
} from '../../core/tags';
import { invalidParameter } from '../errors';
import type { LogGroup } from '../log-group';
import { groupArn, LARGEST_LIST, named, page, paged, resourceArn } from '../members';
import type { LogStore } from '../store';

const operation = operationFor<LogStore>();

const { key, value } = tagTexts(TAG_CHARACTERS);
/** botocore, logs/2014-03-28/service-2.json */
const groupTags = { type: 'Map', key, value, min: 1, max: 50 } as const;

const TAG_RULES: TagRules = { refusals: { reserved: () => invalidParameter(RESERVED_TAG) } };

/**
 * @param isSearch true for searches by pattern, which leave out what takes CloudWatch Logs a look at
 *   the group itself (L, test_describe_log_groups_with_pattern, 03-02-2026)
 */
function groupAnswer(group: LogGroup, isSearch: boolean) {
  return {
    logGroupName: group.name,
    arn: `${group.arn}:*`,
    logGroupArn: group.arn,
    creationTime: group.created,
    metricFilterCount: group.metricFilters.size,
    retentionInDays: group.retentionInDays,
    ...(!isSearch && { storedBytes: group.storedBytes, deletionProtectionEnabled: false }),
    logGroupClass: 'STANDARD',
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Operations.html */
export const logGroupOperations = {
  CreateLogGroup: operation({
    input: {
      ...named,
      tags: groupTags,
      logGroupClass: text,
    },
    unsupported: ['deletionProtectionEnabled', 'kmsKeyId'],
    resource: (input, { store }) => groupArn(input, store),
    run({ logGroupName, tags, logGroupClass = 'STANDARD' }, { store }) {
      if (logGroupClass !== 'STANDARD') throw notImplemented('logs', `class ${logGroupClass}`);
      checkTags(tagAnswer(tags ?? new Map()), TAG_RULES);
      store.create(logGroupName, tags);
      return undefined;
    },
  }),
  DeleteLogGroup: operation({
    input: named,
    resource: (input, { store }) => groupArn(input, store),
    run({ logGroupName }, { store }) {
      store.groups.delete(store.group(logGroupName).name);
      return undefined;
    },
  }),
  DescribeLogGroups: operation({
    input: { logGroupNamePrefix: text, logGroupNamePattern: text, ...paged(LARGEST_LIST) },
    resource: (_input, { store }) => store.arnOf('*'),
    run(input, { store }) {
      const {
        logGroupNamePrefix,
        logGroupNamePattern,
        limit = LARGEST_LIST,
        nextToken: token,
      } = input;
      if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
        throw invalidParameter(
          'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
        );
      }
      const prefix = logGroupNamePrefix ?? '';
      const pattern = logGroupNamePattern?.toLowerCase() ?? '';
      const groups = [...store.groups.values()]
        .filter(({ name }) => name.startsWith(prefix) && name.toLowerCase().includes(pattern))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const { items, nextToken } = page(groups, limit, token);
      const isSearch = logGroupNamePattern !== undefined;
      return { logGroups: items.map((group) => groupAnswer(group, isSearch)), nextToken };
    },
  }),
  PutRetentionPolicy: operation({
    // Enumerated numbers are no shape of AWS's: the store checks them.
    input: { ...named, retentionInDays: { type: 'Integer', required: true } },
    resource: (input, { store }) => groupArn(input, store),
    run({ logGroupName, retentionInDays }, { store }) {
      store.setRetention(store.group(logGroupName), retentionInDays);
      return undefined;
    },
  }),
  DeleteRetentionPolicy: operation({
    input: named,
    resource: (input, { store }) => groupArn(input, store),
    run({ logGroupName }, { store }) {
      store.setRetention(store.group(logGroupName), undefined);
      return undefined;
    },
  }),
  ListTagsLogGroup: operation({
    input: named,
    resource: (input, { store }) => groupArn(input, store),
    run: ({ logGroupName }, { store }) => ({ tags: store.group(logGroupName).tags }),
  }),
  ListTagsForResource: operation({
    input: { resourceArn },
    resource: ({ resourceArn: arn }) => arn,
    run: ({ resourceArn: arn }, { store }) => ({
      tags: store.groupOf({ logGroupIdentifier: arn }).tags,
    }),
  }),
};
