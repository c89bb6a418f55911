import type { Resources } from './cloudformation';
import { deployment } from './deployment';
import { methods } from './methods';
import { outputs } from './outputs';
import { restApi } from './rest-api';
import { role } from './role';

/** The stack's CloudFormation, before Serverless has filled in the stage's parameters. */
export const stack: { Resources: Resources; Outputs: typeof outputs } = {
  Resources: { ...role, ...restApi, ...methods, ...deployment },
  Outputs: outputs,
};
