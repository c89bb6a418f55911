import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import type { Config } from './deploy-stack';

const POLL = { maxWaitTime: 60, minDelay: 0.01, maxDelay: 0.01 };

/** Creates a stack of any template that fits into a request. @returns its outputs */
export async function createStack(
  config: Config,
  StackName: string,
  template: object,
): Promise<Readonly<Record<string, string>>> {
  const client = new CloudFormationClient(config);
  try {
    const TemplateBody = JSON.stringify(template);
    const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
    await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities }));
    await waitUntilStackCreateComplete({ client, ...POLL }, { StackName });
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    const outputs = stack?.Outputs ?? [];
    return Object.fromEntries(
      outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    );
  } finally {
    client.destroy();
  }
}
