import {
  type CloudFormationClient,
  DescribeStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  paginateListStreamConsumers,
  ResourceNotFoundException,
  type StreamDescriptionSummary,
} from '@aws-sdk/client-kinesis';

/** The clients that streams are looked for with. */
export interface Clients {
  readonly kinesis: KinesisClient;
  readonly cloudFormation: CloudFormationClient;
}

/** A stream as it is; undefined if there is none. */
export async function summaryOf(
  kinesis: KinesisClient,
  StreamName: string,
): Promise<StreamDescriptionSummary | undefined> {
  try {
    const { StreamDescriptionSummary: summary } = await kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName }),
    );
    return summary;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** The name of the stack that a stream belongs to; undefined if it is of none, or may not be asked. */
export async function ownerOf(
  cloudFormation: CloudFormationClient,
  name: string,
): Promise<string | undefined> {
  try {
    const { StackResources: resources = [] } = await cloudFormation.send(
      new DescribeStackResourcesCommand({ PhysicalResourceId: name }),
    );
    return resources.find(
      ({ ResourceType, PhysicalResourceId, ResourceStatus = '' }) =>
        ResourceType === 'AWS::Kinesis::Stream' &&
        PhysicalResourceId === name &&
        !/^DELETE_(COMPLETE|SKIPPED)$/.test(ResourceStatus),
    )?.StackName;
  } catch (error) {
    const { name: kind, message } = error as Error;
    if (/does not exist/.test(message) || /AccessDenied/.test(kind)) return undefined;
    throw error;
  }
}

/** A consumer with enhanced fan-out. */
export interface Consumer {
  readonly name: string;
  readonly arn: string;
}

/** The consumers of a stream but those of its stack; none if the stream is gone. */
export async function foreignConsumers(
  kinesis: KinesisClient,
  name: string,
  own: readonly string[],
): Promise<Consumer[]> {
  const summary = await summaryOf(kinesis, name);
  if (summary?.ConsumerCount === 0 || summary?.StreamARN === undefined) return [];
  const found: Consumer[] = [];
  const pages = paginateListStreamConsumers({ client: kinesis }, { StreamARN: summary.StreamARN });
  for await (const { Consumers: consumers = [] } of pages) {
    for (const { ConsumerName = '', ConsumerARN: arn = '' } of consumers) {
      if (!own.includes(arn)) found.push({ name: ConsumerName, arn });
    }
  }
  return found;
}
