import { accessLog } from './access-log';
import { alarms } from './alarms';
import { authorizers } from './authorization/authorizers';
import { canaryResources } from './canary';
import type { Resources } from './cloudformation';
import { conditionsOf } from './conditions';
import { checkModelSizes } from './contracts/models';
import { preflights } from './cors';
import { dashboard } from './dashboard';
import { deployment } from './deployment';
import { domainName } from './domain-name';
import { eventParts } from './events';
import { kafka } from './kafka';
import { methods } from './methods';
import { metricFilters } from './metric-filters';
import { type Outputs, outputs } from './outputs';
import { parameterNames } from './parameters';
import type { DeclaredProducer } from './producers/declared';
import { producerResources } from './producers/resources';
import { responses } from './responses';
import { restApi } from './rest-api';
import { roleOf } from './role';
import { streamAlarms } from './streams/alarms';
import { consumerResources } from './streams/consumers';
import type { DeclaredStream } from './streams/declared';
import { streamOutputs } from './streams/outputs';
import { streamResources } from './streams/streams';
import { tagged } from './tags';
import { usagePlan } from './usage-plan';
import { validation } from './validation';
import { webAcl } from './web-acl';

/** The stack's template before Serverless fills in the stage's parameters. */
export interface Stack {
  readonly Metadata: { readonly KinesisRestProxy: Remembered };
  readonly Conditions: ReturnType<typeof conditionsOf>;
  readonly Resources: Resources;
  readonly Outputs: Outputs;
}

/** The values that the verifier reads from a deployed stack. */
interface Remembered {
  /** Without `invokeUrl`, whose `${…}` needs Fn::Sub: that is an output. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly streams?: readonly DeclaredStream[];
  readonly producers?: readonly DeclaredProducer[];
}

const parameters = Object.fromEntries(
  parameterNames.filter((name) => name !== 'invokeUrl').map((name) => [name, `\${param:${name}}`]),
);

/**
 * The stack with these streams and their event endpoints, without any the lesson's alone, and with a
 * plan and keys for each of these producers.
 */
export function stackOf(
  declared: readonly DeclaredStream[],
  producers: readonly DeclaredProducer[] = [],
): Stack {
  const events = eventParts(declared);
  checkModelSizes({ ...validation, ...events.resources });
  return {
    Metadata: {
      KinesisRestProxy: {
        parameters,
        ...(declared.length > 0 && { streams: declared }),
        ...(producers.length > 0 && { producers }),
      },
    },
    Conditions: conditionsOf(declared),
    Resources: tagged({
      ...roleOf(declared),
      ...restApi,
      ...validation,
      ...authorizers(declared),
      ...methods,
      ...preflights,
      ...kafka,
      ...responses(declared),
      ...streamResources(declared),
      ...consumerResources(declared),
      ...events.resources,
      ...deployment(declared, events),
      ...usagePlan,
      ...producerResources(producers, declared),
      ...webAcl,
      ...domainName,
      ...accessLog,
      ...metricFilters,
      ...alarms,
      ...streamAlarms(declared),
      ...dashboard(declared),
      ...canaryResources(declared),
    }),
    Outputs: {
      ...outputs,
      ...streamOutputs(declared),
    },
  };
}

/** The stack without declared streams. */
export const stack = stackOf([]);
