import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { CompiledTemplate, Serverless, Utils } from '../framework';
import { listed } from '../framework/listed';
import { deployedStageIfAny } from '../stage/deployed-stage';
import { missingFrom, readServed } from '../stage/served';
import { apiStage, type DeployedStack, sharesApi, type Target } from '../stage/target';
import { declaredParts, type LivePart } from './api-parts';
import { deleteLeftBehind, type StackApi } from './left-behind';
import {
  deploysTheSame,
  keepingDeployment,
  ownDeployment,
  takenAway,
  withDeploymentId,
} from './plan';
import { removePolicy, removeVariables } from './settings';

/** A stage that is deployed. */
type LivingStage = Target & { readonly stack: DeployedStack };

/**
 * Ensures that a stage no longer serves what a deploy removes. CloudFormation deletes resources
 * that a template no longer declares at the end of an update, after the new Deployment has copied
 * the API with them (serverless/serverless#7542, aws/aws-cdk#14660). So if something is removed,
 * the stack is updated twice: first only the API, keeping the current deployment, then everything
 * with a new deployment. Each update rolls back separately; if the second one fails, the next
 * deploy creates the new deployment. For an existing API the deployment is created after the update
 * (../existing-api.ts).
 */
export class Updates {
  readonly #serverless: Serverless;
  readonly #utils: Utils;
  /**
   * The template that is to be deployed, and the stage as it was before; none at a first
   * deployment.
   */
  #job: { readonly packaged: CompiledTemplate; readonly before: LivingStage } | undefined;
  #update: 'only' | 'first of two' | 'second' = 'only';
  #hasChanges = false;

  constructor(serverless: Serverless, utils: Utils) {
    this.#serverless = serverless;
    this.#utils = utils;
  }

  /** A process may deploy more than once. */
  begin(): void {
    this.#job = undefined;
    this.#update = 'only';
    this.#hasChanges = false;
  }

  /** Before each update of the stack: chooses its template. */
  async plan(): Promise<void> {
    const { provider } = this.#serverless.service;
    const stage = await this.#livingStage();
    if (stage === undefined) return;
    const live = await this.#clear(stage);
    if (sharesApi(stage)) return;
    this.#job ??= { packaged: provider.compiledCloudFormationTemplate, before: stage };
    const { packaged } = this.#job;
    const taken = takenAway(stage.stack, packaged);
    if (taken.length > 0 && this.#update === 'only') {
      this.#update = 'first of two';
      this.#hasChanges = true;
      provider.compiledCloudFormationTemplate = keepingDeployment(
        packaged,
        stage.stack,
        await this.#with(stage, isWhole),
      );
      this.#utils.log.notice(
        `The stack is updated twice, so that the stage stops serving what was removed: ${listed(taken)}`,
      );
      return;
    }
    const reason = live && (await this.#reasonToDeployAgain(stage, packaged, live));
    if (reason !== undefined) this.#utils.log.notice(`${reason}: it gets a new deployment`);
    this.#hasChanges = reason !== undefined || !deploysTheSame(packaged, stage.stack);
    provider.compiledCloudFormationTemplate = withDeploymentId(
      packaged,
      stage.stack,
      reason !== undefined,
    );
  }

  /** The framework compares with its last upload, which may never have been deployed. */
  deployAnyway(): void {
    if (this.#hasChanges) this.#serverless.service.provider.shouldNotDeploy = false;
  }

  async goOn(): Promise<void> {
    if (this.#job === undefined) return;
    const { packaged, before } = this.#job;
    const templates = [before.stack.template, packaged] as const;
    if (this.#update !== 'first of two') {
      await this.#with(before, ({ apiGateway, restApiId }) =>
        removeVariables(apiGateway, restApiId, apiStage(before), ...templates),
      );
      return;
    }
    this.#update = 'second';
    await this.#with(before, ({ apiGateway, restApiId }) =>
      removePolicy(apiGateway, restApiId, ...templates),
    );
    await this.#serverless.pluginManager.spawn('aws:deploy:deploy');
  }

  /** A rollback of the framework's is one update with an earlier template. */
  async warn(): Promise<void> {
    const stage = await this.#livingStage();
    if (stage === undefined || sharesApi(stage)) return;
    const live = await this.#clear(stage);
    const reason = live && (await this.#reasonToDeployAgain(stage, stage.stack.template, live));
    if (reason === undefined) return;
    this.#utils.log.warning(
      `${reason}. Deploy the version that it was rolled back to: npx serverless deploy --stage ${stage.stage}`,
    );
  }

  async #livingStage(): Promise<LivingStage | undefined> {
    const found = await deployedStageIfAny(this.#serverless);
    return found?.stack && { ...found, stack: found.stack };
  }

  /**
   * Deletes what an earlier update left in the API, before it is in the way or deployed once more.
   * @returns the parts that the API has; undefined where they cannot be read
   */
  #clear(stage: LivingStage): Promise<readonly LivePart[] | undefined> {
    return this.#look(stage, (api) =>
      deleteLeftBehind(api, { ...stage.stack, rootPath: stage.parameters.rootPath }),
    );
  }

  /**
   * The reason why a stage needs another deployment although the stack has one of the same content.
   */
  async #reasonToDeployAgain(
    stage: LivingStage,
    next: CompiledTemplate,
    live: readonly LivePart[],
  ): Promise<string | undefined> {
    if (!deploysTheSame(next, stage.stack)) return undefined;
    const served = await this.#look(stage, ({ apiGateway, restApiId }) =>
      readServed(apiGateway, restApiId, apiStage(stage)),
    );
    if (served === undefined) return undefined;
    // --on-failure rollback, or a person, has moved it.
    const isMoved = served.deploymentId !== ownDeployment(stage.stack);
    if (isMoved) return `The stage serves ${served.deploymentId}, not the stack's deployment`;
    // Parts added to the API by hand would end up in any new deployment as well.
    const parts = new Set(live.map(({ text }) => text));
    const extra = missingFrom(parts, missingFrom(declaredParts(next, ''), served.parts));
    if (extra.length === 0) return undefined;
    return `The stage still serves ${listed(extra)}, which the stack no longer declares`;
  }

  /** Without permission to compare, the deployment continues with a warning. */
  async #look<T>(stage: LivingStage, act: (api: StackApi) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.#with(stage, act);
    } catch (error) {
      if (!(error instanceof Error && '$metadata' in error)) throw error;
      this.#utils.log.warning(
        `Could not find out whether the stage serves more than the stack declares (${error.message}).`,
      );
      return undefined;
    }
  }

  async #with<T>({ restApiId }: LivingStage, act: (api: StackApi) => Promise<T>): Promise<T> {
    const provider = this.#serverless.getProvider('aws');
    const config = await provider.getAwsSdkV3Config();
    const clients = {
      cloudFormation: new CloudFormationClient(config),
      apiGateway: new APIGatewayClient(config),
    };
    try {
      return await act({ ...clients, stackName: provider.naming.getStackName(), restApiId });
    } finally {
      for (const client of Object.values(clients)) client.destroy();
    }
  }
}

/**
 * False after a failed update that was not rolled back: then the stack does not match its template.
 */
async function isWhole({ cloudFormation, stackName: StackName }: StackApi): Promise<boolean> {
  const { Stacks: [stack] = [] } = await cloudFormation.send(
    new DescribeStacksCommand({ StackName }),
  );
  return stack?.StackStatus !== 'UPDATE_FAILED';
}
