import { type EndpointId, endpoints } from '../../../resources/endpoints';
import { entranceOfStage, isOpenEntrance } from '../../stage/entrances';
import { kafkaRestUrl, managesStreams, sharesApi } from '../../stage/target';
import { type Ask, ask, askPath, askRefused, expectCode, isRefusedByOwner } from '../ask';
import { askAll } from '../ask-all';
import { type Check, type CheckContext, CheckFailure } from '../check';
import { LONGEST_KEY } from '../records';
import { ofEndpoint, ofStage } from './define';
import { goodBody, goodRecord } from './good-bodies';

/** The message must name the model's complaint, so that the client can correct the request. */
async function refusedByModel(
  context: CheckContext,
  id: EndpointId,
  body: unknown,
  says: RegExp,
  given: Ask = {},
): Promise<void> {
  const answer = await askRefused(context, id, 400, 'ValidationException', { ...given, body });
  if (/failed to satisfy constraint/.test(answer.body)) {
    throw new CheckFailure('Kinesis was asked before the body was refused', answer);
  }
  if (isRefusedByOwner(answer, context, 400) || says.test(answer.body)) return;
  throw new CheckFailure(`the error does not say what is wrong (${says})`, answer);
}

/** A body that must be refused, and what the error says. */
type Refused = readonly [body: unknown, says: RegExp];

const KINESIS_TYPE = 'application/x-amz-json-1.1';
const KINESIS_JSON = { contentType: KINESIS_TYPE };
const KINESIS_JSON_NAMES = {
  type: KINESIS_TYPE,
  list: 'Records',
  data: 'Data',
  key: 'PartitionKey',
  hashKey: 'ExplicitHashKey',
} as const;
const NO_JSON = { body: '{"', contentType: 'application/json' };
const FORM = { body: 'a=b', contentType: 'application/x-www-form-urlencoded' };
/** Kinesis and the gateway both refuse invalid JSON, each with its own code. */
const BAD_JSON = /^(ValidationException|SerializationException|BAD_REQUEST_BODY)$/;

/** How each content type calls the parts of a record. */
const TYPES = [
  { type: 'application/json', data: 'Data', key: 'PartitionKey', hashKey: 'ExplicitHashKey' },
  KINESIS_JSON_NAMES,
] as const;
const BATCH_TYPES = [
  {
    type: 'application/json',
    list: 'records',
    data: 'data',
    key: 'partition-key',
    hashKey: 'explicit-hash-key',
  },
  KINESIS_JSON_NAMES,
] as const;

interface Names {
  readonly data: string;
  readonly key: string;
  readonly hashKey: string;
}

/** Changes that make a good record invalid, at the limits of each member, and the expected message. */
function badRecords({ data, key, hashKey }: Names): [RegExp, Record<string, unknown>][] {
  return [
    [new RegExp(data), { [data]: undefined }],
    [new RegExp(key), { [key]: undefined }],
    [/string/, { [key]: 7 }],
    [/short|length/, { [key]: '' }],
    [/long|length/, { [key]: `${LONGEST_KEY}x` }],
    [/regex|pattern/i, { [hashKey]: 'none' }],
    [/regex|pattern/i, { [hashKey]: '01' }],
    [/string/, { [hashKey]: 7 }],
  ];
}

/** Bodies that must be refused, and the expected message. */
export const refusalChecks = {
  PutRecordRefusals: ofEndpoint('PutRecord', {
    title: 'rejects bad bodies (400) and other content types (415)',
    writes: false,
    async run(context) {
      for (const { type, data, ...names } of TYPES) {
        const good = goodBody('PutRecord', type);
        const bodies: Refused[] = [
          ...badRecords({ data, ...names }).map(
            ([says, bad]): Refused => [changed(good, bad), says],
          ),
          ...(type === KINESIS_TYPE ? [[{ ...good, Data: 7 }, /string/] as const] : []),
          [{ ...good, SequenceNumberForOrdering: 7 }, /string/],
          [[good], /object/],
        ];
        await askAll(bodies, ([body, says]) =>
          refusedByModel(context, 'PutRecord', body, says, { contentType: type }),
        );
      }
      await askRefused(context, 'PutRecord', 400, BAD_JSON, NO_JSON);
      await ask(context, 'PutRecord', 415, FORM);
      return {};
    },
  }),

  PutRecordsRefusals: ofEndpoint('PutRecords', {
    title: 'rejects bad bodies (400) and other content types (415)',
    writes: false,
    async run(context) {
      for (const { type, list, ...names } of BATCH_TYPES) {
        const good = goodRecord(type);
        const refused = (records: unknown, says: RegExp): Refused => [{ [list]: records }, says];
        const bodies: Refused[] = [
          // The second of two: each record must be looked at, and not the first alone.
          ...badRecords(names).map(([says, bad]) => refused([good, changed(good, bad)], says)),
          ...(type === KINESIS_TYPE ? [refused([good, { ...good, Data: 7 }], /string/)] : []),
          refused([good, 'x'], /object/),
          refused({}, /array/),
          refused([], /records|array|items/i),
          refused(Array(501).fill(good), /array|items|500/),
          [{}, new RegExp(list)],
          [[good], /object/],
        ];
        await askAll(bodies, ([body, says]) =>
          refusedByModel(context, 'PutRecords', body, says, { contentType: type }),
        );
      }
      await askRefused(context, 'PutRecords', 400, BAD_JSON, NO_JSON);
      await ask(context, 'PutRecords', 415, FORM);
      return {};
    },
  }),

  CreateStreamRefusals: ofEndpoint('CreateStream', {
    title: 'rejects bad bodies (400) and other content types (415)',
    writes: false,
    skipReason: withoutManagement,
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
      const mode = { StreamMode: 'SOMETIMES' };
      await refusedByModel(context, 'CreateStream', mode, /StreamMode|SOMETIMES|enum|schema/);
      for (const [bad, says] of [
        [{ ShardCount: 0 }, /ShardCount|minimum|0/],
        [{ StreamModeDetails: {} }, /StreamMode/],
        [{ StreamModeDetails: 'ON_DEMAND' }, /object/],
      ] as const) {
        await refusedByModel(context, 'CreateStream', bad, says, KINESIS_JSON);
      }
      for (const given of [{}, KINESIS_JSON]) {
        await refusedByModel(context, 'CreateStream', [], /object/, given);
      }
      await askRefused(context, 'CreateStream', 400, BAD_JSON, NO_JSON);
      await ask(context, 'CreateStream', 415, FORM);
      return {};
    },
  }),

  DuplicateStream: ofEndpoint('CreateStream', {
    title: 'rejects a stream that already exists (409)',
    requires: ['stream'],
    skipReason: withoutManagement,
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

  BadIterator: ofEndpoint('GetRecords', {
    title: 'rejects an invalid or missing iterator (400)',
    writes: false,
    async run(context) {
      const code = /^(InvalidArgument|Validation|ExpiredIterator)Exception$/;
      await askRefused(context, 'GetRecords', 400, code, { query: { 'shard-iterator': 'none' } });
      await askRefused(context, 'GetRecords', 400, code);
      return {};
    },
  }),

  MissingShard: ofEndpoint('GetShardIterator', {
    title: 'rejects a missing shard-id (400)',
    writes: false,
    async run(context) {
      const answer = await askRefused(context, 'GetShardIterator', 400, 'ValidationException');
      if (isRefusedByOwner(answer, context, 400)) return {};
      if (!context.door.isOwn || answer.body.includes('shard-id')) return {};
      throw new CheckFailure('the error does not say that shard-id is missing', answer);
    },
  }),

  UnknownRoute: ofStage({
    title: 'Unknown paths and methods are rejected (403)',
    skipReason: (target) => (sharesApi(target) ? 'shared API' : undefined),
    async run(context) {
      // A Kafka REST proxy gets all of it but the root.
      const hasKafka = kafkaRestUrl(context.target) !== undefined;
      const path = hasKafka ? '/' : '/nowhere';
      const entrance = entranceOfStage(context.target, 'write');
      // No entrance is before what is not there.
      const anonymous = context.access.barredAt(entrance) !== undefined;
      const nowhere = await askPath(context, 403, { method: 'GET', path, anonymous });
      if (!context.door.isOwn) return {};
      if (isOpenEntrance(entrance)) expectCode(nowhere, 'MISSING_AUTHENTICATION_TOKEN');
      if (hasKafka) return {};
      const method = unusedMethod('/streams');
      await askPath(context, 403, { method, path: '/streams', anonymous });
      return {};
    },
  }),
} as const satisfies Record<string, Check>;

/** A method that no endpoint has on a path. */
function unusedMethod(path: string): string {
  const used = endpoints.filter((endpoint) => endpoint.path === path).map(({ method }) => method);
  return (
    (['PATCH', 'PUT', 'DELETE', 'POST'] as const).find((each) => !used.includes(each)) ?? 'HEAD'
  );
}

/** A record with some members changed; those that become undefined are left out. */
const changed = (record: object, change: object) =>
  Object.fromEntries(
    Object.entries({ ...record, ...change }).filter(([, value]) => value !== undefined),
  );

function withoutManagement(target: Parameters<typeof managesStreams>[0]): string | undefined {
  return managesStreams(target) ? undefined : 'streams not managed';
}
