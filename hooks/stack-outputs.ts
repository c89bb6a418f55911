import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { OutputName } from '../resources/outputs';
import { type AwsProvider, HookError } from './framework';

/** ApiKeyId is there only where the stage asks for keys. */
export type StackOutputs = Readonly<
  Record<Exclude<OutputName, 'ApiKeyId'>, string> & { ApiKeyId?: string }
>;

const NAMES = [
  'InvokeUrl',
  'RestApiId',
  'RoleArn',
  'Streams',
  'ManagesStreams',
] as const satisfies readonly OutputName[];

/**
 * Reads the deployed stack's outputs.
 * @throws HookError when the stage is not deployed, or was deployed by an older version
 */
export async function stackOutputs(provider: AwsProvider): Promise<StackOutputs> {
  const client = new CloudFormationClient(await provider.getAwsSdkV3Config());
  const stackName = provider.naming.getStackName();
  let found: Record<string, string | undefined>;
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    found = Object.fromEntries(
      (Stacks[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
    );
  } catch (cause) {
    if (!/does not exist/.test(String(cause))) throw cause;
    throw notDeployed(provider, `The stack ${stackName} does not exist.`, cause);
  } finally {
    client.destroy();
  }
  const missing = NAMES.filter((name) => !found[name]);
  if (missing.length > 0) {
    throw notDeployed(provider, `The stack ${stackName} lacks the outputs ${missing.join(', ')}.`);
  }
  return found as unknown as StackOutputs;
}

function notDeployed(provider: AwsProvider, reason: string, cause?: unknown): HookError {
  return new HookError(
    'STAGE_NOT_DEPLOYED',
    `${reason} Deploy it first: npx serverless deploy --stage ${provider.getStage()}`,
    { cause },
  );
}
