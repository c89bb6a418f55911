import { badRequest, conflict, notFound, notInEnum, validationError } from '../errors';
import { PART_ID_LENGTH, randomId } from '../ids';
import { isOneOf } from '../is-one-of';
import type { Members } from '../members';
import {
  type PlanThrottle,
  QUOTA_PERIODS,
  type QuotaSettings,
  type TextMap,
  type UsagePlan,
  type UsagePlanStage,
} from '../model';
import type { RegionStore } from '../store';
import { apiKeyOf } from './api-keys';
import { checkStage } from './stages';

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
  for (const { apiId, stage } of apiStages) checkStage(region, apiId, stage);
  const throttle = input.group('throttle');
  const quota = input.group('quota');
  return {
    description: input.text('description'),
    apiStages,
    throttle: throttle && readThrottle(throttle),
    quota: quota && readQuota(quota),
  };
}

function readStage(input: Members): UsagePlanStage {
  const throttle = input.groupMap('throttle');
  return {
    apiId: input.text('apiId') ?? '',
    stage: input.text('stage') ?? '',
    throttle:
      throttle &&
      Object.fromEntries(throttle.map(([method, limits]) => [method, readThrottle(limits)])),
  };
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

/** @throws AwsError BadRequestException if the plan has stages */
export function deleteUsagePlan(region: RegionStore, id: string): void {
  const plan = usagePlanOf(region, id);
  if (plan.apiStages.length > 0) {
    throw badRequest(
      `Cannot delete Usage Plan ${id} because there are API Stages associated with it. Please remove all API Stages first.`,
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
  for (const other of region.usagePlans.values()) {
    if (!other.keyIds.has(keyId)) continue;
    const shared = other.apiStages.find(({ apiId, stage }) =>
      plan.apiStages.some((own) => own.apiId === apiId && own.stage === stage),
    );
    if (shared !== undefined) {
      throw conflict(
        `API Key ${keyId} cannot be added to usage plan ${planId}: a usage plan already exists for the key and stage ${shared.apiId}:${shared.stage}`,
      );
    }
  }
  plan.keyIds.add(keyId);
}

export function removeUsagePlanKey(region: RegionStore, planId: string, keyId: string): void {
  const plan = usagePlanOf(region, planId);
  if (!plan.keyIds.delete(keyId)) throw notFound('Invalid Usage Plan Key ID specified');
  region.usage.remove(planId, keyId);
}
