import { forUser, type Options, type Serverless } from './framework';
import { callsAws } from './framework/calls-aws';
import { exitWith } from './process/exit-code';
import { parameterOf } from './stage/deployed-stage';
import { refuseOtherAccount, refuseOtherRegion } from './stage/destination';

/**
 * Refuses every command that would go to another account or region than the stage declares, before
 * it reads or makes anything there.
 */
export default class DestinationPlugin {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;

  constructor(serverless: Serverless, options: Options) {
    this.hooks = {
      initialize: () => forUser(serverless, () => checkDestination(serverless, options)),
    };
  }
}

async function checkDestination(serverless: Serverless, { list }: Options): Promise<void> {
  const provider = serverless.getProvider('aws');
  const stage = provider.getStage();
  // `verify --list` prints names.
  if (stage === 'local' || !callsAws(serverless) || list) return;
  try {
    refuseOtherRegion(stage, parameterOf(serverless, 'region'), provider.getRegion());
    const accountId = parameterOf(serverless, 'accountId');
    if (accountId === '') return;
    await refuseOtherAccount(stage, accountId, await provider.getAwsSdkV3Config());
  } catch (error) {
    if (serverless.processedInput.commands[0] === 'verify') exitWith('couldNotStart');
    throw error;
  }
}
