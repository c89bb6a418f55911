import { either, ref, sub } from './cloudformation';
import { logicalIds } from './logical-ids';
import { type ParameterName, parameterNames } from './parameters';

/** What the canary's metrics are under, and its alarm looks at. */
export const CANARY_NAMESPACE = 'KinesisRestProxy';

/** The parameters that the function is told as they are; the URL has to be filled in first. */
export const toldParameters = parameterNames.filter((name) => name !== 'invokeUrl');

/** The variable that holds a parameter. */
export const parameterVariable = (name: ParameterName) => `PARAMETER_${name}`;

/** What the function is told of the stage that it checks; hooks/canary/target.ts reads it. */
export const canaryEnvironment = {
  SERVICE: '${self:service}',
  STAGE: '${self:provider.stage}',
  INVOKE_URL: sub('${param:invokeUrl}'),
  REST_API_ID: ref(logicalIds.restApi),
  DEPLOYMENT_ID: ref(logicalIds.deployment),
  API_KEY_ID: either('RequiresKey', ref(logicalIds.apiKey), ''),
  ...Object.fromEntries(
    toldParameters.map((name) => [parameterVariable(name), `\${param:${name}}`]),
  ),
} as const;
