import { conditions } from '../resources/conditions';
import { asUserError, type Serverless } from './framework';
import { declaredStreamsOf, streamOwner } from './stage/deployed-stage';
import { refuseClashes } from './template/clashes';
import { settleConditions } from './template/conditions';
import { shortenNames } from './template/long-names';

/** Settles the API's conditions before the template is saved. */
export default class ConditionsPlugin {
  readonly hooks: Readonly<Record<string, () => void>>;

  constructor(serverless: Serverless) {
    this.hooks = {
      'after:aws:package:finalize:mergeCustomProviderResources': () => {
        const { provider, resources = {} } = serverless.service;
        try {
          refuseClashes(resources, declaredStreamsOf(serverless));
          const settled = settleConditions(
            provider.compiledCloudFormationTemplate,
            Object.keys(conditions),
          );
          provider.compiledCloudFormationTemplate = shortenNames(settled, streamOwner(serverless));
        } catch (error) {
          throw asUserError(serverless, error);
        }
      },
    };
  }
}
