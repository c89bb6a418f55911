import { type Ask, ask } from '../ask';
import type { Check, CheckContext } from '../check';
import { LONGEST_KEY } from '../records';
import { ofEndpoint } from './define';

const REFUSED_KEYS = ['', `${LONGEST_KEY}x`];

/** A refusal by Kinesis must not look like a success, through any door. */
export const doorRefusals = {
  PutRecordRefusals: ofEndpoint('PutRecord', {
    title: 'a record that Kinesis refuses is no success',
    requires: ['stream'],
    async run(context) {
      await refusesAll(
        context,
        'PutRecord',
        REFUSED_KEYS.map((key) => ({ Data: 'x', PartitionKey: key })),
      );
      return {};
    },
  }),

  PutRecordsRefusals: ofEndpoint('PutRecords', {
    title: 'a batch that Kinesis refuses is no success',
    requires: ['stream'],
    async run(context) {
      const good = { data: 'x', 'partition-key': 'x' };
      const bad = REFUSED_KEYS.map((key) => ({ ...good, 'partition-key': key }));
      const batches = [[], ...bad.map((record) => [good, record]), Array(501).fill(good)];
      await refusesAll(
        context,
        'PutRecords',
        batches.map((records) => ({ records })),
      );
      return {};
    },
  }),
} as const satisfies Record<string, Check>;

async function refusesAll(
  context: CheckContext,
  id: 'PutRecord' | 'PutRecords',
  bodies: readonly Ask['body'][],
): Promise<void> {
  for (const body of bodies) await ask(context, id, 400, { body });
}
