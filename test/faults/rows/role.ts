import { logicalIds } from '../../../resources/logical-ids';
import { type Action, routeOf } from '../../../resources/routes';
import { ACTIONS, type Damage, properties } from '../damage';
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

/** The stream that GetRecords reads is in its iterator, and only its own stream gives one. */
const isOfStream = (action: Action) =>
  routeOf(action).path.includes('{stream-name}') && action !== 'GetRecords';

/** What the role may do with Kinesis, and who may take it. */
export const roleFaults: readonly Fault[] = [
  ...ACTIONS.map(
    (action): Fault => ({
      id: `role-without-${action}`,
      class: 'role',
      broken: `The role is not granted kinesis:${action}`,
      blames: action,
      caughtBy: [action],
      template: role(({ Policies }) => {
        for (const { PolicyDocument } of Policies) {
          for (const statement of PolicyDocument.Statement) {
            statement.Action = statement.Action.filter((each) => each !== `kinesis:${action}`);
          }
          // IAM takes no statement without an action.
          PolicyDocument.Statement = PolicyDocument.Statement.filter(({ Action }) => Action.length);
        }
      }),
    }),
  ),
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
  ...ACTIONS.filter(isOfStream).map(
    (action): Fault => ({
      id: `role-wider-${action}`,
      class: 'role',
      broken: `The role is granted kinesis:${action} on every stream, the stage is for orders-*`,
      blames: action,
      caughtBy: [
        action === 'CreateStream' || action === 'DeleteStream'
          ? 'OtherStreamsManaged'
          : 'OtherStreams',
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
