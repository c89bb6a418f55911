import { conditions } from '../resources/conditions';
import { asUserError, type Options, type Serverless, type Utils } from './framework';
import {
  declaredProducersOf,
  declaredStreamsOf,
  parameterOf,
  streamOwner,
} from './stage/deployed-stage';
import { refuseClashes } from './template/clashes';
import { settleConditions } from './template/conditions';
import { refuseIdleProducers } from './template/idle-producers';
import { shortenNames } from './template/long-names';
import { settleValues } from './template/settled';

/** Settles the API's conditions, and what else the parameters decide, before the template is saved. */
export default class ConditionsPlugin {
  readonly hooks: Readonly<Record<string, () => void>>;

  constructor(serverless: Serverless, _options: Options, { log }: Utils) {
    this.hooks = {
      'after:aws:package:finalize:mergeCustomProviderResources': () => {
        const { provider, resources = {} } = serverless.service;
        const streams = declaredStreamsOf(serverless);
        const producers = declaredProducersOf(serverless);
        const owner = streamOwner(serverless);
        try {
          refuseClashes(resources, streams, producers);
          const settled = settleConditions(
            provider.compiledCloudFormationTemplate,
            Object.keys(conditions),
          );
          const notice = refuseIdleProducers(settled, producers, streams, owner.stage);
          if (notice !== undefined) log.notice(notice);
          provider.compiledCloudFormationTemplate = shortenNames(
            settleValues(settled, parameterOf(serverless, 'rootPath')),
            owner,
          );
        } catch (error) {
          throw asUserError(serverless, error);
        }
      },
    };
  }
}
