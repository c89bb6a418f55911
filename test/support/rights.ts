import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { GetPolicyCommand, GetPolicyVersionCommand, IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { AccessDecision } from 'embedded-aws';
import type { Config } from './deploy-stack';

const FOLDER = path.join(__dirname, '..', '..', 'examples', 'rights');

/** The CloudFormation files of examples/rights. */
export type RightsFile = 'deployer' | 'verifier';

export const rightsTemplate = (file: RightsFile): string =>
  readFileSync(path.join(FOLDER, `${file}.yml`), 'utf8');

/** One statement of a policy, as IAM has it. */
export interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/**
 * Creates the stack of one of the files.
 * @returns its outputs
 */
export async function makeRights(
  config: Config,
  file: RightsFile,
  parameters: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const client = new CloudFormationClient(config);
  const StackName = `rights-${file}`;
  await client.send(
    new CreateStackCommand({
      StackName,
      TemplateBody: rightsTemplate(file),
      Capabilities: ['CAPABILITY_IAM'],
      Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
    }),
  );
  const poll = { client, maxWaitTime: 60, minDelay: 0.01, maxDelay: 0.01 };
  await waitUntilStackCreateComplete(poll, { StackName });
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  client.destroy();
  return Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}

/** The statements of a managed policy. */
export async function statementsOf(config: Config, PolicyArn: string): Promise<Statement[]> {
  const iam = new IAMClient(config);
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const VersionId = Policy?.DefaultVersionId;
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  iam.destroy();
  return JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? '{}')).Statement;
}

/** The credentials of a role. */
export async function assume(config: Config, RoleArn: string) {
  const sts = new STSClient(config);
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'rights' }),
  );
  sts.destroy();
  return {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  };
}

/** The actions of statements that nothing asked for: `Sid action`. */
export function unused(
  statements: readonly Statement[],
  decisions: readonly AccessDecision[],
): string[] {
  return statements.flatMap(({ Sid, Action, Resource }) => {
    const matches = [Resource].flat().map(glob);
    const onThese = decisions.filter(({ resource }) => matches.some((one) => one.test(resource)));
    const asked = new Set(onThese.map(({ action }) => action));
    return Action.filter((action) => !asked.has(action)).map((action) => `${Sid} ${action}`);
  });
}

const glob = (pattern: string) =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')}$`);
