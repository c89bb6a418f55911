import { notImplemented } from '../../core/errors';
import { type Input, invalidParameter, number, requiredText, text, textMap } from '../input';
import type { LogGroup } from '../log-group';
import type { LogsAction } from '../logs';
import { pageOf } from '../pages';
import type { LogStore } from '../store';

const groupArn = (store: LogStore, input: Input) => `${store.arnOf(store.nameOf(input))}:*`;

function groupShape(group: LogGroup) {
  return {
    logGroupName: group.name,
    arn: `${group.arn}:*`,
    logGroupArn: group.arn,
    creationTime: group.created,
    metricFilterCount: 0,
    retentionInDays: group.retentionInDays,
    storedBytes: group.storedBytes,
    logGroupClass: 'STANDARD',
  };
}

export const groupActions: Readonly<Record<string, LogsAction>> = {
  CreateLogGroup: {
    resource: groupArn,
    run(store, input) {
      for (const name of ['kmsKeyId', 'deletionProtectionEnabled']) refuse(input, name);
      const logGroupClass = text(input, 'logGroupClass') ?? 'STANDARD';
      if (logGroupClass !== 'STANDARD') throw notImplemented('logs', `class ${logGroupClass}`);
      store.create(requiredText(input, 'logGroupName'), textMap(input, 'tags'));
      return undefined;
    },
  },
  DeleteLogGroup: {
    resource: groupArn,
    run(store, input) {
      store.groups.delete(store.groupOf(input).name);
      return undefined;
    },
  },
  DescribeLogGroups: {
    run(store, input) {
      const prefix = text(input, 'logGroupNamePrefix') ?? '';
      const pattern = text(input, 'logGroupNamePattern')?.toLowerCase() ?? '';
      const groups = [...store.groups.values()]
        .filter(({ name }) => name.startsWith(prefix) && name.toLowerCase().includes(pattern))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const { items, nextToken } = pageOf(input, groups, 50);
      return { logGroups: items.map(groupShape), nextToken };
    },
  },
  PutRetentionPolicy: {
    resource: groupArn,
    run(store, input) {
      const days = number(input, 'retentionInDays');
      if (days === undefined) {
        throw invalidParameter(
          "1 validation error detected: Value null at 'retentionInDays' failed to satisfy constraint: Member must not be null",
        );
      }
      store.setRetention(store.groupOf(input), days);
      return undefined;
    },
  },
  DeleteRetentionPolicy: {
    resource: groupArn,
    run(store, input) {
      store.setRetention(store.groupOf(input), undefined);
      return undefined;
    },
  },
  ListTagsLogGroup: {
    resource: groupArn,
    run: (store, input) => ({ tags: Object.fromEntries(store.groupOf(input).tags) }),
  },
  ListTagsForResource: {
    resource: (_store, input) => requiredText(input, 'resourceArn'),
    run(store, input) {
      const logGroupIdentifier = requiredText(input, 'resourceArn');
      return { tags: Object.fromEntries(store.groupOf({ logGroupIdentifier }).tags) };
    },
  },
};

function refuse(input: Input, name: string): void {
  if (input[name] !== undefined) throw notImplemented('logs', `CreateLogGroup with ${name}`);
}
