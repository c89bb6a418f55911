import { type ParameterName, parameterNames } from '../../resources/parameters';
import type { DeclaredProducer } from '../../resources/producers/declared';
import type { DeclaredStream } from '../../resources/streams/declared';
import { HookError, type Serverless } from '../framework';
import { loadTarget, type StageAddress } from './load-target';
import type { Target } from './target';
import type { StreamOwner } from './throw-away-name';
import { Unasked } from './unasked';

/** Where the command's stage is. */
export async function stageAddress(serverless: Serverless): Promise<StageAddress> {
  const provider = serverless.getProvider('aws');
  return {
    stage: provider.getStage(),
    region: provider.getRegion(),
    service: serverless.service.service,
    stackName: provider.naming.getStackName(),
    declared: declaredStreamsOf(serverless),
    producers: declaredProducersOf(serverless),
    config: await provider.getAwsSdkV3Config(),
  };
}

/**
 * The deployed stage that the command is about.
 * @throws HookError when it is not deployed
 */
export async function deployedStage(serverless: Serverless): Promise<Target> {
  return loadTarget(await stageAddress(serverless));
}

/**
 * The same; undefined when it is not deployed.
 * @throws Unasked if AWS cannot be called, which does not mean that there is no stage
 */
export async function deployedStageIfAny(serverless: Serverless): Promise<Target | undefined> {
  try {
    return await deployedStage(serverless);
  } catch (error) {
    if (error instanceof HookError && !(error instanceof Unasked)) return undefined;
    throw error;
  }
}

/** The owner of the throw-away streams that this command creates and deletes. */
export function streamOwner(serverless: Serverless): StreamOwner {
  return {
    service: serverless.service.service,
    stage: serverless.getProvider('aws').getStage(),
  };
}

/** The streams that the service declares, with all variables filled in. */
export const declaredStreamsOf = ({ service }: Serverless): readonly DeclaredStream[] =>
  service.custom?.kinesisRestProxy?.streams ?? [];

/** The producers that the service declares. */
export const declaredProducersOf = ({ service }: Serverless): readonly DeclaredProducer[] =>
  service.custom?.kinesisRestProxy?.producers ?? [];

/** A parameter of this command, with all variables filled in. */
export function parameterOf({ service }: Serverless, name: ParameterName): string {
  const value = service.custom?.kinesisRestProxy?.parameters?.[name];
  if (value !== undefined) return String(value);
  throw new HookError(
    'PARAMETER_MISSING',
    `The parameter ${name} has no value. This service has: ${parameterNames.join(', ')}.`,
  );
}

/** True if the stage is on the embedded AWS, not on AWS or another emulator. */
export function isEmbedded(serverless: Serverless): boolean {
  const isLocal = serverless.getProvider('aws').getStage() === 'local';
  return isLocal && !process.env.LOCAL_AWS_ENDPOINT;
}
