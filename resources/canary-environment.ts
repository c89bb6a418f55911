import { either, ref, sub } from './cloudformation';
import { logicalIds } from './logical-ids';
import { type ParameterName, parameterNames } from './parameters';
import type { DeclaredStream } from './streams/declared';

/** Parameters passed to the function unchanged; only `invokeUrl` needs Fn::Sub first. */
export const passedParameters = parameterNames.filter((name) => name !== 'invokeUrl');

/** Name of the environment variable for a parameter. */
export const parameterVariable = (name: ParameterName) => `PARAMETER_${name}`;

/** The function's environment, which describes its stage; read by hooks/canary/target.ts. */
export const canaryEnvironment = (declared: readonly DeclaredStream[]) => ({
  SERVICE: '${self:service}',
  STAGE: '${self:provider.stage}',
  INVOKE_URL: sub('${param:invokeUrl}'),
  REST_API_ID: ref(logicalIds.restApi),
  DEPLOYMENT_ID: ref(logicalIds.deployment),
  API_KEY_ID: either('TakesKeys', ref(logicalIds.apiKey), ''),
  ...Object.fromEntries(
    passedParameters.map((name) => [parameterVariable(name), `\${param:${name}}`]),
  ),
  // Declarations with their schemas are more than an environment takes: the stack has them.
  ...(declared.length > 0 && { STACK: ref('AWS::StackId') }),
});
