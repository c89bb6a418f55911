import { logicalIds } from '../../../resources/logical-ids';
import { ENDPOINT_IDS, inAnswer, method, properties, without } from '../damage';
import type { Fault } from '../fault';

const checkout = {
  class: 'checkout',
  caughtBy: ['Repository'],
  comparesCheckout: true,
} as const;

/**
 * Faults that no request reveals: the stack was deployed from a different checkout.
 */
export const checkoutFaults: readonly Fault[] = [
  {
    ...checkout,
    id: 'checkout-retry-after',
    broken: '429 comes without Retry-After',
    blames: 'PutRecord',
    template: inAnswer(ENDPOINT_IDS, '400', /#if\(\$status == 429[^\n]*\n[^\n]*\n#end\n/, ''),
  },
  {
    ...checkout,
    id: 'checkout-no-DEFAULT_5XX',
    broken: 'There is no gateway response DEFAULT_5XX',
    blames: { says: logicalIds.gatewayResponse('DEFAULT_5XX') },
    template: without(logicalIds.gatewayResponse('DEFAULT_5XX')),
  },
  {
    ...checkout,
    id: 'checkout-role',
    broken: 'The role may do with Kinesis what it likes',
    blames: { says: 'KinesisRole' },
    template(template) {
      const { Policies } = properties<{
        Policies: { PolicyDocument: { Statement: { Action: string[] }[] } }[];
      }>(template, logicalIds.role);
      for (const statement of Policies[0]?.PolicyDocument.Statement ?? []) {
        statement.Action = ['kinesis:*'];
      }
    },
  },
  {
    ...checkout,
    id: 'checkout-content-type',
    broken: 'The mapping of Content-Type is gone, which API Gateway makes up for',
    blames: 'PutRecord',
    template: method('PutRecord', ({ Integration }) => {
      Integration.RequestParameters = {};
    }),
  },
  {
    ...checkout,
    id: 'checkout-throttle',
    broken: 'The stage was deployed with another rate than its parameters say',
    blames: { says: 'Stage' },
    template(template) {
      const [setting] = properties<{ MethodSettings: { ThrottlingRateLimit: unknown }[] }>(
        template,
        logicalIds.stage,
      ).MethodSettings;
      if (setting !== undefined) setting.ThrottlingRateLimit = 50_000;
    },
  },
  {
    ...checkout,
    id: 'checkout-endpoint-throttle',
    broken: 'The stage was deployed without the limits of endpoints that share small quotas',
    blames: { says: 'Stage' },
    parameters: { endpointThrottles: 'true' },
    // Nothing is throttled.
    pace: { rateFactor: Number.POSITIVE_INFINITY },
    template(template) {
      const stage = properties<{ MethodSettings: object[] }>(template, logicalIds.stage);
      stage.MethodSettings = stage.MethodSettings.slice(0, 1);
    },
  },
];
