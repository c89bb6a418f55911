import {
  type Endpoint,
  type EndpointId,
  endpointOf,
  endpoints,
} from '../../../resources/endpoints';
import { changeRole, withoutAction } from '../damage';
import type { Fault } from '../fault';

/** Changes the names of streams that the role is granted, patterns included. */
const streams = (change: (name: string) => string | undefined) =>
  changeRole(({ Policies }) => {
    for (const { PolicyDocument } of Policies) {
      for (const statement of PolicyDocument.Statement) {
        if (!Array.isArray(statement.Resource)) continue;
        statement.Resource = statement.Resource.flatMap(
          ({ 'Fn::Sub': arn }: { 'Fn::Sub': string }) => {
            const [begin = '', name = ''] = arn.split(':stream/');
            const changed = change(name);
            return changed === undefined ? [] : { 'Fn::Sub': `${begin}:stream/${changed}` };
          },
        );
      }
    }
  });

/** Streams of its own that a stage's role covers beside the parameter `streams`. */
const THROW_AWAY = 'verify-kinesis-rest-proxy-dev-*';

/** The endpoints that call an action; the role grants the action to all of them. */
const callersOf = (action: string): readonly [EndpointId, ...EndpointId[]] => {
  const [first, ...others] = endpoints.filter((each) => each.action === action).map(({ id }) => id);
  if (first === undefined) throw new TypeError(`No endpoint calls ${action}.`);
  return [first, ...others];
};

/** True if IAM can confine it to some streams. Iterators come only from permitted streams. */
const isConfined = ({ streamFrom, grantedOn }: Endpoint) =>
  streamFrom === 'path' && grantedOn === 'streams';

const actionsOf = (some: readonly Endpoint[]) => [...new Set(some.map(({ action }) => action))];

/** Faults of the role's permissions and of its trust policy. */
export const roleFaults: readonly Fault[] = [
  ...actionsOf(endpoints).map((action): Fault => {
    const [first, ...others] = callersOf(action);
    return {
      id: `role-without-${action}`,
      class: 'role',
      broken: `The role is not granted kinesis:${action}`,
      blames: first,
      alsoBreaks: others,
      caughtBy: [first, ...others],
      mayFail: ['CoveredStreams'],
      template: withoutAction(`kinesis:${action}`),
    };
  }),
  {
    id: 'role-without-policy',
    class: 'role',
    broken: 'The role has no policy at all',
    blames: 'CreateStream',
    caughtBy: ['CreateStream'],
    mayFail: 'any',
    template: changeRole((properties) => {
      properties.Policies = [];
    }),
  },
  {
    id: 'role-wider-than-pattern',
    class: 'role',
    broken: 'The role is granted every stream, the stage is for orders-*',
    blames: { says: "outside the stage's pattern" },
    caughtBy: ['OtherStreams', 'OtherStreamsManaged'],
    parameters: { streams: 'orders-*' },
    template: streams((name) => (name === 'orders-*' ? '*' : name)),
  },
  ...(
    [
      ['every stream whose name begins like its own', 'orders', 'orders*'],
      ['every stream whose name ends like its own', 'orders', '*orders'],
      ["every verification's streams", THROW_AWAY, 'verify-*'],
      ["the streams of its other stages' verifications", THROW_AWAY, 'verify-kinesis-rest-proxy-*'],
      ["the streams of other services' verifications", THROW_AWAY, 'verify-*-dev-*'],
    ] as const
  ).map(
    ([granted, from, to]): Fault => ({
      id: `role-wider-${to}`,
      class: 'role',
      broken: `The role is granted ${granted} (${to}), the stage is for orders`,
      blames: { says: 'reaches the stream' },
      caughtBy: ['OtherStreams', 'OtherStreamsManaged'],
      parameters: { streams: 'orders' },
      template: streams((name) => (name === from ? to : name)),
    }),
  ),
  ...(
    [
      ['orders-*', 'orders-eu-*', {}],
      ['*', 'orders-*', {}],
      ['orders-*', undefined, { manageStreams: 'false' }],
    ] as const
  ).map(
    ([pattern, granted, more]): Fault => ({
      id: `role-narrower-than-${pattern}-${granted ?? 'none'}`,
      class: 'role',
      broken: `The role is granted ${granted ?? 'none of the stage’s streams'}, the stage is for ${pattern}`,
      blames: { says: 'does not reach the stream' },
      caughtBy: ['CoveredStreams'],
      parameters: { streams: pattern, ...more },
      template: streams((name) => (name === pattern ? granted : name)),
    }),
  ),
  {
    id: 'role-narrower-than-orders',
    class: 'role',
    broken: 'The role is granted order, the stage is for orders',
    blames: 'DescribeStream',
    caughtBy: ['OwnStream'],
    parameters: { streams: 'orders' },
    template: streams((name) => (name === 'orders' ? 'order' : name)),
  },
  {
    id: 'role-without-throw-away-streams',
    class: 'role',
    broken: "The role is not granted the verification's own streams, the stage is for orders",
    blames: 'CreateStream',
    caughtBy: ['CreateStream'],
    mayFail: 'any',
    parameters: { streams: 'orders' },
    template: streams((name) => (name === THROW_AWAY ? undefined : name)),
  },
  {
    id: 'role-without-throw-away-streams-unmanaged',
    class: 'role',
    broken:
      "The role is not granted the verification's own streams, the stage is for orders and manages none",
    blames: 'PutRecord',
    caughtBy: ['PutRecord', 'PutRecords', 'DescribeStream', 'ListShards'],
    mayFail: 'any',
    parameters: { streams: 'orders', manageStreams: 'false' },
    template: streams((name) => (name === THROW_AWAY ? undefined : name)),
  },
  ...actionsOf(endpoints.filter(isConfined)).map(
    (action): Fault => ({
      id: `role-wider-${action}`,
      class: 'role',
      broken: `The role is granted kinesis:${action} on every stream, the stage is for orders-*`,
      blames: callersOf(action)[0],
      caughtBy: [
        endpointOf(callersOf(action)[0]).managesStreams ? 'OtherStreamsManaged' : 'OtherStreams',
      ],
      parameters: { streams: 'orders-*' },
      template: changeRole(({ Policies: [policy] }) => {
        policy?.PolicyDocument.Statement.push({
          Effect: 'Allow',
          Action: [`kinesis:${action}`],
          Resource: '*',
        });
      }),
    }),
  ),
  {
    id: 'role-trusts-another',
    class: 'role',
    broken: 'The role may be taken by Lambda and not by API Gateway',
    blames: 'CreateStream',
    caughtBy: ['CreateStream'],
    mayFail: 'any',
    template: changeRole(({ AssumeRolePolicyDocument: { Statement } }) => {
      for (const { Principal } of Statement) Principal.Service = 'lambda.amazonaws.com';
    }),
  },
];
