import type { Serverless } from './framework';
import { settleConditions } from './template/conditions';

/** Settles the template's conditions before it is saved. */
export default class ConditionsPlugin {
  readonly hooks: Readonly<Record<string, () => void>>;

  constructor(serverless: Serverless) {
    this.hooks = {
      'after:aws:package:finalize:mergeCustomProviderResources': () => {
        const { provider } = serverless.service;
        provider.compiledCloudFormationTemplate = settleConditions(
          provider.compiledCloudFormationTemplate,
        );
      },
    };
  }
}
