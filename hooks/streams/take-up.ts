import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { StreamDescriptionSummary } from '@aws-sdk/client-kinesis';
import type { CompiledResource, CompiledTemplate } from '../framework';
import { applyTemplate, type ChangedStack } from '../stage/change-set';
import type { Stack } from '../stage/load-target';
import { rememberedBy } from '../stage/shadow';
import type { FoundStream } from './check';

/** Into which stack streams are taken. */
export interface TakingUp {
  readonly changed: ChangedStack;
  readonly stage: string;
  /** The deployed stack; undefined before the first deployment. */
  readonly stack: Stack | undefined;
  /** The framework's template of a stack that has nothing yet. */
  readonly core: CompiledTemplate | undefined;
  /** The service's role for CloudFormation, if it has one. */
  readonly roleArn: string | undefined;
}

/**
 * Takes streams into the stack as they are, by an update of their own: an import changes nothing of
 * them, and CloudFormation believes the template that it came with, so that one must tell the truth.
 * The update that follows brings them to their declaration.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html
 * @throws the SDK's error, or the waiter's with what CloudFormation says
 */
export async function takeUp(
  { changed, stage, stack, core, roleArn }: TakingUp,
  streams: readonly FoundStream[],
): Promise<void> {
  // Leftovers of a deploy that was cut off are not kept.
  const before = stack ? (rememberedBy(stack.template) ?? stack.template) : core;
  const imported = streams.map(({ id, summary }) => [id, asItIs(summary)]);
  const template = {
    ...before,
    Resources: { ...before?.Resources, ...Object.fromEntries(imported) },
  };
  const client = new CloudFormationClient(changed.config);
  try {
    await applyTemplate(client, changed, template, 'import', {
      ImportExistingResources: true,
      ...(stack === undefined && {
        ChangeSetType: 'CREATE',
        // A stack whose creation has failed could not be deployed to.
        OnStackFailure: 'DELETE',
        // As the framework does.
        Tags: [{ Key: 'STAGE', Value: stage }],
        ...(roleArn && { RoleARN: roleArn }),
      }),
    });
  } finally {
    client.destroy();
  }
}

/**
 * A stream as a resource. Without its tags and shard-level metrics: what CloudFormation does not know,
 * it leaves.
 */
export function asItIs(summary: StreamDescriptionSummary): CompiledResource {
  const mode = summary.StreamModeDetails?.StreamMode ?? 'PROVISIONED';
  const { MaxRecordSizeInKiB: size = 1024 } = summary;
  return {
    Type: 'AWS::Kinesis::Stream',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      Name: summary.StreamName,
      StreamModeDetails: { StreamMode: mode },
      ...(mode === 'PROVISIONED' && { ShardCount: summary.OpenShardCount }),
      RetentionPeriodHours: summary.RetentionPeriodHours,
      ...(summary.EncryptionType === 'KMS' && {
        StreamEncryption: { EncryptionType: 'KMS', KeyId: summary.KeyId },
      }),
      ...(size !== 1024 && { MaxRecordSizeInKiB: size }),
    },
  };
}
