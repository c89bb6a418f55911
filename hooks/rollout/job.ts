import {
  type APIGatewayClient,
  GetRestApiCommand,
  GetStageCommand,
} from '@aws-sdk/client-api-gateway';
import { logicalIds } from '../../resources/logical-ids';
import { type ExistingApi, existingApi } from '../existing-api/api';
import { markText, readMark } from '../existing-api/mark';
import type { CompiledTemplate, Options, Serverless, Utils } from '../framework';
import { withClients } from '../stage/clients';
import { deployedCopy } from '../stage/deployed-copy';
import {
  deployedStageIfAny,
  foundStack,
  foundStageIfAny,
  parameterOf,
} from '../stage/deployed-stage';
import type { Stack } from '../stage/load-target';
import { rememberedBy } from '../stage/shadow';
import { sharesApi, type Target } from '../stage/target';
import { namedStreams } from '../streams/template';
import { contentOf, DEPLOYED_TYPES } from '../template/deployment';
import { DeployedApi, isWhole, type LivingStage } from './deployed';
import { withOwnersStage } from './owners-stage';
import { type Plan, planOf } from './plan';
import { withDeploymentId, withRightIds } from './settled-ids';
import { servesTheSame } from './shadow';

/** A deploy: what it starts from, and what it is to do. */
export interface Job extends Plan {
  readonly packaged: CompiledTemplate;
  readonly whole: CompiledTemplate;
  readonly before: CompiledTemplate;
  /** The stack; undefined at a first deployment. */
  readonly stack: Stack | undefined;
  /** The stage; undefined if there is none yet. */
  readonly living: LivingStage | undefined;
  /** A shared API; undefined where the stack has one of its own. */
  readonly shared: ExistingApi | undefined;
  /** The deployment that the stage of a shared API served. */
  readonly served: string | undefined;
  /** The REST API's name of the stage. */
  readonly live: string;
}

/** Plans a deploy of the compiled template. Only what an earlier deploy left behind is deleted. */
export async function planJob(
  serverless: Serverless,
  options: Options,
  utils: Utils,
): Promise<Job> {
  const { provider } = serverless.service;
  const compiled = provider.compiledCloudFormationTemplate;
  const stack = await foundStack(serverless);
  const before = stack
    ? (rememberedBy(stack.template) ?? stack.template)
    : (provider.coreCloudFormationTemplate ?? { Resources: {} });
  const living = livingIn(await foundStageIfAny(serverless));
  const { packaged, notice } = await settled(serverless, utils, compiled, before, living);
  const shared = existingApi(serverless, (name) => parameterOf(serverless, name));
  const live = shared?.stageName ?? serverless.getProvider('aws').getStage();
  const owners = shared && (await ownersStage(serverless, packaged, shared));
  const whole = owners?.whole ?? packaged;
  const isChanged = owners
    ? owners.isNew || !hasSamePlan(packaged, before)
    : !servesTheSame(packaged, before);
  const wants =
    !options['skip-verify'] && parameterOf(serverless, 'shadow') === 'true' && isChanged;
  const obstacle = wants ? (owners?.obstacle ?? obstacleOf(packaged, before, stack)) : undefined;
  if (obstacle !== undefined) {
    utils.log.notice(`${obstacle}: the new version is verified when it is live`);
  }
  const plan = planOf({
    packaged,
    whole,
    before,
    physicalIds: idsOf(stack, before),
    isWhole: stack === undefined || isWhole(stack),
    isToBeVerified: wants && obstacle === undefined,
    sharesApi: shared !== undefined,
    kept: options['on-failure'] === 'rollback' ? 'all' : 'rights',
  });
  return {
    ...plan,
    hasChanges: plan.hasChanges || notice !== undefined,
    notice: [plan.notice, notice].filter((text) => text !== undefined).join('\n') || undefined,
    packaged,
    whole,
    before,
    stack,
    living,
    shared,
    served: owners?.served,
    live,
  };
}

export async function livingStage(serverless: Serverless): Promise<LivingStage | undefined> {
  return livingIn(await deployedStageIfAny(serverless));
}

const livingIn = (found: Target | undefined): LivingStage | undefined =>
  found?.stack && { ...found, stack: found.stack };

/** The template under the ids that the stack has, and with a deployment of its own where it needs one. */
async function settled(
  serverless: Serverless,
  utils: Utils,
  compiled: CompiledTemplate,
  before: CompiledTemplate,
  living: LivingStage | undefined,
): Promise<{ readonly packaged: CompiledTemplate; readonly notice?: string }> {
  const named = withRightIds(compiled, before);
  if (living === undefined) return { packaged: named };
  const api = new DeployedApi(serverless, utils);
  const parts = await api.clear(living);
  if (sharesApi(living)) return { packaged: named };
  const stage = { ...living, stack: { ...living.stack, template: before } };
  const reason = parts && (await api.reasonToDeployAgain(stage, named, parts));
  const packaged = withDeploymentId(named, stage.stack, reason !== undefined);
  return { packaged, ...(reason && { notice: `${reason}: it gets a new deployment` }) };
}

/** Without the remains of a shadow, except for parts of the API, which would be in the way. */
function idsOf(stack: Stack | undefined, before: CompiledTemplate): Record<string, string> {
  return Object.fromEntries(
    Object.entries(stack?.physicalIds ?? {}).filter(([id]) => {
      const type = stack?.template.Resources[id]?.Type;
      return before.Resources[id] !== undefined || type === undefined || DEPLOYED_TYPES.test(type);
    }),
  );
}

const ONLY_AT_ITS_DOMAIN = 'The API answers at its own domain only, which leads to the live stage';

/** @returns the reason why no request can reach the new version before it is live. */
export function obstacleOf(
  packaged: CompiledTemplate,
  before: CompiledTemplate,
  stack: Stack | undefined,
): string | undefined {
  if (stack !== undefined && !isWhole(stack)) return 'The last update of the stack failed';
  const [next, now] = [packaged, before].map(
    ({ Resources }) =>
      Resources[logicalIds.restApi]?.Properties as Readonly<Record<string, unknown>>,
  );
  if (next?.DisableExecuteApiEndpoint || now?.DisableExecuteApiEndpoint) {
    return ONLY_AT_ITS_DOMAIN;
  }
  const isMoved =
    now !== undefined &&
    JSON.stringify(next?.EndpointConfiguration) !== JSON.stringify(now.EndpointConfiguration);
  if (isMoved) return 'The API goes to another endpoint, with all its stages';
  const renamed = namedStreams(packaged).find(({ id, name }) =>
    namedStreams(before).some((stream) => stream.id === id && stream.name !== name),
  );
  // CloudFormation could not take it back: the stream that it replaces stays.
  return renamed && `The stream ${renamed.name} takes the place of another`;
}

/** True if a shared API's usage plan stays as it is. */
function hasSamePlan(packaged: CompiledTemplate, before: CompiledTemplate): boolean {
  const [next, now] = [packaged, before].map(({ Resources }) =>
    JSON.stringify(Resources[logicalIds.usagePlan]),
  );
  return next === now;
}

function ownersStage(serverless: Serverless, packaged: CompiledTemplate, api: ExistingApi) {
  return withClients(serverless, ({ apiGateway }) => lookAtOwners(apiGateway, packaged, api));
}

async function lookAtOwners(
  client: APIGatewayClient,
  packaged: CompiledTemplate,
  { restApiId, stageName, owner }: ExistingApi,
) {
  const stage = await client.send(new GetStageCommand({ restApiId, stageName }));
  const { disableExecuteApiEndpoint } = await client.send(new GetRestApiCommand({ restApiId }));
  const served = stage.deploymentId ?? '';
  const mark = readMark(owner, (await deployedCopy(client, restApiId, served))?.description);
  const content = contentOf(packaged);
  const description = markText({ owner, content, before: mark?.before ?? served });
  return {
    served,
    isNew: mark?.content !== content,
    obstacle: disableExecuteApiEndpoint ? ONLY_AT_ITS_DOMAIN : undefined,
    whole: withOwnersStage(packaged, restApiId, stage, description),
  };
}
