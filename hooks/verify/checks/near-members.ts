import { managesStreams } from '../../stage/target';
import { askRefused } from '../ask';
import { askAll } from '../ask-all';
import { type Check, type CheckContext, CheckFailure } from '../check';
import { ofEndpoint } from './define';
import { goodBody, goodRecord } from './good-bodies';

const KINESIS_JSON = 'application/x-amz-json-1.1';
const REFUSED = /^(Validation|InvalidArgument)Exception$/;

/** The error names the correct spelling of the member. */
async function expectTold(
  context: CheckContext,
  id: 'CreateStream' | 'PutRecord' | 'PutRecords',
  bodies: readonly (readonly [body: object, says: RegExp, contentType?: string])[],
): Promise<void> {
  await askAll(bodies, async ([body, says, contentType = 'application/json']) => {
    const given = { body, contentType };
    const answer = await askRefused(context, id, 400, REFUSED, given);
    if (says.test(answer.body)) return;
    throw new CheckFailure(`the error does not say what to write (${says})`, answer);
  });
}

const title = 'rejects a misspelt member and names the right one (400)';

/** The stream exists already, so that an API that does not refuse creates none. */
export const nearMembers = {
  CreateStreamNear: ofEndpoint('CreateStream', {
    title,
    requires: ['stream'],
    skipReason: (target) => (managesStreams(target) ? undefined : 'streams not managed'),
    async run(context) {
      const details = { StreamMode: 'ON_DEMAND', StreamModeDetails: { StreamMode: 'PROVISIONED' } };
      await expectTold(context, 'CreateStream', [
        [{ shardCount: 1 }, /Write ShardCount/],
        [{ streamMode: 'ON_DEMAND' }, /Write StreamMode/],
        [details, /Send one of them/],
        [{ Shards: 1 }, /Write ShardCount/, KINESIS_JSON],
        [{ streamModeDetails: {} }, /Write StreamModeDetails/, KINESIS_JSON],
      ]);
      return {};
    },
  }),

  PutRecordNear: ofEndpoint('PutRecord', {
    title,
    requires: ['stream'],
    async run(context) {
      const body = goodBody('PutRecord');
      const kinesisBody = goodBody('PutRecord', KINESIS_JSON);
      const says = /nearly ExplicitHashKey or SequenceNumberForOrdering/;
      await expectTold(context, 'PutRecord', [
        [{ ...body, explicitHashKey: '0' }, says],
        [{ ...body, sequenceNumberForOrdering: '0' }, says],
        [{ ...kinesisBody, explicitHashKey: '0' }, says, KINESIS_JSON],
      ]);
      return {};
    },
  }),

  PutRecordsNear: ofEndpoint('PutRecords', {
    title,
    requires: ['stream'],
    async run(context) {
      const record = goodRecord('application/json');
      const own = goodRecord(KINESIS_JSON);
      await expectTold(context, 'PutRecords', [
        [{ records: [record, { ...record, explicitHashKey: '0' }] }, /nearly explicit-hash-key/],
        [
          { Records: [own, { ...own, explicitHashKey: '0' }] },
          /nearly ExplicitHashKey/,
          KINESIS_JSON,
        ],
      ]);
      return {};
    },
  }),
} as const satisfies Record<string, Check>;
