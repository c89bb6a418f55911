import type { Caller } from '../../src/core/caller';
import type { Properties } from '../../src/core/resource-handler';
import { createWafv2, type ProtectedResource, type Wafv2 } from '../../src/wafv2';
import { awsRequest, testCaller } from '../support/aws-request';

export const STAGE = 'arn:aws:apigateway:us-east-1::/restapis/abc123/stages/dev';
export const OTHER_STAGE = 'arn:aws:apigateway:us-east-1::/restapis/abc123/stages/prod';

export const MISSING =
  'AWS WAF couldn’t perform the operation because your resource doesn’t exist.';

export const ALLOW = {
  DefaultAction: { Allow: {} },
  VisibilityConfig: {
    SampledRequestsEnabled: false,
    CloudWatchMetricsEnabled: false,
    MetricName: 'front',
  },
};

/** A web ACL as its summary tells it, and what GetWebACL and its kin take. */
export interface MadeWebAcl {
  readonly key: { readonly Name: string; readonly Id: string; readonly Scope: string };
  readonly arn: string;
  readonly lockToken: string;
}

/** WAF with two stages to protect. */
export function waf() {
  const associations = new Map<string, string | undefined>([
    [STAGE, undefined],
    [OTHER_STAGE, undefined],
  ]);
  const wafv2 = createWafv2((scope) =>
    scope.region !== 'us-east-1'
      ? []
      : [...associations].map(
          ([arn, webAclArn]): ProtectedResource => ({
            arn,
            webAclArn,
            protect: (next) => associations.set(arn, next),
          }),
        ),
  );
  const call = caller(wafv2);
  const create = async (Name: string, more: Properties = {}): Promise<MadeWebAcl> => {
    const { Summary } = await call('CreateWebACL', { ...ALLOW, Name, Scope: 'REGIONAL', ...more });
    const { Id, ARN, LockToken } = Summary as Record<string, string>;
    return {
      key: { Name, Id: Id ?? '', Scope: 'REGIONAL' },
      arn: ARN ?? '',
      lockToken: LockToken ?? '',
    };
  };
  return { wafv2, associations, call, create };
}

/** Calls an action and gives its output; errors are thrown as `{ __type, message }`. */
export function caller(wafv2: Wafv2, as: Caller = testCaller) {
  return async (action: string, input: object): Promise<Record<string, unknown>> => {
    const { status, body } = await wafv2.handle(
      awsRequest({
        headers: { 'x-amz-target': `AWSWAF_20190729.${action}` },
        body: JSON.stringify(input),
        caller: as,
      }),
    );
    const output = JSON.parse(body.toString());
    if (status !== 200) throw Object.assign(new Error(output.message), output);
    return output;
  };
}
