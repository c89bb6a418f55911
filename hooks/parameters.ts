import { checkAuthorization } from '../resources/authorization/check';
import { openWarnings } from '../resources/authorization/open';
import { CANARY, CANARY_HANDLER } from '../resources/canary-name';
import { checkFence } from '../resources/fence';
import { kafkaWarnings } from '../resources/kafka-rest-url';
import { checkEach, checkParameters, checkStage } from '../resources/parameters/check';
import { checkLimits } from '../resources/parameters/limits';
import { checkManagement } from '../resources/parameters/management';
import { checkRows, checkSpelling } from '../resources/parameters/stages';
import { checkStreamNames } from '../resources/streams/names';
import {
  asUserError,
  forUser,
  HookError,
  type Options,
  type Serverless,
  type Utils,
} from './framework';
import { declaredStreamsOf, streamOwner } from './stage/deployed-stage';
import { prefixOf } from './stage/throw-away-name';

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
          const { service, custom, functions = {} } = serverless.service;
          const { parameters = {}, ownParameters: own = [] } = custom?.kinesisRestProxy ?? {};
          checkEach(commandLineParameters(options.param, own));
          const provider = serverless.getProvider('aws');
          const stage = provider.getStage();
          const rows = serverless.configurationInput?.params;
          checkRows(rows, own);
          checkSpelling(stage, rows as object);
          checkParameters(parameters);
          checkLimits(parameters, { service, stage, region: provider.getRegion() });
          checkManagement(parameters, stage);
          checkFence(String(parameters.streams ?? '*'));
          checkCanary(parameters.canary, functions);
          checkStreams(serverless);
          checkAuthorization(parameters, {
            stage,
            region: provider.getRegion(),
            declared: declaredStreamsOf(serverless),
            functions: Object.keys(functions).filter((name) => name !== CANARY),
          });
          const kafka = String(parameters.kafkaRestUrl ?? '');
          for (const warning of kafkaWarnings(kafka, stage, parameters.authorization)) {
            utils.log.warning(warning);
          }
          for (const warning of openWarnings(parameters, stage)) utils.log.warning(warning);
        }),
    };
  }
}

/** serverless.ts has declared streams for one stage, which must be the command's. */
function checkStreams(serverless: Serverless): void {
  const provider = serverless.getProvider('aws');
  const streams = declaredStreamsOf(serverless);
  const declaredFor = serverless.service.custom?.kinesisRestProxy?.stage;
  if (streams.length === 0) return;
  const stage = provider.getStage();
  if (declaredFor !== undefined && declaredFor !== stage) {
    throw new HookError(
      'STREAMS_OF_ANOTHER_STAGE',
      `The streams are declared for stage ${declaredFor}, and the command is for ${stage}: name the stage with --stage, or give kinesisRestProxy the same 'stage' as provider.stage has.`,
    );
  }
  const owner = streamOwner(serverless);
  checkStreamNames(streams, { region: provider.getRegion() }, prefixOf(owner));
}

/** serverless.ts reads the rate before the framework does, and must have found the same. */
function checkCanary(
  rate: unknown,
  functions: NonNullable<Serverless['service']['functions']>,
): void {
  const { handler = CANARY_HANDLER } = functions[CANARY] ?? {};
  if (handler !== CANARY_HANDLER) {
    throw new HookError(
      'NAME_TAKEN',
      `The function '${CANARY}' of your service has a name that the API needs. Give yours another.`,
    );
  }
  if (Boolean(rate) === Object.hasOwn(functions, CANARY)) return;
  throw new HookError(
    'CANARY_UNDECIDED',
    `Parameter 'canary' is '${rate}' for this stage, but serverless.ts found ${rate ? 'none' : 'one'} when it was loaded: write the rate itself in the stage's row, and name the stage with --stage.`,
  );
}

/** `--param a=1 --param b=2`, of which the framework would ignore a name that nothing reads. */
function commandLineParameters(
  param: Options['param'],
  own: readonly string[],
): Record<string, string> {
  const given = typeof param === 'string' ? [param] : (param ?? []);
  const entries = given.map((text): [string, string] => {
    const equals = text.indexOf('=');
    return equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
  });
  return Object.fromEntries(entries.filter(([name]) => !own.includes(name)));
}
