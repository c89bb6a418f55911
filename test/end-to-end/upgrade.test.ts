import {
  CloudFormationClient,
  CreateStackCommand,
  paginateListStackResources,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { CompiledTemplate } from '../../hooks/framework';
import { type Release, releases, type StageName } from '../support/releases';
import { allowAccessLogs } from '../support/whole-stack';
import { openWorkbench, type Workbench } from './support/workbench';

// A stage that a released version has deployed gets the newest by `serverless deploy`, in place:
// its URL, its role and its keys are what clients and other stacks have written down.

/** The service's name in the kept templates, and in the copy that is deployed. */
const SERVICE = 'kinesis-rest-proxy';
const POLL = { maxWaitTime: 60, minDelay: 0.01, maxDelay: 0.05 };
const BUCKET = 'ServerlessDeploymentBucket';
/** The test's own bucket: the template is larger than a request may be. */
const TEMPLATES = { Bucket: 'templates', Key: 'template.json' };

/** A replacement of any of these takes something from those who use the stage. */
const STAYS =
  /^AWS::(ApiGateway::(RestApi|Stage|ApiKey|UsagePlan|UsagePlanKey|DomainName|BasePathMapping)|IAM::Role|Logs::LogGroup|Lambda::Function|S3::Bucket)$/;

/** Resources that each stage must have, so that the test cannot pass without them. */
const HAS: Readonly<Record<StageName, readonly string[]>> = {
  open: ['RestApi', 'Stage', 'AccessLog'],
  signed: ['RestApi', 'Stage', 'AccessLog'],
  whole: ['RestApi', 'ApiKey', 'UsagePlan', 'UsagePlanKey', 'DomainName'],
};

let workbench: Workbench;
let cloudFormation: CloudFormationClient;
let s3: S3Client;

beforeAll(async () => {
  workbench = await openWorkbench();
  cloudFormation = new CloudFormationClient(workbench.sdk);
  s3 = new S3Client({ ...workbench.sdk, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: TEMPLATES.Bucket }));
  await allowAccessLogs(workbench.sdk);
});
afterAll(async () => {
  cloudFormation.destroy();
  s3.destroy();
  await workbench.close();
});

/** Deploys a template as the framework did: first its bucket, then what has its code in there. */
async function deployRelease(StackName: string, template: CompiledTemplate): Promise<void> {
  const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
  const { [BUCKET]: bucket, CanaryLambdaFunction: canary } = template.Resources;
  const TemplateBody = JSON.stringify({ Resources: { [BUCKET]: bucket } });
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities }));
  await waitUntilStackCreateComplete({ client: cloudFormation, ...POLL }, { StackName });
  const Bucket = (await physicalIds(StackName))[BUCKET] ?? '';
  const { Code: code } = (canary?.Properties ?? {}) as { Code?: { S3Key?: string } };
  if (code !== undefined) {
    await s3.send(new PutObjectCommand({ Bucket, Key: code.S3Key, Body: 'PK\u0003\u0004 code' }));
  }
  await s3.send(new PutObjectCommand({ ...TEMPLATES, Body: JSON.stringify(template) }));
  const TemplateURL = `${workbench.endpoint}/${TEMPLATES.Bucket}/${TEMPLATES.Key}`;
  await cloudFormation.send(new UpdateStackCommand({ StackName, TemplateURL, Capabilities }));
  await waitUntilStackUpdateComplete({ client: cloudFormation, ...POLL }, { StackName });
}

/** Of the resources that must stay, by logical id. */
async function physicalIds(StackName: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const page of paginateListStackResources({ client: cloudFormation }, { StackName })) {
    for (const summary of page.StackResourceSummaries ?? []) {
      const { LogicalResourceId: id = '', PhysicalResourceId = '', ResourceType = '' } = summary;
      // The endpoints' role is another one where its rights are.
      if (STAYS.test(ResourceType) && !id.startsWith('KinesisRole')) found[id] = PhysicalResourceId;
    }
  }
  return found;
}

/** Calls a URL again and again. @returns ends that, and tells all statuses */
function calledAllTheWhile(url: string): () => Promise<readonly number[]> {
  const statuses: number[] = [];
  const end = new AbortController();
  const calling = (async () => {
    while (!end.signal.aborted) statuses.push((await fetch(url)).status);
  })();
  return async () => {
    end.abort();
    await calling;
    return statuses;
  };
}

const cases = releases().flatMap((release) =>
  (Object.keys(release.stages) as StageName[]).map((name) => ({ release, name })),
);

test.each(cases)(
  '$release.version, stage $name: deploy updates it in place',
  async ({ release, name }: { release: Release; name: StageName }) => {
    const { stage, parameters, template } = release.stages[name];
    const stack = `${SERVICE}-${stage}`;
    await deployRelease(stack, template);
    const before = await physicalIds(stack);
    const url = `${workbench.endpoint}/_aws/execute-api/${before.RestApi}/${stage}/streams`;
    const answer = (await fetch(url)).status;

    const end = calledAllTheWhile(url);
    // The others are not at the address that their stacks tell, or call a backend that is not
    // there.
    const skip = name === 'open' ? [] : ['--skip-verify'];
    const given = Object.entries(parameters).map(([key, value]) => `--param=${key}=${value}`);
    const output = await workbench.succeed('deploy', '--stage', stage, ...skip, ...given);
    const statuses = await end();
    const after = await physicalIds(stack);
    await workbench.succeed('remove', '--stage', stage, ...given);

    expect(output).toContain('Service deployed to stack');
    expect(Object.keys(before)).toEqual(expect.arrayContaining([...HAS[name]]));
    expect(after).toMatchObject(before);
    expect(statuses.length).toBeGreaterThan(10);
    expect([...new Set(statuses)]).toEqual([answer]);
    expect(answer).toBe(name === 'open' ? 200 : 403);
  },
);
