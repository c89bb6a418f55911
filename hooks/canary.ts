import path from 'node:path';
import { isPacked } from '../resources/packed';
import { environmentOf } from './canary/target';
import { forUser, type Serverless } from './framework';
import { deployedStage } from './stage/deployed-stage';

/**
 * Lets `serverless invoke local -f canary` check the deployed stage. The framework resolves
 * references to resources, but not to the deployment, whose logical id ends in a hash.
 */
export default class CanaryPlugin {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;

  constructor(serverless: Serverless) {
    this.hooks = {
      // Before the framework reads the function's environment.
      initialize: async () => {
        const { functions } = serverless.service;
        const [command, where] = serverless.processedInput.commands;
        const canary = functions?.canary;
        if (command !== 'invoke' || where !== 'local' || canary === undefined) return;
        await forUser(serverless, async () => {
          canary.environment = environmentOf(await deployedStage(serverless));
        });
      },
      // In a service that installs the API the function is not in the service's folder.
      'before:invoke:local:invoke': async () => {
        const canary = serverless.service.functions?.canary;
        if (!isPacked || canary === undefined) return;
        const handler = path.join(__dirname, 'canary', 'handler.handler');
        canary.handler = path.relative(process.cwd(), handler);
      },
    };
  }
}
