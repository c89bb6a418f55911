import { type ParameterName, parameterNames } from '../../resources/parameters';
import type { DeclaredProducer } from '../../resources/producers/declared';
import type { DeclaredStream } from '../../resources/streams/declared';
import { HookError, type Serverless } from '../framework';
import { loadTarget, readStack, type Stack, type StageAddress, targetOf } from './load-target';
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
export function deployedStageIfAny(serverless: Serverless): Promise<Target | undefined> {
  return ifAny(deployedStage(serverless));
}

async function ifAny(target: Promise<Target>): Promise<Target | undefined> {
  try {
    return await target;
  } catch (error) {
    if (error instanceof HookError && !(error instanceof Unasked)) return undefined;
    throw error;
  }
}

/**
 * The stacks that commands have found. A template is up to 1 MB, and the plugins that look before a
 * deploy's first update see the same one.
 */
const found = new WeakMap<Serverless, Promise<Stack | undefined>>();

/**
 * The command's stack as it was when first asked for; undefined when there is none. For what looks
 * before the command changes it: after that, `readStack` tells how it is.
 * @throws Unasked when AWS cannot be called
 */
export function foundStack(serverless: Serverless): Promise<Stack | undefined> {
  const known = found.get(serverless);
  if (known !== undefined) return known;
  const stack = stageAddress(serverless).then(readStack);
  found.set(serverless, stack);
  // A question that was not answered is asked again by whoever comes next.
  stack.catch(() => found.delete(serverless));
  return stack;
}

/** The stage of that stack; undefined when it is not deployed. @throws Unasked as `foundStack` */
export async function foundStageIfAny(serverless: Serverless): Promise<Target | undefined> {
  const stack = await foundStack(serverless);
  return ifAny(targetOf(await stageAddress(serverless), stack));
}

/** Has the next look read the stack anew. */
export const forgetStack = (serverless: Serverless) => found.delete(serverless);

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
