import { CANARY } from '../resources/canary-name';
import { checkFence } from '../resources/fence';
import { kafkaWarnings } from '../resources/kafka-rest-url';
import { checkEach, checkParameters, checkStage } from '../resources/parameters/check';
import { checkLimits } from '../resources/parameters/limits';
import { checkRows, checkSpelling } from '../resources/parameters/stages';
import {
  asUserError,
  forUser,
  HookError,
  type Options,
  type Serverless,
  type Utils,
} from './framework';

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
          const { service, custom, functions = {} } = serverless.service;
          const provider = serverless.getProvider('aws');
          const stage = provider.getStage();
          const rows = serverless.configurationInput?.params;
          checkRows(rows);
          checkSpelling(stage, rows as object);
          const parameters = custom?.parameters ?? {};
          checkParameters(parameters);
          checkLimits(parameters, { service, stage, region: provider.getRegion() });
          checkFence(String(parameters.streams ?? '*'));
          checkCanary(parameters.canary, functions);
          const kafka = String(parameters.kafkaRestUrl ?? '');
          for (const warning of kafkaWarnings(kafka, stage, parameters.authorization)) {
            utils.log.warning(warning);
          }
          if (parameters.authorization === 'NONE' && stage !== 'local') {
            utils.log.warning(
              `Stage ${stage} is open to the world: authorization is NONE. Anyone who knows the URL can write to the streams that the API may access.`,
            );
          }
        }),
    };
  }
}

/** serverless.ts reads the rate before the framework does, and must have found the same. */
function checkCanary(rate: unknown, functions: object): void {
  if (Boolean(rate) === Object.hasOwn(functions, CANARY)) return;
  throw new HookError(
    'CANARY_UNDECIDED',
    `Parameter 'canary' is '${rate}' for this stage, but serverless.ts found ${rate ? 'none' : 'one'} when it was loaded: write the rate itself in the stage's row, and name the stage with --stage.`,
  );
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
