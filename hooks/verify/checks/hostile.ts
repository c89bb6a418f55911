import { type Action, routes } from '../../../resources/routes';
import { managesStreams } from '../../stage/target';
import { type Ask, ask, askRefused } from '../ask';
import type { Check, CheckContext } from '../check';
import { ofRoute } from './define';
import { FIRST_SHARD, needed } from './needed';

/**
 * Text that ends its own value and says something else, wherever a template pastes it. What it says
 * makes a request that Kinesis cannot read (SerializationException), and so does no harm; encoded, it is
 * a value that Kinesis does not take. The apostrophe is what escapeJavaScript makes no JSON of.
 */
const TEXT = `it's","StreamName":7,"Limit":"x","y":"`;

/** Signers do not agree on how an apostrophe in a path is spelt, so signed requests go without. */
const hostileName = ({ stream, target }: CheckContext) =>
  stream + (target.parameters.authorization === 'AWS_IAM' ? TEXT.replace("'", '') : TEXT);
const NOT_TAKEN = /^(Validation|InvalidArgument|ExpiredIterator|ExpiredNextToken)Exception$/;

/** Pasted, it is a number and a member that Kinesis ignores; encoded, it is text and no number. */
const NUMBER = '1,"x":1';
const NO_NUMBER = /^(Serialization|Validation)Exception$/;

const texts = (...names: readonly string[]) =>
  names.map((name): readonly [RegExp, Ask] => [NOT_TAKEN, { query: { [name]: TEXT } }]);
const numbers = (...names: readonly string[]) =>
  names.map((name): readonly [RegExp, Ask] => [NO_NUMBER, { query: { [name]: NUMBER } }]);

const withShard = ([code, { query }]: readonly [RegExp, Ask]): readonly [RegExp, Ask] => [
  code,
  { query: { ...FIRST_SHARD, ...query } },
];

/** The parameters that each route hands on. The stream's name is asked of all that have one. */
const PARAMETERS: Readonly<Record<Action, readonly (readonly [RegExp, Ask])[]>> = {
  ListStreams: [...texts('exclusive-start-stream-name', 'next-token'), ...numbers('limit')],
  DescribeStream: [...texts('exclusive-start-shard-id'), ...numbers('limit')],
  CreateStream: [],
  DeleteStream: [],
  PutRecord: [],
  PutRecords: [],
  ListShards: [...texts('exclusive-start-shard-id', 'next-token'), ...numbers('limit')],
  GetShardIterator: [
    ...texts('shard-id', 'shard-iterator-type', 'starting-sequence-number').map(withShard),
    ...numbers('timestamp').map(withShard),
  ],
  GetRecords: [
    ...texts('shard-iterator'),
    [NOT_TAKEN, { headers: { 'shard-iterator': TEXT } }],
    [NO_NUMBER, { query: { 'shard-iterator': 'none', limit: NUMBER } }],
  ],
};

const withoutManagement = (route: (typeof routes)[number]): Pick<Check, 'leftOut'> =>
  'managesStreams' in route
    ? {
        leftOut: (target) =>
          managesStreams(target) ? undefined : 'the stage does not manage streams',
      }
    : {};

/** Each route is told what would be said to Kinesis in its place, if a template let it. */
export const hostileChecks = Object.fromEntries(
  routes.map((route) => [
    `${route.action}Hostile` as const,
    ofRoute(route.action, {
      title: 'hostile text stays in its own value',
      writes: false,
      ...withoutManagement(route),
      async run(context) {
        const { action, path } = route;
        if (path.includes('{stream-name}') && action !== 'GetRecords') {
          const stream = hostileName(context);
          await askRefused(context, action, 400, NOT_TAKEN, { ...needed(action), stream });
        }
        for (const [code, given] of PARAMETERS[action]) {
          await askRefused(context, action, 400, code, given);
        }
        return {};
      },
    }),
  ]),
) as Readonly<Record<`${Action}Hostile`, Check>>;

/** Routes that take no body read no content type but the two that have a template. */
export const contentTypeChecks = Object.fromEntries(
  routes
    .filter((route) => !('model' in route))
    .map((route) => [
      `${route.action}ContentTypes` as const,
      ofRoute(route.action, {
        title: "Kinesis's content type is taken, others are 415",
        writes: false,
        ...withoutManagement(route),
        async run(context) {
          const { action } = route;
          // Nobody has a stream of this name, so that a DELETE hits nothing.
          const stream = hostileName(context);
          const query = { ...FIRST_SHARD, 'shard-iterator': 'none' };
          await ask(context, action, 415, {
            stream,
            query,
            headers: { 'content-type': 'text/plain' },
          });
          const headers = { 'content-type': 'application/x-amz-json-1.1' };
          await ask(context, action, action === 'ListStreams' ? 200 : 400, {
            stream,
            query,
            headers,
          });
          return {};
        },
      }),
    ]),
) as Readonly<Record<`${ContentTypesOf}ContentTypes`, Check>>;

type ContentTypesOf = Exclude<Action, 'CreateStream' | 'PutRecord' | 'PutRecords'>;
