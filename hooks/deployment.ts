import type { Serverless } from './framework';
import { addressByContent } from './template/deployment';

/**
 * Makes the Deployment content-addressed, so that every change goes live. It runs when all variables
 * are resolved: a hash taken in serverless.ts would miss a changed parameter.
 */
export default class DeploymentPlugin {
  readonly hooks: Readonly<Record<string, () => void>>;

  constructor(serverless: Serverless) {
    this.hooks = {
      'before:aws:package:finalize:saveServiceState': () => {
        const { provider } = serverless.service;
        provider.compiledCloudFormationTemplate = addressByContent(
          provider.compiledCloudFormationTemplate,
        );
      },
    };
  }
}
