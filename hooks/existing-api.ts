import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { endpoints } from '../resources/endpoints';
import { type ExistingApi, existingApi } from './existing-api/api';
import { redeployWithout, type WayBack, wayBack } from './existing-api/live';
import { readMark } from './existing-api/mark';
import { checkExistingApi, refuseUndeployed } from './existing-api/preflight';
import { undeployedChanges } from './existing-api/undeployed';
import { type Command, forUser, HookError, type Options, type Serverless } from './framework';
import { withClients } from './stage/clients';
import { orUndefined } from './stage/deployed-copy';
import {
  deployedStageIfAny,
  foundStack,
  foundStageIfAny,
  parameterOf,
} from './stage/deployed-stage';
import { pruneDeployments, serveDeployment } from './stage/deployments';
import type { Target } from './stage/target';
import { declaredPaths } from './template/declared-paths';

const WITH_UNDEPLOYED = {
  'with-undeployed': {
    usage: 'With an existing API (restApiId): also deploy changes that its owner has not deployed',
    type: 'boolean',
  },
} as const;

/**
 * Adds the routes to the stage of an existing REST API, and removes them again. CloudFormation
 * cannot update a stage that another stack or the console created. So rollout.ts moves the stage to a
 * deployment with the routes after `deploy`, and this plugin moves it back before they are removed.
 */
export default class ExistingApiPlugin {
  readonly commands: Readonly<Record<string, Command>> = {
    deploy: { options: WITH_UNDEPLOYED },
    remove: { options: WITH_UNDEPLOYED },
  };
  readonly hooks: Readonly<Record<string, () => void | Promise<void>>>;
  readonly #serverless: Serverless;
  readonly #options: Options;
  /** A deploy may update the stack more than once. */
  #isChecked = false;
  /** Found before a removal, for after it. */
  #leaving: { readonly api: ExistingApi; readonly back: WayBack } | undefined;

  constructor(serverless: Serverless, options: Options) {
    this.#serverless = serverless;
    this.#options = options;
    const run = (step: () => Promise<void>) => () => forUser(serverless, step);
    this.hooks = {
      'before:deploy:deploy': () => {
        this.#isChecked = false;
      },
      'before:aws:deploy:deploy:createStack': run(() => this.#check()),
      'before:remove:remove': run(() => this.#takeOff()),
      'after:remove:remove': run(() => this.#afterRemoval()),
    };
  }

  /** The API that this command's parameters name. */
  get #named(): ExistingApi | undefined {
    return existingApi(this.#serverless, (name) => parameterOf(this.#serverless, name));
  }

  #withApiGateway<T>(act: (client: APIGatewayClient) => Promise<T>): Promise<T> {
    return withClients(this.#serverless, ({ apiGateway }) => act(apiGateway));
  }

  async #check(): Promise<void> {
    if (this.#isChecked) return;
    this.#isChecked = true;
    const api = this.#named;
    const before = await foundStageIfAny(this.#serverless);
    if (before !== undefined) refuseMove(before, api);
    if (api === undefined) return;
    // The stack may have more than a stage that can be read: a first deploy that was killed.
    const stack = await foundStack(this.#serverless);
    await this.#withApiGateway((client) =>
      checkExistingApi(client, {
        api,
        template: this.#serverless.service.provider.compiledCloudFormationTemplate,
        physicalIds: stack?.physicalIds ?? {},
        invokeUrl: parameterOf(this.#serverless, 'invokeUrl'),
        takesUndeployed: this.#options['with-undeployed'] ?? false,
      }),
    );
  }

  async #takeOff(): Promise<void> {
    const target = await deployedStageIfAny(this.#serverless);
    // Of a stack that a removal before has taken, the parameters of this command must tell.
    const api = target
      ? existingApi(this.#serverless, (name) => target.parameters[name])
      : this.#named;
    if (api === undefined) return;
    const own = target?.stack
      ? declaredPaths(target.stack.template, api.rootPath)
      : new Set(endpoints.map(({ path }) => api.rootPath + path));
    const back = await this.#withApiGateway(async (client) => {
      const way = await wayBack(client, api, own);
      if (way.way === 'restore') {
        await serveDeployment(client, api.restApiId, api.stageName, way.deploymentId);
      }
      if (way.way === 'redeploy' && !this.#options['with-undeployed']) {
        refuseUndeployed(await undeployedChanges(client, api, own), api);
      }
      return way;
    });
    this.#leaving = { api, back };
  }

  async #afterRemoval(): Promise<void> {
    if (this.#leaving === undefined) return;
    const { api, back } = this.#leaving;
    await this.#withApiGateway(async (client) => {
      if (back.way === 'redeploy') await redeployWithout(client, api);
      const isOwn = (description: string) => readMark(api.owner, description) !== undefined;
      // The API may have been deleted meanwhile, with its deployments.
      await orUndefined(pruneDeployments(client, api.restApiId, isOwn));
    });
  }
}

/** @throws HookError when a stage would go from one API to another, and its URL with it */
function refuseMove({ parameters, stage }: Target, api: ExistingApi | undefined): void {
  const { restApiId, rootResourceId } = parameters;
  if (restApiId === (api?.restApiId ?? '') && rootResourceId === (api?.rootResourceId ?? ''))
    return;
  const now = restApiId === '' ? 'a REST API of its own' : `${rootResourceId} of ${restApiId}`;
  const next =
    api === undefined ? 'a REST API of its own' : `${api.rootResourceId} of ${api.restApiId}`;
  throw new HookError(
    'API_MOVED',
    `Stage ${stage} is deployed under ${now}. Moving it to ${next} would change its URL. Deploy another stage beside it, or remove this one first: npx serverless remove --stage ${stage}`,
  );
}
