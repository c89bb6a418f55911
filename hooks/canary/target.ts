import { parameterVariable, passedParameters } from '../../resources/canary-environment';
import type { ParameterName } from '../../resources/parameters';
import type { Target } from '../stage/target';

/**
 * Reads the stage to check from the variables that resources/canary-environment.ts sets.
 * @throws Error that names a variable which is missing
 */
export function targetOf(environment: NodeJS.ProcessEnv): Target {
  const read = (name: string) => {
    const value = environment[name];
    if (value) return value;
    throw new Error(`The canary needs the environment variable ${name}.`);
  };
  const invokeUrl = read('INVOKE_URL');
  const given = passedParameters.map((name) => [name, environment[parameterVariable(name)] ?? '']);
  return {
    service: read('SERVICE'),
    stage: read('STAGE'),
    region: read('AWS_REGION'),
    invokeUrl,
    restApiId: read('REST_API_ID'),
    deploymentId: read('DEPLOYMENT_ID'),
    apiKeyId: environment.API_KEY_ID || undefined,
    parameters: { ...Object.fromEntries(given), invokeUrl } as Record<ParameterName, string>,
    streams: [],
    stack: undefined,
  };
}

/** The stack that declares streams; undefined of one that has none. */
export const stackOf = ({ STACK }: NodeJS.ProcessEnv): string | undefined => STACK || undefined;

/** The reverse: the variables that the stack sets, for a canary that runs elsewhere. */
export function environmentOf(target: Target): Record<string, string> {
  const { service, stage, invokeUrl, restApiId, deploymentId, apiKeyId, parameters } = target;
  return {
    SERVICE: service,
    STAGE: stage,
    INVOKE_URL: invokeUrl,
    REST_API_ID: restApiId,
    DEPLOYMENT_ID: deploymentId,
    API_KEY_ID: apiKeyId ?? '',
    ...(target.streams.length > 0 && { STACK: target.stack?.stackId ?? `${service}-${stage}` }),
    ...Object.fromEntries(
      passedParameters.map((name) => [parameterVariable(name), parameters[name]]),
    ),
  };
}
