import { conditions } from '../resources/conditions';
import { asUserError, type Serverless } from './framework';
import { refuseClashes } from './template/clashes';
import { settleConditions } from './template/conditions';

/** Settles the API's conditions before the template is saved. */
export default class ConditionsPlugin {
  readonly hooks: Readonly<Record<string, () => void>>;

  constructor(serverless: Serverless) {
    this.hooks = {
      'after:aws:package:finalize:mergeCustomProviderResources': () => {
        const { provider, resources = {} } = serverless.service;
        try {
          refuseClashes(resources);
          provider.compiledCloudFormationTemplate = settleConditions(
            provider.compiledCloudFormationTemplate,
            Object.keys(conditions),
          );
        } catch (error) {
          throw asUserError(serverless, error);
        }
      },
    };
  }
}
