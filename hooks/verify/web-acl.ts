import { text } from 'node:stream/consumers';
import { type APIGatewayClient, GetStageCommand } from '@aws-sdk/client-api-gateway';
import { apiStage, type Target } from '../stage/target';
import type { Exchange } from './exchange';
import { signedHeaders } from './sign';

/** How far back samples are looked for; a run takes less. */
const WINDOW_S = 900;

/** WAF lists the requests that it blocked a moment later; waited for once in a run. In milliseconds. */
const PAUSES_MS = [0, 1_000, 3_000] as const;

/** Where WAF may be asked: as the verifier, with its connections. */
export interface WebAclOptions {
  readonly apiGateway: APIGatewayClient;
  readonly target: Target;
  readonly signal: AbortSignal;
  readonly sleep: (ms: number) => Promise<unknown>;
}

type Answer = Readonly<Record<string, unknown>>;

/**
 * The rule of the stage's web ACL that blocked a request, by WAF's samples: `common,
 * AWS#AWSManagedRulesCommonRuleSet#SizeRestrictions_BODY`. The web ACL says it only to those who may
 * read it (wafv2:GetWebACL, wafv2:GetSampledRequests), and only of rules that are sampled.
 * @returns undefined where it is not known
 */
export function createRuleFinder(
  options: WebAclOptions,
): (blocked: Exchange) => Promise<string | undefined> {
  let pauses: readonly number[] = PAUSES_MS;
  return async (blocked) => {
    const [first = 0, ...further] = pauses;
    // Where the samples do not come in time, they do not come for the next request either.
    pauses = [0];
    for (const ms of [first, ...further]) {
      if (ms > 0) await options.sleep(ms);
      try {
        const rule = await findRule(options, blocked);
        if (rule !== undefined) return rule;
      } catch {
        options.signal.throwIfAborted();
        return undefined;
      }
    }
    return undefined;
  };
}

async function findRule(
  options: WebAclOptions,
  { method, url }: Exchange,
): Promise<string | undefined> {
  const { apiGateway, target } = options;
  const stageName = apiStage(target);
  const { webAclArn } = await apiGateway.send(
    new GetStageCommand({ restApiId: target.restApiId, stageName }),
  );
  if (webAclArn === undefined) return undefined;
  const { WebACL: webAcl } = await ask(options, 'GetWebACL', { ARN: webAclArn });
  const { Rules: rules = [] } = webAcl as { Rules?: readonly Answer[] };
  const end = Math.ceil(Date.now() / 1_000);
  const metrics = rules.map(({ Name, VisibilityConfig }) => ({
    name: String(Name),
    metric: String((VisibilityConfig as Answer).MetricName),
  }));
  for (const { name, metric } of [
    ...metrics,
    { name: 'the default action', metric: 'Default_Action' },
  ]) {
    const { SampledRequests: samples = [] } = await ask(options, 'GetSampledRequests', {
      WebAclArn: webAclArn,
      RuleMetricName: metric,
      Scope: 'REGIONAL',
      TimeWindow: { StartTime: end - WINDOW_S, EndTime: end },
      MaxItems: 500,
    });
    const sample = (samples as readonly Answer[]).findLast(
      ({ Action, Request }) =>
        Action === 'BLOCK' && isSame(Request as Answer, method, url.slice(target.invokeUrl.length)),
    );
    if (sample === undefined) continue;
    const { RuleNameWithinRuleGroup: within } = sample;
    return within === undefined ? name : `${name}, ${within}`;
  }
  return undefined;
}

/** WAF's path has the stage before it, or a domain's base path. */
const isSame = ({ Method, URI }: Answer, method: string, path: string) =>
  Method === method && String(URI).replace(/\?.*/s, '').endsWith(path.replace(/\?.*/s, ''));

/**
 * Calls WAF over its JSON protocol: two commands that few runs need are no reason for an SDK client.
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_GetSampledRequests.html
 */
async function ask(
  { apiGateway: { config }, target: { region }, signal }: WebAclOptions,
  action: string,
  input: object,
): Promise<Answer> {
  const request = {
    method: 'POST',
    ...(await endpointOf(config, region)),
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSWAF_20190729.${action}`,
    },
    body: JSON.stringify(input),
  };
  const headers = await signedHeaders('wafv2', region, config.credentials, request);
  const { response } = await config.requestHandler.handle({ ...request, headers } as never, {
    abortSignal: signal as never,
  });
  const body = await text(response.body);
  if (response.statusCode !== 200) throw new Error(`${action}: ${response.statusCode} ${body}`);
  return JSON.parse(body);
}

async function endpointOf(config: APIGatewayClient['config'], region: string) {
  const own = await config.endpoint?.();
  if (own !== undefined) {
    const { protocol, hostname, port } = own;
    return { protocol, hostname, ...(port !== undefined && { port }), path: '/', query: {} };
  }
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return { protocol: 'https:', hostname: `wafv2.${region}.${suffix}`, path: '/', query: {} };
}
