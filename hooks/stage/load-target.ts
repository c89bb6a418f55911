import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  type CloudFormationClientConfig,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import type { OutputName } from '../../resources/outputs';
import type { DeclaredProducer } from '../../resources/producers/declared';
import type { DeclaredStream } from '../../resources/streams/declared';
import { type CompiledTemplate, HookError } from '../framework';
import { unhurried } from './clients';
import { servedDeployment } from './deployments';
import { deploymentOf } from './own';
import { patient } from './patient';
import { parametersIn, streamsIn } from './remembered';
import { shadowStageOf, withoutShadow } from './shadow';
import { apiStage, type Target } from './target';

/** Where to look for a stage. */
export interface StageAddress {
  readonly stage: string;
  readonly region: string;
  /** The service's name in serverless.ts. */
  readonly service: string;
  readonly stackName: string;
  /** The streams that the checkout declares for the stage. */
  readonly declared?: readonly DeclaredStream[];
  /** The producers that it declares. */
  readonly producers?: readonly DeclaredProducer[];
  readonly config: CloudFormationClientConfig;
}

/** A stack as CloudFormation has it. */
export interface Stack {
  readonly template: CompiledTemplate;
  /** By logical id. */
  readonly physicalIds: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly stackId: string;
  /** `UPDATE_COMPLETE` */
  readonly status: string;
  readonly changedAt: Date;
  readonly accountId: string;
  readonly partition: string;
  /** True if CloudFormation refuses to delete it. */
  readonly isDeletionProtected?: boolean;
}

function parsed(body: string): CompiledTemplate {
  const template = JSON.parse(body) as CompiledTemplate;
  // A stack of no resources, whose deployment bucket is another's.
  return template.Resources === undefined ? { ...template, Resources: {} } : template;
}

type StackAddress = Pick<StageAddress, 'stackName' | 'config'>;

/**
 * Reads a stack. @returns undefined when there is none
 * @throws Unasked when AWS cannot be called
 */
export async function readStack({ stackName, config }: StackAddress): Promise<Stack | undefined> {
  const client = new CloudFormationClient({ ...config, maxAttempts: 1 });
  const asked = patient(client, { ...unhurried, service: 'CloudFormation', isVital: true });
  try {
    return await read(asked, stackName);
  } catch (error) {
    if (/does not exist/.test(String(error))) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}

async function read(client: CloudFormationClient, StackName: string): Promise<Stack> {
  const [{ Stacks: [stack] = [] }, { TemplateBody = '{}' }, resources] = await Promise.all([
    client.send(new DescribeStacksCommand({ StackName })),
    client.send(new GetTemplateCommand({ StackName, TemplateStage: 'Original' })),
    listResources(client, StackName),
  ]);
  const physicalIds: Record<string, string> = {};
  for (const resource of resources) {
    const { LogicalResourceId: id = '', PhysicalResourceId: physicalId = '' } = resource;
    // Resources removed by an update are still listed for some time.
    if (resource.ResourceStatus === 'DELETE_COMPLETE') continue;
    physicalIds[id] = physicalId;
  }
  const [, partition = 'aws', , , accountId = ''] = stack?.StackId?.split(':') ?? [];
  return {
    template: parsed(TemplateBody),
    physicalIds,
    outputs: Object.fromEntries(
      (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
        OutputKey,
        OutputValue,
      ]),
    ),
    status: stack?.StackStatus ?? '',
    changedAt: stack?.LastUpdatedTime ?? stack?.CreationTime ?? new Date(),
    accountId,
    stackId: stack?.StackId ?? '',
    partition,
    isDeletionProtected: stack?.EnableTerminationProtection ?? false,
  };
}

/**
 * Reads what a stage was deployed as, from its stack and not from the command line of the moment.
 * @throws HookError when the stage is not deployed, or was deployed by an older version
 * @throws Unasked when AWS cannot be called
 */
export async function loadTarget(address: StageAddress): Promise<Target> {
  return targetOf(address, await readStack(address));
}

/** The same, from a stack that has been read already. */
export async function targetOf(address: StageAddress, stack: Stack | undefined): Promise<Target> {
  const { stage, region, service, stackName, declared, producers } = address;
  if (stack === undefined) throw notDeployed(address, `The stack ${stackName} does not exist.`);
  const { template, physicalIds, accountId, partition, stackId } = stack;
  const outputs: Partial<Record<OutputName, string>> = stack.outputs;
  const parameters = parametersIn(template);
  const { InvokeUrl: invokeUrl, RestApiId: restApiId, ApiKeyId: apiKeyId } = outputs;
  const deploymentId = parameters?.restApiId
    ? await liveDeployment(address, parameters.restApiId, apiStage({ parameters, stage }))
    : physicalIds[deploymentOf(template) ?? ''];
  if (!invokeUrl || !restApiId || deploymentId === undefined || !parameters) {
    throw notDeployed(
      address,
      `The stack ${stackName} was deployed by a version that this one cannot read.`,
    );
  }
  const shadow = physicalIds[shadowStageOf(template) ?? ''];
  return {
    service,
    stage,
    region,
    invokeUrl,
    restApiId,
    deploymentId,
    apiKeyId,
    parameters,
    streams: streamsIn(template),
    stack: {
      service,
      ...(declared && { declared }),
      ...(producers && { producers }),
      template: shadow === undefined ? template : withoutShadow(template),
      physicalIds,
      accountId,
      partition,
      stackId,
      ...(shadow !== undefined && { shadow }),
    },
  };
}

async function listResources(
  client: CloudFormationClient,
  StackName: string,
): Promise<StackResourceSummary[]> {
  const found: StackResourceSummary[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName })) {
    found.push(...(page.StackResourceSummaries ?? []));
  }
  return found;
}

/** The stack has no deployment of a shared API: ../existing-api.ts deploys its stage. */
async function liveDeployment(
  { config }: StageAddress,
  restApiId: string,
  stage: string,
): Promise<string> {
  const client = new APIGatewayClient({ ...config, maxAttempts: 1 });
  const asked = patient(client, { ...unhurried, service: "API Gateway's own API", isVital: true });
  try {
    // A deleted stage serves nothing, but the rest of the stack can still be read.
    return (await servedDeployment(asked, restApiId, stage)) ?? '';
  } finally {
    client.destroy();
  }
}

function notDeployed({ stage }: StageAddress, reason: string, cause?: unknown): HookError {
  return new HookError(
    'STAGE_NOT_DEPLOYED',
    `${reason} Deploy it first: npx serverless deploy --stage ${stage}`,
    { cause },
  );
}
