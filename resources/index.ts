import type { Resources } from './cloudformation';
import { conditions } from './conditions';
import { deployment } from './deployment';
import { methods } from './methods';
import { outputs } from './outputs';
import { responses } from './responses';
import { restApi } from './rest-api';
import { role } from './role';
import { usagePlan } from './usage-plan';
import { validation } from './validation';

/** The stack's CloudFormation, before Serverless has filled in the stage's parameters. */
export const stack: {
  Conditions: typeof conditions;
  Resources: Resources;
  Outputs: typeof outputs;
} = {
  Conditions: conditions,
  Resources: {
    ...role,
    ...restApi,
    ...validation,
    ...methods,
    ...responses,
    ...deployment,
    ...usagePlan,
  },
  Outputs: outputs,
};
