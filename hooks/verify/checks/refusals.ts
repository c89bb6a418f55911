import type { Action } from '../../../resources/routes';
import { type Ask, ask, askPath, askRefused, expectCode, isRefusedByOwner } from '../ask';
import { type Check, type CheckContext, CheckFailure } from '../check';
import { isOpen, kafkaRestUrl, managesStreams, sharesApi } from '../target';
import { ofRoute, ofStage } from './define';

/** What the model says is wrong must be in the message, so that the client can mend it. */
async function refusedByModel(
  context: CheckContext,
  action: Action,
  body: unknown,
  says: RegExp,
  given: Ask = {},
): Promise<void> {
  const answer = await askRefused(context, action, 400, 'ValidationException', { ...given, body });
  if (/failed to satisfy constraint/.test(answer.body)) {
    throw new CheckFailure('Kinesis was asked before the body was refused', answer);
  }
  if (isRefusedByOwner(answer, context, 400) || says.test(answer.body)) return;
  throw new CheckFailure(`the error does not say what is wrong (${says})`, answer);
}

const KINESIS_JSON = { contentType: 'application/x-amz-json-1.1' };
const NO_JSON = { body: '{"', contentType: 'application/json' };
const FORM = { body: 'a=b', contentType: 'application/x-www-form-urlencoded' };
/** Kinesis and the gateway both refuse what is no JSON, each with a code of its own. */
const BAD_JSON = /^(ValidationException|SerializationException|BAD_REQUEST_BODY)$/;

/** What must be refused, and how the client is told. */
export const refusalChecks = {
  PutRecordRefusals: ofRoute('PutRecord', {
    title: 'bad bodies are 400, other content types 415',
    writes: false,
    async run(context) {
      await refusedByModel(context, 'PutRecord', { Data: 'x' }, /PartitionKey/);
      await refusedByModel(context, 'PutRecord', { PartitionKey: 'x' }, /Data/);
      await refusedByModel(context, 'PutRecord', { Data: 'x', PartitionKey: 7 }, /string/);
      await refusedByModel(
        context,
        'PutRecord',
        { Data: 7, PartitionKey: 'x' },
        /string/,
        KINESIS_JSON,
      );
      const hashKey = { Data: 'x', PartitionKey: 'x', ExplicitHashKey: 'none' };
      await refusedByModel(context, 'PutRecord', hashKey, /regex|pattern/i);
      await askRefused(context, 'PutRecord', 400, BAD_JSON, NO_JSON);
      await ask(context, 'PutRecord', 415, FORM);
      return {};
    },
  }),

  PutRecordsRefusals: ofRoute('PutRecords', {
    title: 'bad bodies are 400, other content types 415',
    writes: false,
    async run(context) {
      const record = { data: 'x', 'partition-key': 'x' };
      await refusedByModel(context, 'PutRecords', {}, /records/);
      await refusedByModel(context, 'PutRecords', { records: [] }, /records|array|items/);
      await refusedByModel(context, 'PutRecords', { records: [{ data: 'x' }] }, /partition-key/);
      await refusedByModel(
        context,
        'PutRecords',
        { records: Array(501).fill(record) },
        /array|items|500/,
      );
      await refusedByModel(context, 'PutRecords', { Records: [{}] }, /Data/, KINESIS_JSON);
      await askRefused(context, 'PutRecords', 400, BAD_JSON, NO_JSON);
      await ask(context, 'PutRecords', 415, FORM);
      return {};
    },
  }),

  CreateStreamRefusals: ofRoute('CreateStream', {
    title: 'bad bodies are 400, other content types 415',
    writes: false,
    leftOut: withoutManagement,
    async run(context) {
      await refusedByModel(
        context,
        'CreateStream',
        { ShardCount: 'two' },
        /ShardCount|string|type|schema/,
      );
      await refusedByModel(
        context,
        'CreateStream',
        { ShardCount: 0 },
        /ShardCount|minimum|schema|0/,
      );
      await refusedByModel(
        context,
        'CreateStream',
        { ShardCount: '1' },
        /string|type/,
        KINESIS_JSON,
      );
      await askRefused(context, 'CreateStream', 400, BAD_JSON, NO_JSON);
      await ask(context, 'CreateStream', 415, FORM);
      return {};
    },
  }),

  DuplicateStream: ofRoute('CreateStream', {
    title: 'a stream that is there already is 409',
    requires: ['stream'],
    leftOut: withoutManagement,
    async run(context) {
      const code = 'ResourceInUseException';
      await askRefused(context, 'CreateStream', 409, code, { body: { ShardCount: 1 } });
      await askRefused(context, 'CreateStream', 409, code, {
        ...KINESIS_JSON,
        body: { ShardCount: 1, StreamName: 'another-stream' },
      });
      return {};
    },
  }),

  BadIterator: ofRoute('GetRecords', {
    title: 'an iterator that is none, or is missing, is 400',
    writes: false,
    async run(context) {
      const code = /^(InvalidArgument|Validation|ExpiredIterator)Exception$/;
      await askRefused(context, 'GetRecords', 400, code, { query: { 'shard-iterator': 'none' } });
      await askRefused(context, 'GetRecords', 400, code);
      return {};
    },
  }),

  MissingShard: ofRoute('GetShardIterator', {
    title: 'without shard-id it is 400',
    writes: false,
    async run(context) {
      const answer = await askRefused(context, 'GetShardIterator', 400, 'ValidationException');
      if (isRefusedByOwner(answer, context, 400)) return {};
      if (answer.body.includes('shard-id')) return {};
      throw new CheckFailure('the error does not say that shard-id is missing', answer);
    },
  }),

  UnknownRoute: ofStage({
    title: 'a path or method without a route is 403',
    leftOut: (target) => (sharesApi(target) ? "what else the API has is its owner's" : undefined),
    async run(context) {
      // A Kafka REST proxy gets all of it but the root.
      const hasKafka = kafkaRestUrl(context.target) !== undefined;
      const path = hasKafka ? '/' : '/nowhere';
      const nowhere = await askPath(context, 403, { method: 'GET', path });
      if (isOpen(context.target)) expectCode(nowhere, 'MISSING_AUTHENTICATION_TOKEN');
      if (hasKafka) return {};
      await askPath(context, 403, { method: 'PATCH', path: '/streams' });
      return {};
    },
  }),
} as const satisfies Record<string, Check>;

function withoutManagement(target: Parameters<typeof managesStreams>[0]): string | undefined {
  return managesStreams(target) ? undefined : 'the stage does not manage streams';
}
