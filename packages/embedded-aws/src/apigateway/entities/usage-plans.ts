import { badRequest, conflict, notFound, notInEnum, validationError } from '../errors';
import { PART_ID_LENGTH, randomId } from '../ids';
import { isOneOf } from '../is-one-of';
import { Members } from '../members';
import type { TextMap } from '../model';
import { QUOTAS, tooMany } from '../quotas';
import type { RegionStore } from '../store';
import {
  type PlanThrottle,
  QUOTA_PERIODS,
  type QuotaSettings,
  type UsagePlan,
  type UsagePlanStage,
} from '../usage-plan-model';
import { apiKeyOf } from './api-keys';

export function usagePlanOf(region: RegionStore, id: string): UsagePlan {
  const plan = region.usagePlans.get(id);
  if (plan === undefined) throw notFound('Invalid Usage Plan ID specified');
  return plan;
}

/** The settings of a plan, without id, name, tags and keys. */
export type UsagePlanSettings = Pick<UsagePlan, 'description' | 'apiStages' | 'throttle' | 'quota'>;

/** @throws AwsError like CreateUsagePlan, also if a stage does not exist */
export function readUsagePlanSettings(region: RegionStore, input: Members): UsagePlanSettings {
  const apiStages = (input.groups('apiStages') ?? []).map(readStage);
  for (const apiStage of apiStages) checkApiStage(region, apiStage);
  const throttle = input.group('throttle');
  const quota = input.group('quota');
  const settings = {
    description: input.text('description'),
    apiStages,
    throttle: throttle && readThrottle(throttle),
    quota: quota && readQuota(quota),
  };
  checkMethodThrottles(settings);
  return settings;
}

/**
 * AWS's text for a stage that is not there is from reports of stacks; so is the one without names,
 * whose gaps AWS leaves open: https://github.com/aws/aws-sdk/issues/354
 * @throws AwsError BadRequestException, NotFoundException
 */
function checkApiStage(region: RegionStore, { apiId, stage }: UsagePlanStage): void {
  if (apiId === '' || stage === '') {
    throw badRequest('Invalid API Stage {api: %s, stage: %s} specified for usageplan %s');
  }
  if (region.restApis.get(apiId)?.stages.has(stage) !== true) {
    throw notFound(`API Stage not found: ${apiId}:${stage}`);
  }
}

/**
 * Limits of single methods stand only beside one of the whole plan. AWS's text is from a report of a
 * deployment: https://github.com/aws/aws-cdk/pull/6411
 */
function checkMethodThrottles({ apiStages, throttle }: UsagePlanSettings): void {
  const isFine = apiStages.some((stage) => Object.keys(stage.throttle ?? {}).length > 0);
  if (!isFine || throttle !== undefined) return;
  throw badRequest('Can not define fine grain throttling if usage plan throttle is not defined.');
}

function readStage(input: Members): UsagePlanStage {
  const throttle = input.groupMap('throttle');
  return {
    apiId: input.text('apiId') ?? '',
    stage: input.text('stage') ?? '',
    throttle: throttle && throttlesOf(throttle),
  };
}

const throttlesOf = (methods: readonly (readonly [string, Members])[]) =>
  Object.fromEntries(methods.map(([method, limits]) => [method, readThrottle(limits)]));

/** @throws AwsError for what is not limits by `{resourcePath}/{METHOD}` */
export function readMethodThrottles(throttle: unknown): Readonly<Record<string, PlanThrottle>> {
  return throttlesOf(Members.ofRequest({ throttle }).groupMap('throttle') ?? []);
}

/** @throws AwsError BadRequestException for a negative limit */
export function readThrottle(input: Members): PlanThrottle {
  const burstLimit = checkLimit(input.number('burstLimit'), 'burst');
  const rateLimit = checkLimit(input.number('rateLimit'), 'rate');
  return {
    ...(burstLimit === undefined ? {} : { burstLimit }),
    ...(rateLimit === undefined ? {} : { rateLimit }),
  };
}

function checkLimit(limit: number | undefined, name: string): number | undefined {
  if (limit === undefined || limit >= 0) return limit;
  throw badRequest(`Usage Plan throttle ${name} limit must not be negative`);
}

export function readQuota(input: Members): QuotaSettings {
  const period = input.text('period') ?? '';
  if (!isOneOf(QUOTA_PERIODS, period)) {
    throw validationError([notInEnum(period, 'createUsagePlanInput.quota.period', QUOTA_PERIODS)]);
  }
  const limit = input.number('limit') ?? 0;
  if (!Number.isInteger(limit) || limit <= 0) {
    throw badRequest('Usage Plan quota limit must be greater than zero');
  }
  return { limit, offset: input.number('offset') ?? 0, period };
}

export interface NewUsagePlan {
  readonly name: string;
  readonly settings: UsagePlanSettings;
  readonly tags: TextMap;
  readonly id?: string;
}

export function createUsagePlan(region: RegionStore, input: NewUsagePlan): UsagePlan {
  const plan: UsagePlan = {
    ...input.settings,
    id: input.id ?? randomId(PART_ID_LENGTH),
    name: input.name,
    tags: input.tags,
    keyIds: new Set(),
  };
  region.usagePlans.set(plan.id, plan);
  return plan;
}

/**
 * Gives a plan other settings.
 * @throws AwsError ConflictException if one of its keys is in another plan of a stage that it gets
 */
export function changeUsagePlan(
  region: RegionStore,
  plan: UsagePlan,
  changed: Partial<UsagePlan> & UsagePlanSettings,
): UsagePlan {
  checkMethodThrottles(changed);
  for (const keyId of plan.keyIds) refuseSecondPlan(region, keyId, { ...plan, ...changed });
  return Object.assign(plan, changed);
}

/**
 * AWS's text is from reports: https://github.com/aws/aws-sdk-js/issues/3841
 * @throws AwsError BadRequestException if the plan has stages
 */
export function deleteUsagePlan(region: RegionStore, id: string): void {
  const plan = usagePlanOf(region, id);
  const [first] = plan.apiStages;
  if (first !== undefined) {
    throw badRequest(
      `Cannot delete Usage Plan ${id} because there are API Stages associated with it, including ${first.apiId}:${first.stage}`,
    );
  }
  for (const keyId of plan.keyIds) region.usage.remove(id, keyId);
  region.usagePlans.delete(id);
}

/**
 * @throws AwsError ConflictException if the key is in the plan, or in another plan for the same
 *   stage
 */
export function addUsagePlanKey(region: RegionStore, planId: string, keyId: string): void {
  const plan = usagePlanOf(region, planId);
  apiKeyOf(region, keyId);
  if (plan.keyIds.has(keyId)) {
    throw conflict(`Usage plan already subscribed to api key ${keyId}`);
  }
  refuseSecondPlan(region, keyId, plan);
  const plans = [...region.usagePlans.values()].filter(({ keyIds }) => keyIds.has(keyId));
  if (plans.length >= QUOTAS.usagePlansOfApiKey) {
    throw tooMany(
      `API key ${keyId} is in ${plans.length} usage plans, and at most ${QUOTAS.usagePlansOfApiKey} are allowed`,
    );
  }
  plan.keyIds.add(keyId);
}

/**
 * A key belongs to one plan of a stage; the text is ours.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
function refuseSecondPlan(
  region: RegionStore,
  keyId: string,
  plan: Pick<UsagePlan, 'id' | 'apiStages'>,
): void {
  for (const other of region.usagePlans.values()) {
    if (other.id === plan.id || !other.keyIds.has(keyId)) continue;
    const shared = other.apiStages.find(({ apiId, stage }) =>
      plan.apiStages.some((own) => own.apiId === apiId && own.stage === stage),
    );
    if (shared === undefined) continue;
    throw conflict(
      `API Key ${keyId} cannot be added to usage plan ${plan.id}: a usage plan already exists for the key and stage ${shared.apiId}:${shared.stage}`,
    );
  }
}

export function removeUsagePlanKey(region: RegionStore, planId: string, keyId: string): void {
  const plan = usagePlanOf(region, planId);
  if (!plan.keyIds.delete(keyId)) throw notFound('Invalid Usage Plan Key ID specified');
  region.usage.remove(planId, keyId);
}
