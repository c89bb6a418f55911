import { accessLog } from './access-log';
import { alarms } from './alarms';
import type { Resources } from './cloudformation';
import { conditions } from './conditions';
import { preflights } from './cors';
import { deployment } from './deployment';
import { domainName } from './domain-name';
import { methods } from './methods';
import { outputs } from './outputs';
import { responses } from './responses';
import { restApi } from './rest-api';
import { role } from './role';
import { tagged } from './tags';
import { usagePlan } from './usage-plan';
import { validation } from './validation';
import { webAcl } from './web-acl';

/** The stack's CloudFormation, before Serverless has filled in the stage's parameters. */
export const stack: {
  Conditions: typeof conditions;
  Resources: Resources;
  Outputs: typeof outputs;
} = {
  Conditions: conditions,
  Resources: tagged({
    ...role,
    ...restApi,
    ...validation,
    ...methods,
    ...preflights,
    ...responses,
    ...deployment,
    ...usagePlan,
    ...webAcl,
    ...domainName,
    ...accessLog,
    ...alarms,
  }),
  Outputs: outputs,
};
