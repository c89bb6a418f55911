import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CompiledTemplate, Serverless, Utils } from '../framework';
import { listed } from '../framework/listed';
import type { Stack } from '../stage/load-target';
import { missingFrom, readServed } from '../stage/served';
import { apiStage, type DeployedStack, sharesApi, type Target } from '../stage/target';
import { declaredParts, type LivePart } from './api-parts';
import { deleteLeftBehind, type StackApi } from './left-behind';
import { deploysTheSame, ownDeployment } from './settled-ids';

/** A stage that is deployed. */
export type LivingStage = Target & { readonly stack: DeployedStack };

/** False after a failed update that was not rolled back: then the stack does not match its template. */
export const isWhole = ({ status }: Stack): boolean => status !== 'UPDATE_FAILED';

/** The deployed stage and its API, as AWS has them. */
export class DeployedApi {
  readonly #serverless: Serverless;
  readonly #warn: (text: string) => void;

  constructor(serverless: Serverless, { log }: Utils) {
    this.#serverless = serverless;
    this.#warn = log.warning;
  }

  /**
   * Deletes what an earlier update left in the API, before it is in the way or deployed once more.
   * @returns the parts that the API has; undefined where they cannot be read
   */
  clear(stage: LivingStage): Promise<readonly LivePart[] | undefined> {
    return this.look(stage, (api) =>
      deleteLeftBehind(api, { ...stage.stack, rootPath: stage.parameters.rootPath }),
    );
  }

  /**
   * The reason why a stage needs another deployment although the stack has one of the same content.
   */
  async reasonToDeployAgain(
    stage: LivingStage,
    next: CompiledTemplate,
    live: readonly LivePart[],
  ): Promise<string | undefined> {
    if (!deploysTheSame(next, stage.stack)) return undefined;
    const served = await this.look(stage, ({ apiGateway, restApiId }) =>
      readServed(apiGateway, restApiId, apiStage(stage)),
    );
    if (served === undefined) return undefined;
    // A person has moved it, or an earlier version of this service.
    const isMoved = served.deploymentId !== ownDeployment(stage.stack);
    if (isMoved) return `The stage serves ${served.deploymentId}, not the stack's deployment`;
    // Parts added to the API by hand would end up in any new deployment as well.
    const parts = new Set(live.map(({ text }) => text));
    const extra = missingFrom(parts, missingFrom(declaredParts(next, ''), served.parts));
    if (extra.length === 0) return undefined;
    return `The stage still serves ${listed(extra)}, which the stack no longer declares`;
  }

  /** A rollback of the framework's is one update with an earlier template. */
  async warnAfterRollback(stage: LivingStage): Promise<void> {
    if (sharesApi(stage)) return;
    const live = await this.clear(stage);
    const reason = live && (await this.reasonToDeployAgain(stage, stage.stack.template, live));
    if (reason === undefined) return;
    this.#warn(
      `${reason}. Deploy the version that it was rolled back to: npx serverless deploy --stage ${stage.stage}`,
    );
  }

  /** Works with the API itself. */
  async with<T>(
    { restApiId }: Pick<Target, 'restApiId'>,
    act: (api: StackApi) => Promise<T>,
  ): Promise<T> {
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

  /** Without permission to compare, the deployment continues with a warning. */
  async look<T>(stage: LivingStage, act: (api: StackApi) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.with(stage, act);
    } catch (error) {
      if (!(error instanceof Error && '$metadata' in error)) throw error;
      this.#warn(
        `Could not find out whether the stage serves more than the stack declares (${error.message}).`,
      );
      return undefined;
    }
  }
}
