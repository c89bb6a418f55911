import { checkFence } from '../resources/fence';
import { kafkaWarnings } from '../resources/kafka-rest-url';
import { checkEach, checkParameters, checkStage } from '../resources/parameters';
import { asUserError, forUser, type Options, type Serverless, type Utils } from './framework';

/** Refuses a stage's name and parameters that would fail later and less clearly. */
export default class ParametersPlugin {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;

  constructor(serverless: Serverless, options: Options, utils: Utils) {
    try {
      checkStage(serverless.getProvider('aws').getStage());
    } catch (error) {
      throw asUserError(serverless, error);
    }
    this.hooks = {
      // The first moment at which all variables are filled in.
      initialize: () =>
        forUser(serverless, () => {
          checkEach(commandLineParameters(options.param));
          const parameters = serverless.service.custom?.parameters ?? {};
          checkParameters(parameters);
          checkFence(String(parameters.streams ?? '*'));
          const stage = serverless.getProvider('aws').getStage();
          const kafka = String(parameters.kafkaRestUrl ?? '');
          for (const warning of kafkaWarnings(kafka, stage, parameters.authorization)) {
            utils.log.warning(warning);
          }
          if (parameters.authorization === 'NONE' && stage !== 'local') {
            utils.log.warning(
              `Stage ${stage} is open to the world: authorization is NONE. Anybody who knows the URL can write to the streams that the API may touch.`,
            );
          }
        }),
    };
  }
}

/** `--param a=1 --param b=2`, of which the framework would ignore a name that nothing reads. */
function commandLineParameters(param: Options['param']): Record<string, string> {
  const given = typeof param === 'string' ? [param] : (param ?? []);
  return Object.fromEntries(
    given.map((text) => {
      const equals = text.indexOf('=');
      return equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}
