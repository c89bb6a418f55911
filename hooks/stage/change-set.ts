import { randomUUID } from 'node:crypto';
import {
  type CloudFormationClient,
  type CloudFormationClientConfig,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import type { CompiledTemplate, Serverless } from '../framework';
import { stageAddress } from './deployed-stage';

/** A stack that is changed without the framework, and the place for a template that is too large for a request. */
export interface ChangedStack {
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

/** An update of a stack, and its rollback, take a minute or two on AWS. */
export const WITHIN_S = 1_200;

/** How often a stack is looked at, in milliseconds: as often as the framework does. */
export const pollMs = (): number => Number(process.env.SLS_AWS_MONITORING_FREQUENCY) || 5_000;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST_BYTES_IN_A_REQUEST = 51_200;

/** The reason of a change set for a stack that has the template already. */
const UNCHANGED = /didn't contain changes|No updates are to be performed/;

/** The command's stack, for a change without the framework. */
export async function changedStack(serverless: Serverless): Promise<ChangedStack> {
  const provider = serverless.getProvider('aws');
  const { config, stackName, region, service, stage } = await stageAddress(serverless);
  const folder = serverless.service.package?.artifactDirectoryName;
  return {
    config,
    stackName,
    region,
    bucket: () => provider.getServerlessDeploymentBucketName(),
    key: folder
      ? `${folder}/${provider.naming.getCompiledTemplateS3Suffix()}`
      : `${provider.getDeploymentPrefix()}/${service}/${stage}/restored.json`,
    isTemporary: folder === undefined,
    pollS: pollMs() / 1_000,
  };
}

/** Options of the SDK's waiters. */
export const waiting = ({ pollS }: ChangedStack, client: CloudFormationClient) => ({
  client,
  maxWaitTime: WITHIN_S,
  minDelay: pollS,
  maxDelay: pollS,
});

/**
 * Brings a stack to a template by a change set, as the framework does, so that it needs no other
 * permission. A stack that has the template already is left alone. Its requests have tokens: one that
 * the SDK repeats, because its answer was lost, is carried out once.
 * @param purpose the end of the change set's name
 * @param more of the change set; an update by default
 * @throws the SDK's error, or the waiter's with what CloudFormation says
 */
export async function applyTemplate(
  client: CloudFormationClient,
  stack: ChangedStack,
  template: CompiledTemplate,
  purpose: string,
  more: Partial<CreateChangeSetCommandInput> = {},
): Promise<void> {
  const StackName = stack.stackName;
  const body = JSON.stringify(template);
  const isSmall = Buffer.byteLength(body) <= MOST_BYTES_IN_A_REQUEST;
  const upload = isSmall ? undefined : await uploaded(stack, body);
  const changeSet = {
    StackName,
    ChangeSetName: `${StackName.slice(0, 127 - purpose.length)}-${purpose}`,
  };
  const { Parameters: parameters = {} } = template as { readonly Parameters?: object };
  const isNew = more.ChangeSetType === 'CREATE';
  try {
    if (!isNew) await client.send(new DeleteChangeSetCommand(changeSet));
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
        ...more,
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
  const until = isNew ? waitUntilStackCreateComplete : waitUntilStackUpdateComplete;
  await until(waiting(stack, client), { StackName });
}

async function uploaded({ config, region, bucket, key, isTemporary }: ChangedStack, Body: string) {
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
