import {
  AlreadyExistsException,
  CloudFormationClient,
  type CloudFormationClientConfig,
  CreateStackCommand,
  type DescribeStacksCommandOutput,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { CompiledTemplate } from '../../hooks/framework';
import { addressByContent } from '../../hooks/template/deployment';

const Bucket = 'templates';
/** A look at the stack takes a tenth of what it is looked at for. */
const POLL = { maxWaitTime: 60, minDelay: 0.02, maxDelay: 0.02 };

/** An SDK configuration that leads to an embedded AWS. */
export type Config = Pick<
  CloudFormationClientConfig,
  'credentials' | 'maxAttempts' | 'requestHandler'
> & { readonly endpoint: string; readonly region: string };

/**
 * Creates or updates a stack as the CLI's deploy does, without the CLI, which takes two seconds.
 * @returns its outputs
 * @throws the waiter's error, with the stack's events, when it cannot be made
 */
export async function deployStack(
  config: Config,
  StackName: string,
  template: CompiledTemplate,
): Promise<Record<string, string>> {
  const client = new CloudFormationClient(config);
  try {
    const given = {
      StackName,
      TemplateURL: await uploadTemplate(config, addressByContent(template)),
      Capabilities: ['CAPABILITY_NAMED_IAM' as const],
    };
    const isNew = await client.send(new CreateStackCommand(given)).then(
      () => true,
      (error: Error) => {
        if (error instanceof AlreadyExistsException) return false;
        throw error;
      },
    );
    if (!isNew) await client.send(new UpdateStackCommand(given));
    const untilComplete = isNew ? waitUntilStackCreateComplete : waitUntilStackUpdateComplete;
    const { reason } = await untilComplete({ client, ...POLL }, { StackName });
    return outputsIn(reason as DescribeStacksCommandOutput);
  } finally {
    client.destroy();
  }
}

/**
 * Puts a template into S3: it is larger than a request may be.
 * @returns its TemplateURL
 */
export async function uploadTemplate(config: Config, template: CompiledTemplate): Promise<string> {
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
  const Key = 'template.json';
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(template) }));
  s3.destroy();
  return `${config.endpoint}/${Bucket}/${Key}`;
}

/** The outputs of the stack that an answer describes. */
function outputsIn({ Stacks: [stack] = [] }: DescribeStacksCommandOutput): Record<string, string> {
  const outputs = stack?.Outputs ?? [];
  return Object.fromEntries(
    outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}
