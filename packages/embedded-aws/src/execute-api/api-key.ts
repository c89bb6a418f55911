import type { Method, Resource } from '../apigateway/model';
import type { ServedStage } from '../apigateway/store';
import type {
  ApiKey,
  PlanThrottle,
  ThrottleSettings,
  UsagePlan,
} from '../apigateway/usage-plan-model';
import type { StageDependencies } from './dependencies';
import type { Exchange } from './exchange';
import { GatewayError } from './gateway-error';
import type { Throttle } from './token-buckets';

/**
 * Requires the key of a usage plan of the stage, for methods with `apiKeyRequired`, and meters the
 * request: the plan's throttling first, then its quota.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 * @throws GatewayError 403 `Forbidden`, 429 `Too Many Requests` or `Limit Exceeded`
 */
export function checkApiKey(exchange: Exchange, { throttle, now }: StageDependencies): void {
  const { served, resource, method, context } = exchange;
  if (!method.apiKeyRequired) return;
  const value = sentKey(exchange);
  const found = value === undefined ? undefined : findPlan(served, value);
  if (value !== undefined) context.identity.apiKey = value;
  if (found === undefined) throw new GatewayError('INVALID_API_KEY', 'Forbidden');
  const { plan, key } = found;
  context.identity.apiKeyId = key.id;
  throttlePlan(served, plan, key, resource, method, throttle);
  const { usage } = served.region;
  const { quota } = plan;
  const time = now();
  if (quota !== undefined && usage.used(plan.id, key.id, quota, time) >= quota.limit) {
    throw new GatewayError('QUOTA_EXCEEDED', 'Limit Exceeded');
  }
  usage.count(plan.id, key.id, time);
}

/** From the client's header, or as the method's authorizer names it, as the API's source of keys is. */
function sentKey({ definition, http, usageIdentifierKey }: Exchange): string | undefined {
  return definition.apiKeySource === 'AUTHORIZER' ? usageIdentifierKey : http.headers['x-api-key'];
}

/** A key opens a stage through a plan that has both. */
function findPlan(
  { region, api, stage }: ServedStage,
  value: string,
): { plan: UsagePlan; key: ApiKey } | undefined {
  const key = region.apiKeys.withValue(value);
  if (!key?.enabled) return undefined;
  for (const plan of region.usagePlans.values()) {
    if (!plan.keyIds.has(key.id)) continue;
    const hasStage = plan.apiStages.some(
      (known) => known.apiId === api.id && known.stage === stage.stageName,
    );
    if (hasStage) return { plan, key };
  }
  return undefined;
}

function throttlePlan(
  { api, stage }: ServedStage,
  plan: UsagePlan,
  key: ApiKey,
  resource: Resource,
  method: Method,
  throttle: Throttle,
): void {
  const place = plan.apiStages.find(
    (known) => known.apiId === api.id && known.stage === stage.stageName,
  );
  const name = `${resource.path}/${method.httpMethod}`;
  const own = place?.throttle;
  const limits = own !== undefined && Object.hasOwn(own, name) ? own[name] : undefined;
  if (limits !== undefined) {
    throttle.take(`${plan.id}/${key.id}/${api.id}/${stage.stageName}/${name}`, filled(limits));
  }
  if (plan.throttle !== undefined) {
    throttle.take(`${plan.id}/${key.id}`, filled(plan.throttle));
  }
}

/** A plan with a rate alone bursts no higher than the rate; one with a burst alone refills at once. */
function filled({ rateLimit, burstLimit }: PlanThrottle): ThrottleSettings {
  return {
    rateLimit: rateLimit ?? Number.MAX_SAFE_INTEGER,
    burstLimit: burstLimit ?? Math.max(rateLimit ?? Number.MAX_SAFE_INTEGER, 1),
  };
}
