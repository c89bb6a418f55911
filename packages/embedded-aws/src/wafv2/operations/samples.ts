import { operationFor } from '../../core/protocol/operation';
import { required, structure, text } from '../../core/shapes/shape';
import { scope } from '../members';
import type { Sample } from '../samples';
import { requireRegional, type WebAclStore } from '../store';

const operation = operationFor<WebAclStore>();

const time = { type: 'Timestamp', required: true } as const;

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_GetSampledRequests.html */
export const sampleOperations = {
  GetSampledRequests: operation({
    input: {
      WebAclArn: required(text),
      RuleMetricName: required(text),
      Scope: required(scope),
      TimeWindow: required(structure({ StartTime: time, EndTime: time })),
      MaxItems: { type: 'Long', min: 1, max: 500, required: true },
    },
    resource: ({ WebAclArn }) => WebAclArn,
    run({ WebAclArn, RuleMetricName, Scope, TimeWindow, MaxItems }, { store }) {
      requireRegional(Scope);
      const { arn } = store.get(WebAclArn);
      const { StartTime: start, EndTime: end } = TimeWindow;
      const sampled = store.samples
        .of(arn, RuleMetricName)
        // Times on the wire may be whole seconds.
        .filter(({ at }) => at >= start && at < end + 1_000);
      return {
        SampledRequests: sampled.slice(-MaxItems).map(sampleAnswer),
        PopulationSize: sampled.length,
        TimeWindow: { StartTime: start / 1_000, EndTime: end / 1_000 },
      };
    },
  }),
};

function sampleAnswer({ request, within, at }: Sample) {
  const { sourceIp, method, path, query, protocol, headers } = request;
  return {
    Request: {
      ClientIP: sourceIp,
      Country: '-',
      URI: query === '' ? path : `${path}?${query}`,
      Method: method,
      HTTPVersion: protocol,
      Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
    },
    Weight: 1,
    Timestamp: at / 1_000,
    Action: 'BLOCK',
    ...(within !== undefined && { RuleNameWithinRuleGroup: within }),
  };
}
