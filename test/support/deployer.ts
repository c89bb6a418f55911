import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { CreatePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type AccessDecision, createAws } from 'embedded-aws';
import { answeredBy } from 'embedded-aws/in-process';
import type { CompiledTemplate } from '../../hooks/framework';
import { addressByContent } from '../../hooks/template/deployment';
import type { Streams } from '../../resources/streams/declaration';
import { declaredStreams } from '../../resources/streams/declared';
import { compiledStack } from './compiled-stack';
import type { Config } from './deploy-stack';
import { assume, makeRights, type Statement, statementsOf } from './rights';
import { allowAccessLogs, withFrameworksOwn } from './whole-stack';

/** The embedded AWS's account. */
export const ACCOUNT = '000000000000';
const OWNER = `arn:aws:iam::${ACCOUNT}:root`;
const POLL = { maxWaitTime: 30, minDelay: 0.005, maxDelay: 0.005 };

/** A role of examples/rights/deployer.yml, with an embedded AWS of its own. */
export interface Deployer {
  readonly owner: Config;
  readonly decisions: AccessDecision[];
  readonly webAclArn: string;
  /** The policies by output, `StackPolicyArn`. */
  readonly outputs: Readonly<Record<string, string>>;
  statements(): Promise<Statement[]>;
  /** Deploys by a change set, as the CLI does. @returns the stack's status and failures */
  deploy(
    values: Readonly<Record<string, string>>,
    change?: (template: CompiledTemplate) => void,
    streams?: Streams,
  ): Promise<string>;
  remove(): Promise<string>;
}

/**
 * Makes the role of a stage, and deploys that stage as the role alone.
 * @param parameters of deployer.yml; a `WebAclArn` of any value is that of a web ACL that is made
 */
export async function deployer(
  parameters: Readonly<Record<string, string>> = {},
): Promise<Deployer> {
  const stage = parameters.Stage ?? 'dev';
  const StackName = `kinesis-rest-proxy-${stage}`;
  const Bucket = `${parameters.BucketPrefix ?? `${StackName}-serverlessdeploymentbucket-`}1`;
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
    Stage: stage,
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
      const arns = ['StackPolicyArn', 'ApiPolicyArn', 'StreamsPolicyArn'].flatMap(
        (name) => outputs[name] ?? [],
      );
      return (await Promise.all(arns.map((arn) => statementsOf(owner, arn)))).flat();
    },
    async deploy(values, change = () => undefined, streams = {}) {
      const template = templateOf(values, stage, streams);
      change(template);
      deploys += 1;
      const Key = `${deploys}.json`;
      const Body = JSON.stringify(template);
      await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
      const ChangeSetName = `deploy-${deploys}`;
      await client.send(
        new CreateChangeSetCommand({
          StackName,
          ChangeSetName,
          ChangeSetType: deploys === 1 ? 'CREATE' : 'UPDATE',
          TemplateURL: `${owner.endpoint}/${Bucket}/${Key}`,
          Capabilities: ['CAPABILITY_NAMED_IAM'],
          Tags: [{ Key: 'STAGE', Value: stage }],
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
function templateOf(
  values: Readonly<Record<string, string>>,
  stage: string,
  streams: Streams,
): CompiledTemplate {
  const declared = declaredStreams(streams, { stage, folder: '.' });
  const template = structuredClone(compiledStack(values, stage, 'us-east-1', declared));
  const whole = structuredClone(template);
  withFrameworksOwn(whole, stage);
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
