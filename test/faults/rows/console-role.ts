import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  DeleteRolePermissionsBoundaryCommand,
  GetRolePolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { physicalId, roleOf } from '../by-hand';
import type { Fault } from '../fault';
import type { Stage } from '../stage';

const drift = { class: 'console', caughtBy: ['Drift'] } as const;

const role = (stage: Stage) => ({ RoleName: physicalId(stage, roleOf(stage.target)) });
const kinesis = (stage: Stage) => ({ ...role(stage), PolicyName: 'kinesis' });

const BOUNDARY = 'arn:aws:iam::aws:policy/AmazonKinesisFullAccess';

const allow = (Action: string, Resource = '*') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });

const trust = (Principal: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
  });

/** Changes a text in the role's policy. */
const changePolicy = (from: string, to: string) => async (stage: Stage) => {
  const { PolicyDocument = '' } = await stage.iam.send(new GetRolePolicyCommand(kinesis(stage)));
  const text = decodeURIComponent(PolicyDocument);
  if (!text.includes(from)) throw new TypeError(`The policy has no ${from}: ${text}`);
  await stage.iam.send(
    new PutRolePolicyCommand({ ...kinesis(stage), PolicyDocument: text.replace(from, to) }),
  );
};

/** The role, as somebody leaves it. */
export const consoleRoleFaults: readonly Fault[] = [
  {
    ...drift,
    id: 'console-role-widened',
    broken: "The role's policy allows every action of Kinesis",
    blames: { says: 'Role policy kinesis' },
    async byHand(stage) {
      const PolicyDocument = allow('kinesis:*');
      await stage.iam.send(new PutRolePolicyCommand({ ...kinesis(stage), PolicyDocument }));
    },
  },
  {
    ...drift,
    id: 'console-role-narrowed',
    broken: 'kinesis:PutRecords is taken out of the policy',
    blames: 'PutRecords',
    caughtBy: ['Drift', 'PutRecords'],
    mayFail: ['CoveredStreams'],
    byHand: changePolicy('"kinesis:PutRecords"', '"kinesis:AddTagsToStream"'),
  },
  {
    ...drift,
    id: 'console-role-policy-attached',
    broken: 'A managed policy is attached to the role',
    blames: { says: 'Role policy everything' },
    async byHand(stage) {
      const { Policy: policy } = await stage.iam.send(
        new CreatePolicyCommand({ PolicyName: 'everything', PolicyDocument: allow('*') }),
      );
      await stage.iam.send(new AttachRolePolicyCommand({ ...role(stage), PolicyArn: policy?.Arn }));
    },
  },
  {
    ...drift,
    id: 'console-boundary-removed',
    broken: "The role's permissions boundary is taken away",
    blames: { says: 'Role: boundary is missing' },
    parameters: { permissionsBoundaryArn: BOUNDARY },
    async byHand(stage) {
      await stage.iam.send(new DeleteRolePermissionsBoundaryCommand(role(stage)));
    },
  },
  {
    ...drift,
    id: 'console-boundary-changed',
    broken: 'The role has another permissions boundary, which lacks kinesis:PutRecord',
    blames: 'PutRecord',
    caughtBy: ['Drift', 'PutRecord'],
    mayFail: 'any',
    parameters: { permissionsBoundaryArn: BOUNDARY },
    async byHand(stage) {
      const PolicyDocument = JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', NotAction: 'kinesis:PutRecord', Resource: '*' }],
      });
      const { Policy: policy } = await stage.iam.send(
        new CreatePolicyCommand({ PolicyName: 'narrow', PolicyDocument }),
      );
      const PermissionsBoundary = policy?.Arn;
      await stage.iam.send(
        new PutRolePermissionsBoundaryCommand({ ...role(stage), PermissionsBoundary }),
      );
    },
  },
  {
    ...drift,
    id: 'console-trust-broken',
    broken: 'API Gateway may no longer take the role',
    blames: 'CreateStream',
    caughtBy: ['Drift', 'CreateStream'],
    mayFail: 'any',
    async byHand(stage) {
      const PolicyDocument = trust({ Service: 'lambda.amazonaws.com' });
      await stage.iam.send(new UpdateAssumeRolePolicyCommand({ ...role(stage), PolicyDocument }));
    },
  },
  {
    ...drift,
    id: 'console-trust-widened',
    broken: 'Everybody in the account may take the role as well',
    blames: { says: 'Role: trust' },
    async byHand(stage) {
      const PolicyDocument = trust({
        Service: 'apigateway.amazonaws.com',
        AWS: 'arn:aws:iam::000000000000:root',
      });
      await stage.iam.send(new UpdateAssumeRolePolicyCommand({ ...role(stage), PolicyDocument }));
    },
  },
];
