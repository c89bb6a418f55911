import { type Check, type CheckContext, CheckFailure, found } from '../check';
import { NotDescribed } from '../doors/door';
import { ofEndpoint, ofStage } from './define';
import { heldByKinesis } from './held';
import { plainKey, write } from './kinds';

const title = 'answers with the place of each record';

/** The records that reading starts from: two with the same key, so that both are in one shard. */
export const doorWritingChecks = {
  PutRecord: ofEndpoint('PutRecord', {
    title,
    requires: ['stream'],
    provides: ['single'],
    run: async (context) => ({ single: await twoRecords(context, 'PutRecord') }),
  }),

  PutRecords: ofEndpoint('PutRecords', {
    title,
    requires: ['stream'],
    provides: ['batch'],
    run: async (context) => ({ batch: await twoRecords(context, 'PutRecords') }),
  }),
} as const satisfies Record<string, Check>;

async function twoRecords(context: CheckContext, id: 'PutRecord' | 'PutRecords') {
  const key = plainKey(context, id);
  const one = await write(context, id, 'one', key);
  const two = await write(context, id, 'two', key);
  return [one.record, two.record];
}

/** A reader of the stream cannot tell by which route a record came. */
export const sameAlone = {
  SameAlone: ofStage({
    title: 'The same text is stored the same alone and in a batch',
    writes: true,
    requires: ['single', 'batch'],
    async run(context) {
      const sent = context.door.request('PutRecord', {
        stream: context.stream,
        body: { Data: 'x' },
      });
      if (sent.body === '"x"') throw new NotDescribed('PutRecord stores its whole body');
      const [single] = found(context, 'single');
      const [batch] = found(context, 'batch');
      if (single === undefined || batch === undefined) return {};
      const held = await heldByKinesis(context, [single, batch]);
      const [alone, inBatch] = [single, batch].map(({ sequenceNumber }) =>
        held.find((each) => each.sequenceNumber === sequenceNumber)?.bytes.toString(),
      );
      if (alone === inBatch) return {};
      const { answer } = await write(context, 'PutRecord', 'one', plainKey(context, 'PutRecord'));
      throw new CheckFailure(
        `the text one is stored as ${alone} alone, and as ${inBatch} in a batch`,
        answer,
        { fault: 'corrupts' },
      );
    },
  }),
} as const satisfies Record<string, Check>;
