import {
  type Endpoint,
  type EndpointId,
  endpointOf,
  endpoints,
} from '../../../resources/endpoints';
import { logicalIds } from '../../../resources/logical-ids';
import { type Damage, properties } from '../damage';
import type { Fault } from '../fault';

interface Role {
  AssumeRolePolicyDocument: { Statement: { Principal: { Service: string } }[] };
  Policies: {
    PolicyDocument: { Statement: { Effect: string; Action: string[]; Resource: unknown }[] };
  }[];
}

const role =
  (change: (role: Role) => void): Damage =>
  (template) =>
    change(properties<Role>(template, logicalIds.role));

const statements = (change: (statement: { Action: string[]; Resource: unknown }) => void) =>
  role(({ Policies }) => {
    for (const { PolicyDocument } of Policies) PolicyDocument.Statement.forEach(change);
  });

/** The streams that the role is granted, which is the first statement's. */
const streams = (change: (arn: string) => string) =>
  statements((statement) => {
    const { 'Fn::Sub': arn } = statement.Resource as { 'Fn::Sub'?: string };
    if (arn !== undefined) statement.Resource = { 'Fn::Sub': change(arn) };
  });

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
      template: role(({ Policies }) => {
        for (const { PolicyDocument } of Policies) {
          for (const statement of PolicyDocument.Statement) {
            statement.Action = statement.Action.filter((each) => each !== `kinesis:${action}`);
          }
          // IAM takes no statement without an action.
          PolicyDocument.Statement = PolicyDocument.Statement.filter(({ Action }) => Action.length);
        }
      }),
    };
  }),
  {
    id: 'role-without-policy',
    class: 'role',
    broken: 'The role has no policy at all',
    blames: 'CreateStream',
    caughtBy: ['CreateStream'],
    mayFail: 'any',
    template: role((properties) => {
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
    template: streams((arn) => arn.replace('stream/orders-*', 'stream/*')),
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
      template: role(({ Policies: [policy] }) => {
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
    template: role(({ AssumeRolePolicyDocument: { Statement } }) => {
      for (const { Principal } of Statement) Principal.Service = 'lambda.amazonaws.com';
    }),
  },
];
