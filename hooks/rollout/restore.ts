import { randomUUID } from 'node:crypto';
import {
  CloudFormationClient,
  type CloudFormationClientConfig,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import type { CompiledTemplate } from '../framework';
import { WITHIN_S } from './at-rest';

/** A stack, and the place for a template that is too large for a request. */
export interface RestoredStack {
  readonly config: CloudFormationClientConfig;
  readonly stackName: string;
  readonly region: string;
  readonly bucket: () => Promise<string>;
  /** The key of the object. One of this deploy's own is overwritten, so that it holds what is deployed. */
  readonly key: string;
  /** True if the object is to be deleted again. */
  readonly isTemporary: boolean;
  /** How often the stack is looked at, in seconds. */
  readonly pollS: number;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST_BYTES_IN_A_REQUEST = 51_200;

/** The reason of a change set for a stack that has the template already. */
const UNCHANGED = /didn't contain changes|No updates are to be performed/;

/**
 * Updates the stack to a template that it had before: stage, settings, role, models and all. A stack
 * that had no resources is deleted. By a change set, as the framework's own updates are, so that
 * it needs no other permission. Its requests have tokens: one that the SDK repeats, because its
 * answer was lost, is carried out once.
 * @throws the SDK's error, or the waiter's with what CloudFormation says
 */
export async function restore(stack: RestoredStack, template: CompiledTemplate): Promise<void> {
  const client = new CloudFormationClient(stack.config);
  try {
    if (Object.keys(template.Resources).length === 0) await deleteStack(client, stack);
    else await update(client, stack, template);
  } finally {
    client.destroy();
  }
}

const waiting = ({ pollS }: RestoredStack, client: CloudFormationClient) => ({
  client,
  maxWaitTime: WITHIN_S,
  minDelay: pollS,
  maxDelay: pollS,
});

async function deleteStack(client: CloudFormationClient, stack: RestoredStack): Promise<void> {
  const name = { StackName: stack.stackName };
  await client.send(new DeleteStackCommand(name));
  await waitUntilStackDeleteComplete(waiting(stack, client), name);
}

async function update(
  client: CloudFormationClient,
  stack: RestoredStack,
  template: CompiledTemplate,
): Promise<void> {
  const StackName = stack.stackName;
  const body = JSON.stringify(template);
  const isSmall = Buffer.byteLength(body) <= MOST_BYTES_IN_A_REQUEST;
  const upload = isSmall ? undefined : await uploaded(stack, body);
  const changeSet = { StackName, ChangeSetName: `${StackName}-restore`.slice(0, 128) };
  const { Parameters: parameters = {} } = template as { readonly Parameters?: object };
  try {
    await client.send(new DeleteChangeSetCommand(changeSet));
    await client.send(
      new CreateChangeSetCommand({
        ...changeSet,
        ChangeSetType: 'UPDATE',
        ClientToken: randomUUID(),
        ...(upload ? { TemplateURL: upload.url } : { TemplateBody: body }),
        Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
        Parameters: Object.keys(parameters).map((ParameterKey) => ({
          ParameterKey,
          UsePreviousValue: true,
        })),
      }),
    );
    await waitUntilChangeSetCreateComplete(waiting(stack, client), changeSet);
  } catch (error) {
    const { StatusReason: reason = '' } = await client
      .send(new DescribeChangeSetCommand(changeSet))
      .catch(() => ({ StatusReason: undefined }));
    if (!UNCHANGED.test(reason)) throw error;
    await client.send(new DeleteChangeSetCommand(changeSet));
    return;
  } finally {
    await upload?.remove();
  }
  const execute = { ...changeSet, ClientRequestToken: randomUUID() };
  await client.send(new ExecuteChangeSetCommand(execute));
  await waitUntilStackUpdateComplete(waiting(stack, client), { StackName });
}

async function uploaded({ config, region, bucket, key, isTemporary }: RestoredStack, Body: string) {
  const { DeleteObjectCommand, PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  const { credentials, endpoint, requestHandler } = config;
  const client = new S3Client({
    region,
    forcePathStyle: true,
    ...(credentials && { credentials }),
    ...(endpoint && { endpoint }),
    ...(requestHandler && { requestHandler }),
  });
  const object = { Bucket: await bucket(), Key: key };
  await client.send(new PutObjectCommand({ ...object, Body, ContentType: 'application/json' }));
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return {
    url: `https://s3.${region}.${suffix}/${object.Bucket}/${object.Key}`,
    async remove() {
      if (isTemporary) await client.send(new DeleteObjectCommand(object));
      client.destroy();
    },
  };
}
