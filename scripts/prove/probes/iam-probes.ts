import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import type { Run } from '../run';
import type { Bench, Probe } from './probe';
import { type Resources, requireStatus, withStack } from './throwaway-stack';

/** AWS's own, with an action that each allows. */
const OF_AWS: Readonly<Record<string, string>> = {
  AmazonKinesisFullAccess: 'kinesis:*',
  AmazonKinesisReadOnlyAccess: 'kinesis:Describe*',
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs': 'logs:PutLogEvents',
  'service-role/AWSLambdaBasicExecutionRole': 'logs:PutLogEvents',
};

const STREAMS = 'arn:aws:kinesis:*:*:stream/';

/** Allows and denies with patterns of every kind. Nobody can assume the role. */
const STATEMENTS = [
  { Effect: 'Allow', Action: ['kinesis:Get*', 'kinesis:List?hards'], Resource: `${STREAMS}a*` },
  { Effect: 'Deny', Action: 'kinesis:GetShardIterator', Resource: '*' },
  { Effect: 'Allow', NotAction: ['iam:*', 'kinesis:*'], NotResource: `${STREAMS}b` },
];

/** An action, the end of the stream's name, and the decision that the statements lead to. */
const DECISIONS = [
  ['kinesis:GetRecords', 'a1', 'allowed'],
  ['kinesis:GetRecords', 'b', 'implicitDeny'],
  ['kinesis:ListShards', 'a1', 'allowed'],
  ['kinesis:GetShardIterator', 'a1', 'explicitDeny'],
  ['kinesis:PutRecord', 'a1', 'implicitDeny'],
  ['logs:GetLogEvents', 'a1', 'allowed'],
  ['logs:GetLogEvents', 'b', 'implicitDeny'],
] as const;

const document = (statements: readonly object[]) => ({
  Version: '2012-10-17',
  Statement: statements,
});

const allow = (Action: string) => document([{ Effect: 'Allow', Action, Resource: '*' }]);

const NAME = ({ stackName }: Run): string => `${stackName}-probe`;

const role = (run: Run, Policies: readonly object[] = []) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: NAME(run),
    AssumeRolePolicyDocument: document([
      { Effect: 'Deny', Principal: { AWS: run.account }, Action: 'sts:AssumeRole' },
    ]),
    Policies,
  },
});

const CAPABILITIES = { Capabilities: ['CAPABILITY_NAMED_IAM' as const] };

/** Lets a probe have a role, with what else is of its stack. */
const withRole = <Result>(
  bench: Bench,
  resources: Resources,
  ask: (RoleName: string, update: (after: Resources) => Promise<void>) => Promise<Result>,
) =>
  withStack(bench, 'roles', async (stack) => {
    requireStatus(await stack.create(resources, CAPABILITIES), 'CREATE_COMPLETE');
    return ask(NAME(bench.run), async (after) => {
      requireStatus(await stack.update(after, CAPABILITIES), 'UPDATE_COMPLETE');
    });
  });

/** Policies, and what they decide. */
export const iamProbes: readonly Probe[] = [
  {
    name: 'role-policies',
    question: "Are a stack's Policy and RolePolicy put into the role that they name?",
    rows: ['cloudformation: `AWS::IAM::Policy`, `RolePolicy`'],
    expected: { names: ['first', 'second'], isKept: true },
    ask(bench) {
      const { run, recorder } = bench;
      const client = run.clients.iam;
      const First = {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'first',
          PolicyDocument: allow('kinesis:ListStreams'),
          Roles: [{ Ref: 'Role' }],
        },
      };
      const Second = {
        Type: 'AWS::IAM::RolePolicy',
        Properties: {
          PolicyName: 'second',
          PolicyDocument: allow('kinesis:ListShards'),
          RoleName: { Ref: 'Role' },
        },
      };
      return withRole(bench, { Role: role(run), First, Second }, async (RoleName) => {
        const { PolicyNames = [] } = await recorder.command(
          client,
          new ListRolePoliciesCommand({ RoleName }),
        );
        const { PolicyDocument = '' } = await recorder.command(
          client,
          new GetRolePolicyCommand({ RoleName, PolicyName: 'first' }),
        );
        const isKept = decodeURIComponent(PolicyDocument).includes('kinesis:ListStreams');
        return { names: [...PolicyNames].sort(), isKept };
      });
    },
  },
  {
    name: 'managed-policy',
    question: "Is a stack's managed policy attached, and updated oftener than it has versions?",
    rows: ['cloudformation: `AWS::IAM::ManagedPolicy`'],
    expected: { attached: true, version: 'kinesis:ListTags6' },
    ask(bench) {
      const { run, recorder } = bench;
      const client = run.clients.iam;
      const resources = (turn: number): Resources => ({
        Role: role(run),
        Policy: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: {
            ManagedPolicyName: NAME(run),
            PolicyDocument: allow(`kinesis:ListTags${turn}`),
            Roles: [{ Ref: 'Role' }],
          },
        },
      });
      return withRole(bench, resources(0), async (RoleName, update) => {
        // A policy has five versions at most.
        for (let turn = 1; turn <= 6; turn += 1) await update(resources(turn));
        const { AttachedPolicies: [policy] = [] } = await recorder.command(
          client,
          new ListAttachedRolePoliciesCommand({ RoleName }),
        );
        const PolicyArn = policy?.PolicyArn;
        const { Policy } = await recorder.command(client, new GetPolicyCommand({ PolicyArn }));
        const { PolicyVersion } = await recorder.command(
          client,
          new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
        );
        const [version] = /kinesis:ListTags\d/.exec(decoded(PolicyVersion)) ?? [];
        return { attached: policy?.PolicyName === NAME(run), version };
      });
    },
  },
  {
    name: 'iam-decisions',
    question: 'How does SimulatePrincipalPolicy decide with denials, NotAction and NotResource?',
    rows: ['cloudformation: decisions', 'cloudformation: SimulatePrincipalPolicy'],
    expected: Object.fromEntries(
      DECISIONS.map(([action, stream, decision]) => [`${action} ${stream}`, decision]),
    ),
    ask(bench) {
      const { run, recorder } = bench;
      const policy = { PolicyName: 'probe', PolicyDocument: document(STATEMENTS) };
      return withRole(bench, { Role: role(run, [policy]) }, async (RoleName) => {
        const observed: Record<string, unknown> = {};
        for (const [action, stream] of DECISIONS) {
          const { EvaluationResults: [result] = [] } = await recorder.command(
            run.clients.iam,
            new SimulatePrincipalPolicyCommand({
              PolicySourceArn: `arn:aws:iam::${run.account}:role/${RoleName}`,
              ActionNames: [action],
              ResourceArns: [`arn:aws:kinesis:${run.place.region}:${run.account}:stream/${stream}`],
            }),
          );
          observed[`${action} ${stream}`] = result?.EvalDecision;
        }
        return observed;
      });
    },
  },
  {
    name: 'policies-of-aws',
    question: "Do AWS's managed policies allow what the embedded ones allow?",
    rows: ['cloudformation: managed policies of AWS'],
    expected: Object.fromEntries(Object.keys(OF_AWS).map((name) => [name, true])),
    async ask({ run, recorder }) {
      const client = run.clients.iam;
      const observed: Record<string, unknown> = {};
      for (const [name, action] of Object.entries(OF_AWS)) {
        const PolicyArn = `arn:aws:iam::aws:policy/${name}`;
        const { Policy } = await recorder.command(client, new GetPolicyCommand({ PolicyArn }));
        const { PolicyVersion } = await recorder.command(
          client,
          new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
        );
        observed[name] = decoded(PolicyVersion).includes(`"${action}"`);
      }
      return observed;
    },
  },
];

const decoded = ({ Document = '' }: { readonly Document?: string | undefined } = {}): string =>
  decodeURIComponent(Document);
