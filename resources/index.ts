import { accessLog } from './access-log';
import { alarms } from './alarms';
import { canary } from './canary';
import type { Resources } from './cloudformation';
import { conditions } from './conditions';
import { preflights } from './cors';
import { dashboard } from './dashboard';
import { deployment } from './deployment';
import { domainName } from './domain-name';
import { kafka } from './kafka';
import { methods } from './methods';
import { metricFilters } from './metric-filters';
import { outputs } from './outputs';
import { parameterNames } from './parameters';
import { responses } from './responses';
import { restApi } from './rest-api';
import { role } from './role';
import { tagged } from './tags';
import { usagePlan } from './usage-plan';
import { validation } from './validation';
import { webAcl } from './web-acl';

/**
 * The parameters of the deployment, for the verifier to read from the stack. Without `invokeUrl`,
 * whose `${…}` needs Fn::Sub: that is an output.
 */
const metadata = {
  KinesisRestProxy: {
    parameters: Object.fromEntries(
      parameterNames
        .filter((name) => name !== 'invokeUrl')
        .map((name) => [name, `\${param:${name}}`]),
    ),
  },
};

/** The stack's template before Serverless fills in the stage's parameters. */
export const stack: {
  Metadata: typeof metadata;
  Conditions: typeof conditions;
  Resources: Resources;
  Outputs: typeof outputs;
} = {
  Metadata: metadata,
  Conditions: conditions,
  Resources: tagged({
    ...role,
    ...restApi,
    ...validation,
    ...methods,
    ...preflights,
    ...kafka,
    ...responses,
    ...deployment,
    ...usagePlan,
    ...webAcl,
    ...domainName,
    ...accessLog,
    ...metricFilters,
    ...alarms,
    ...dashboard,
    ...canary,
  }),
  Outputs: outputs,
};
