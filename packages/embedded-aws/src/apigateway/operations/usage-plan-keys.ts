import { apiKeyOf } from '../entities/api-keys';
import { addUsagePlanKey, removeUsagePlanKey } from '../entities/usage-plans';
import { badRequest, notFound, unsupported } from '../errors';
import type { ControlRequest, Operation } from '../operation';
import { pageOf } from '../paging';
import { daysBetween } from '../usage';
import type { ApiKey } from '../usage-plan-model';
import { requestedPlan } from './usage-plans';

export const usagePlanKeyOperations: readonly Operation[] = [
  {
    name: 'CreateUsagePlanKey',
    route: 'POST /usageplans/{usagePlanId}/keys',
    status: 201,
    handle(request) {
      const { region, input } = request;
      const type = input.text('keyType');
      if (type !== 'API_KEY') throw badRequest(`Invalid key type specified: ${type ?? 'null'}`);
      const keyId = input.text('keyId') ?? '';
      addUsagePlanKey(region, request.param('usagePlanId'), keyId);
      return planKeyWire(apiKeyOf(region, keyId));
    },
  },
  {
    name: 'GetUsagePlanKeys',
    route: 'GET /usageplans/{usagePlanId}/keys',
    status: 200,
    handle(request) {
      const name = request.query.get('name');
      // The newest first; of an unknown plan there are none (recorded:
      // TestApigatewayApiKeysCrud::test_get_usage_plan_api_keys, 10-10-2024).
      const { keyIds = [] } = request.region.usagePlans.get(request.param('usagePlanId')) ?? {};
      const keys = [...keyIds]
        .reverse()
        .map((id) => apiKeyOf(request.region, id))
        .filter((key) => name === null || key.name?.startsWith(name));
      return pageOf(keys, request.query, planKeyWire);
    },
  },
  {
    name: 'GetUsagePlanKey',
    route: 'GET /usageplans/{usagePlanId}/keys/{keyId}',
    status: 200,
    handle: (request) => planKeyWire(requestedPlanKey(request)),
  },
  {
    name: 'DeleteUsagePlanKey',
    route: 'DELETE /usageplans/{usagePlanId}/keys/{keyId}',
    status: 202,
    handle: ({ region, param }) => removeUsagePlanKey(region, param('usagePlanId'), param('keyId')),
  },
  {
    name: 'GetUsage',
    route: 'GET /usageplans/{usagePlanId}/usage',
    status: 200,
    handle: usageOf,
  },
  {
    name: 'UpdateUsage',
    route: 'PATCH /usageplans/{usagePlanId}/keys/{keyId}/usage',
    status: 200,
    handle() {
      throw unsupported('UpdateUsage');
    },
  },
];

function requestedPlanKey(request: ControlRequest): ApiKey {
  const keyId = request.param('keyId');
  if (!requestedPlan(request).keyIds.has(keyId)) {
    throw notFound('Invalid Usage Plan Key ID specified');
  }
  return apiKeyOf(request.region, keyId);
}

function planKeyWire({ id, name, value }: ApiKey) {
  return { id, type: 'API_KEY', value, name };
}

/**
 * For each key, or the one that is named, and day: its requests, and what remains at its end of the
 * quota's period (public report: https://github.com/INSPIRE-MIF/helpdesk-validator/issues/976).
 */
function usageOf(request: ControlRequest) {
  const { region, query } = request;
  const plan = requestedPlan(request);
  const startDate = query.get('startDate') ?? '';
  const endDate = query.get('endDate') ?? '';
  const isDate = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);
  if (!isDate(startDate) || !isDate(endDate) || startDate > endDate) {
    throw badRequest('Invalid start or end date specified');
  }
  const days = daysBetween(startDate, endDate);
  const { quota } = plan;
  const remains = (keyId: string, day: string): number =>
    quota === undefined
      ? 0
      : Math.max(quota.limit - region.usage.used(plan.id, keyId, quota, Date.parse(day)), 0);
  const only = query.get('keyId');
  const keyIds = [...plan.keyIds].filter((keyId) => only === null || keyId === only);
  const values = keyIds.map((keyId) => [
    keyId,
    days.map((day) => [region.usage.on(plan.id, keyId, day), remains(keyId, day)]),
  ]);
  return { usagePlanId: plan.id, startDate, endDate, values: Object.fromEntries(values) };
}
