import { isDeepStrictEqual } from 'node:util';
import { type Action, routeOf, routes } from '../../../resources/routes';
import { managesStreams, withoutStack } from '../../stage/target';
import { type Check, type CheckContext, CheckFailure } from '../check';
import {
  kinesisAnswer,
  renderedBody,
  type TestAnswer,
  type TestRequest,
  testInvoke,
} from '../test-invoke';
import { ofRoute } from './define';

// What a route makes of each of its fields, told by API Gateway's own log: most of it no answer shows.
// Nothing is made, filled or deleted: the stream that is named has too long a name for Kinesis.

const JSON_TYPE = 'application/json';
const AMZ_JSON_TYPE = 'application/x-amz-json-1.1';

/** Kinesis takes 128 characters. API Gateway cuts what it logs at 1,024 bytes, so not much more. */
const NAME_LENGTH = 140;

/** Long, in both cases, and with all that has a meaning in JSON, in VTL and in URLs. */
const textOf = (name: string) =>
  `${name} it's a "text" \\ / $x #y %20 + & = ; {}[] 0123456789 AbC ${'z'.repeat(20)}`;
/** Beyond ASCII and beyond 16 bits, decomposed, and with blanks at both ends. */
const keyOf = (name: string) => ` ${name} ${textOf('')} é漢🎉e\u0301 `;
/** Different in each use, and within Kinesis's 128 bits. */
const hashKey = (digit: number) => `34028236692093846346337460743176821145${digit}`;

interface Case {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Without StreamName, which `sends` has for all routes that name one. */
  readonly sends: object;
  /** JSON where it is left out. */
  readonly type?: typeof JSON_TYPE | typeof AMZ_JSON_TYPE;
  /** The route's Kinesis action takes no stream beside these. */
  readonly withoutStream?: true;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const data = (name: string) => `${keyOf(name)}\n\t`;
const limit = '123456789';

const CASES: Readonly<Record<Action, readonly Case[]>> = {
  ListStreams: [
    { sends: {} },
    {
      query: { limit, 'exclusive-start-stream-name': textOf('S'), 'next-token': textOf('T') },
      sends: {
        Limit: Number(limit),
        ExclusiveStartStreamName: textOf('S'),
        NextToken: textOf('T'),
      },
    },
    {
      query: { limit: textOf('L'), 'next-token': textOf('T') },
      sends: { Limit: textOf('L'), NextToken: textOf('T') },
    },
    {
      query: { 'exclusive-start-stream-name': textOf('S') },
      sends: { ExclusiveStartStreamName: textOf('S') },
    },
  ],
  DescribeStream: [
    { sends: {} },
    {
      query: { limit, 'exclusive-start-shard-id': textOf('S') },
      sends: { Limit: Number(limit), ExclusiveStartShardId: textOf('S') },
    },
    { query: { limit: textOf('L') }, sends: { Limit: textOf('L') } },
  ],
  CreateStream: [
    { body: { ShardCount: null, StreamMode: '' }, type: JSON_TYPE, sends: { ShardCount: 5 } },
    { body: { ShardCount: '', StreamMode: null }, type: JSON_TYPE, sends: { ShardCount: 5 } },
    {
      body: { ShardCount: 123, StreamMode: 'PROVISIONED', SomeOtherField: 'x' },
      type: JSON_TYPE,
      sends: { ShardCount: 123, StreamModeDetails: { StreamMode: 'PROVISIONED' } },
    },
    { body: { ShardCount: 123 }, type: AMZ_JSON_TYPE, sends: { ShardCount: 123 } },
    {
      body: { StreamModeDetails: { StreamMode: 'ON_DEMAND' } },
      type: AMZ_JSON_TYPE,
      sends: { StreamModeDetails: { StreamMode: 'ON_DEMAND' } },
    },
  ],
  DeleteStream: [{ sends: {} }],
  PutRecord: [
    {
      body: { Data: data('D'), PartitionKey: keyOf('K') },
      type: JSON_TYPE,
      sends: { Data: base64(data('D')), PartitionKey: keyOf('K') },
    },
    {
      body: {
        Data: 7,
        PartitionKey: keyOf('K'),
        ExplicitHashKey: hashKey(5),
        SequenceNumberForOrdering: textOf('S'),
      },
      type: JSON_TYPE,
      sends: {
        Data: base64('7'),
        PartitionKey: keyOf('K'),
        ExplicitHashKey: hashKey(5),
        SequenceNumberForOrdering: textOf('S'),
      },
    },
    {
      body: { Data: base64(data('D')), PartitionKey: keyOf('K') },
      type: AMZ_JSON_TYPE,
      sends: { Data: base64(data('D')), PartitionKey: keyOf('K') },
    },
    {
      body: {
        Data: 'eA==',
        PartitionKey: keyOf('K'),
        ExplicitHashKey: hashKey(5),
        SequenceNumberForOrdering: textOf('S'),
      },
      type: AMZ_JSON_TYPE,
      sends: {
        Data: 'eA==',
        PartitionKey: keyOf('K'),
        ExplicitHashKey: hashKey(5),
        SequenceNumberForOrdering: textOf('S'),
      },
    },
  ],
  PutRecords: [
    {
      body: {
        records: [
          { data: 'é🎉 1\n', 'partition-key': ' K1 é🎉', 'explicit-hash-key': hashKey(1) },
          { data: 2, 'partition-key': `it's "K2" \\` },
          { data: '', 'partition-key': 'e\u0301 $K3 #x ', 'explicit-hash-key': hashKey(3) },
        ],
      },
      type: JSON_TYPE,
      sends: {
        Records: [
          { Data: base64('é🎉 1\n'), ExplicitHashKey: hashKey(1), PartitionKey: ' K1 é🎉' },
          { Data: base64('2'), PartitionKey: `it's "K2" \\` },
          { Data: '', ExplicitHashKey: hashKey(3), PartitionKey: 'e\u0301 $K3 #x ' },
        ],
      },
    },
    ...[
      [
        { Data: base64('é🎉 1\n'), ExplicitHashKey: hashKey(1), PartitionKey: keyOf('K1') },
        { Data: '', PartitionKey: 'K2' },
        { Data: 'eg==', ExplicitHashKey: hashKey(3), PartitionKey: 'K3' },
      ],
    ].map((records): Case => {
      return { body: { Records: records }, type: AMZ_JSON_TYPE, sends: { Records: records } };
    }),
  ],
  ListShards: [
    {
      query: { limit, 'exclusive-start-shard-id': textOf('S') },
      sends: { MaxResults: Number(limit), ExclusiveStartShardId: textOf('S') },
    },
    {
      query: {
        limit: textOf('L'),
        'next-token': textOf('T'),
        'exclusive-start-shard-id': textOf('S'),
      },
      sends: { MaxResults: textOf('L'), NextToken: textOf('T') },
      withoutStream: true,
    },
  ],
  GetShardIterator: [
    {
      query: {
        'shard-id': textOf('S'),
        'shard-iterator-type': textOf('I'),
        timestamp: '123456789012.25',
        'starting-sequence-number': textOf('N'),
      },
      sends: {
        ShardId: textOf('S'),
        ShardIteratorType: textOf('I'),
        Timestamp: 123456789012.25,
        StartingSequenceNumber: textOf('N'),
      },
    },
    {
      query: { 'shard-id': 'S', timestamp: textOf('T') },
      sends: { ShardId: 'S', ShardIteratorType: 'TRIM_HORIZON', Timestamp: textOf('T') },
    },
  ],
  GetRecords: [
    {
      query: { limit, 'shard-iterator': textOf('Q') },
      sends: { Limit: Number(limit), ShardIterator: textOf('Q') },
      withoutStream: true,
    },
    {
      query: { limit: textOf('L'), 'shard-iterator': 'not this one' },
      headers: { 'Shard-Iterator': textOf('H') },
      sends: { Limit: textOf('L'), ShardIterator: textOf('H') },
      withoutStream: true,
    },
  ],
};

/** Each route is tried out as in API Gateway's console, with all of its fields at their edges. */
export const sentChecks = Object.fromEntries(
  routes.map((route) => [
    `${route.action}Sent` as const,
    ofRoute(route.action, {
      title: 'Kinesis is sent each field as it came, and its errors come back as they are',
      // Where the role may write, only the stream's name keeps Kinesis from it.
      writes: route.method !== 'GET',
      leftOut: (target) => {
        const isLeftOut = 'managesStreams' in route && !managesStreams(target);
        return isLeftOut ? 'the stage does not manage streams' : withoutStack(target);
      },
      async run(context) {
        const cases = CASES[route.action];
        for (const each of cases) {
          await expectSent(context, route.action, each, each.type ?? JSON_TYPE);
        }
        // Routes without a body have one template under both types.
        const fullest = cases.findLast(({ type }) => type === undefined);
        if (fullest) await expectSent(context, route.action, fullest, AMZ_JSON_TYPE);
        return {};
      },
    }),
  ]),
) as Readonly<Record<`${Action}Sent`, Check>>;

async function expectSent(
  { apiGateway, target, stream }: CheckContext,
  action: Action,
  { query, headers, body, sends, withoutStream }: Case,
  type: string,
): Promise<void> {
  const { method, path } = routeOf(action);
  const StreamName = `Ab.${stream}`.padEnd(NAME_LENGTH, '_Z').slice(0, NAME_LENGTH);
  const route = target.parameters.rootPath + path;
  const search = new URLSearchParams(query).toString().replaceAll('+', '%20');
  const request: TestRequest = {
    method,
    path: route.replace('{stream-name}', StreamName) + (search === '' ? '' : `?${search}`),
    route,
    headers: { 'content-type': type, ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  const answer = await testInvoke(apiGateway, target.restApiId, request);
  if (answer === undefined) throw new CheckFailure(`the API has no ${method} ${route}`);
  const namesStream = path.includes('{stream-name}') && withoutStream === undefined;
  const wanted = { ...sends, ...(namesStream && { StreamName }) };
  const rendered = renderedBody(answer);
  // Not every emulator writes API Gateway's log.
  if (rendered === undefined && answer.log.every((line) => !line.startsWith('Endpoint '))) return;
  if (!isDeepStrictEqual(parsed(rendered), wanted)) {
    throw new CheckFailure(
      `${asked(request)} becomes ${rendered?.replace(/\s+/g, ' ') ?? 'nothing'} for Kinesis, and not ${JSON.stringify(wanted)}`,
    );
  }
  expectOwnError(answer, request);
}

/** The envelope says what Kinesis said, to the letter. */
function expectOwnError(answer: TestAnswer, request: TestRequest): void {
  if (answer.status === undefined || answer.status < 400) return;
  const own = parsed(kinesisAnswer(answer)) as Record<string, unknown> | undefined;
  const told = parsed(answer.body) as Record<string, unknown> | undefined;
  // What the gateway logs is cut where it is long.
  if (own === undefined) return;
  const expected = [String(own.__type).replace(/^.*#/, ''), own.message ?? own.Message];
  if (isDeepStrictEqual([told?.code, told?.message], expected)) return;
  throw new CheckFailure(
    `${asked(request)}: Kinesis says ${expected.join(': ')}, the answer is ${answer.body.trim()}`,
  );
}

const asked = ({ method, path, body, headers }: TestRequest) =>
  [`${method} ${path} (${headers?.['content-type']})`, ...(body ? [body] : [])].join(' ');

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
