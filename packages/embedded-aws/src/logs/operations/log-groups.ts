import { notImplemented } from '../../core/errors';
import { operationFor } from '../../core/protocol/operation';
import { required, text } from '../../core/shapes/shape';
import type { LogGroup } from '../log-group';
import { groupArn, LARGEST_LIST, named, page, paged } from '../members';
import type { LogStore } from '../store';

const operation = operationFor<LogStore>();

function groupAnswer(group: LogGroup) {
  return {
    logGroupName: group.name,
    arn: `${group.arn}:*`,
    logGroupArn: group.arn,
    creationTime: group.created,
    metricFilterCount: group.metricFilters.size,
    retentionInDays: group.retentionInDays,
    storedBytes: group.storedBytes,
    logGroupClass: 'STANDARD',
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Operations.html */
export const logGroupOperations = {
  CreateLogGroup: operation({
    input: {
      ...named,
      tags: { type: 'Map', key: text, value: text },
      logGroupClass: text,
    },
    unsupported: ['deletionProtectionEnabled', 'kmsKeyId'],
    resource: (input, { store }) => groupArn(input, store),
    run({ logGroupName, tags, logGroupClass = 'STANDARD' }, { store }) {
      if (logGroupClass !== 'STANDARD') throw notImplemented('logs', `class ${logGroupClass}`);
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
      const { logGroupNamePrefix: prefix = '', limit = LARGEST_LIST, nextToken: token } = input;
      const pattern = input.logGroupNamePattern?.toLowerCase() ?? '';
      const groups = [...store.groups.values()]
        .filter(({ name }) => name.startsWith(prefix) && name.toLowerCase().includes(pattern))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const { items, nextToken } = page(groups, limit, token);
      return { logGroups: items.map(groupAnswer), nextToken };
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
    input: { resourceArn: required(text) },
    resource: ({ resourceArn }) => resourceArn,
    run: ({ resourceArn }, { store }) => ({
      tags: store.groupOf({ logGroupIdentifier: resourceArn }).tags,
    }),
  }),
};
