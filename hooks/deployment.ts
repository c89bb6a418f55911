import { asUserError, type Options, type Serverless } from './framework';
import { besideLive } from './rollout/beside-live';
import { parameterOf } from './stage/deployed-stage';
import { deploymentOf } from './stage/own';
import { addressByContent } from './template/deployment';
import { BESIDE_LIVE, refuseExcess } from './template/limits';

/**
 * Makes the Deployment content-addressed, so that every change goes live, and refuses a template that
 * is larger than AWS takes. It runs when all variables are resolved: a hash taken in serverless.ts
 * would miss a changed parameter.
 */
export default class DeploymentPlugin {
  readonly hooks: Readonly<Record<string, () => void>>;
  readonly #serverless: Serverless;
  readonly #options: Options;

  constructor(serverless: Serverless, options: Options) {
    this.#serverless = serverless;
    this.#options = options;
    this.hooks = {
      'before:aws:package:finalize:saveServiceState': () => {
        const { provider } = serverless.service;
        const template = addressByContent(provider.compiledCloudFormationTemplate);
        provider.compiledCloudFormationTemplate = template;
        try {
          const region = serverless.getProvider('aws').getRegion();
          refuseExcess(template, region);
          if (this.#isVerifiedFirst() && deploymentOf(template) !== undefined) {
            refuseExcess(besideLive(template), region, BESIDE_LIVE);
          }
        } catch (error) {
          throw asUserError(serverless, error);
        }
      },
    };
  }

  #isVerifiedFirst(): boolean {
    return !this.#options['skip-verify'] && parameterOf(this.#serverless, 'shadow') === 'true';
  }
}
