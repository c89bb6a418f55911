import { checkStage } from '../entities/stages';
import {
  createUsagePlan,
  deleteUsagePlan,
  readQuota,
  readThrottle,
  readUsagePlanSettings,
  usagePlanOf,
} from '../entities/usage-plans';
import { badRequest, notFound } from '../errors';
import { Members } from '../members';
import type { UsagePlan } from '../model';
import type { ControlRequest, Operation } from '../operation';
import { pageOf } from '../paging';
import {
  applyPatch,
  listingPatchErrors,
  type PatchRule,
  patchNumber,
  readPatchOperations,
} from '../patch';
import type { RegionStore } from '../store';
import { usagePlanWire } from '../wire';

function rulesFor(region: RegionStore): readonly PatchRule<UsagePlan>[] {
  return [
    {
      path: '/name',
      ops: ['replace'],
      apply(plan, value = '') {
        if (value === '') throw badRequest('Usage Plan name cannot be empty');
        plan.name = value;
      },
    },
    {
      path: '/description',
      ops: ['replace'],
      apply(plan, value) {
        plan.description = value;
      },
    },
    {
      path: '/apiStages',
      ops: ['add', 'remove'],
      apply(plan, value = '', _names, op) {
        const [apiId = '', stage = ''] = value.split(':');
        const others = plan.apiStages.filter(
          (known) => known.apiId !== apiId || known.stage !== stage,
        );
        if (op === 'remove' && others.length === plan.apiStages.length) {
          throw notFound('API Stage not found');
        }
        if (op === 'add') checkStage(region, apiId, stage);
        plan.apiStages = op === 'add' ? [...others, { apiId, stage }] : others;
      },
    },
    { path: '/throttle', ops: ['remove'], apply: clear('throttle') },
    throttleRule('burstLimit'),
    throttleRule('rateLimit'),
    { path: '/quota', ops: ['remove'], apply: clear('quota') },
    quotaRule('limit'),
    quotaRule('offset'),
    quotaRule('period'),
  ];
}

const PATHS = [
  '/name',
  '/description',
  '/productCode',
  '/quota',
  '/quota/limit',
  '/quota/offset',
  '/quota/period',
  '/throttle',
  '/throttle/burstLimit',
  '/throttle/rateLimit',
  '/apiStages',
];
const ERRORS = listingPatchErrors(PATHS);

function clear(member: 'throttle' | 'quota') {
  return (plan: UsagePlan) => {
    plan[member] = undefined;
  };
}

function throttleRule(member: 'burstLimit' | 'rateLimit'): PatchRule<UsagePlan> {
  return {
    path: `/throttle/${member}`,
    ops: ['add', 'replace'],
    apply(plan, value) {
      const changed = { ...plan.throttle, [member]: patchNumber(value, member) };
      plan.throttle = readThrottle(Members.ofRequest(changed));
    },
  };
}

function quotaRule(member: 'limit' | 'offset' | 'period'): PatchRule<UsagePlan> {
  return {
    path: `/quota/${member}`,
    ops: ['add', 'replace'],
    apply(plan, value) {
      const changed = {
        limit: 1,
        period: 'DAY',
        ...plan.quota,
        [member]: member === 'period' ? value : patchNumber(value, member),
      };
      plan.quota = readQuota(Members.ofRequest(changed));
    },
  };
}

export const usagePlanOperations: readonly Operation[] = [
  {
    name: 'CreateUsagePlan',
    route: 'POST /usageplans',
    status: 201,
    handle({ region, input }) {
      const plan = createUsagePlan(region, {
        name: input.requiredText('name', 'Usage Plan name cannot be empty'),
        settings: readUsagePlanSettings(region, input),
        tags: input.textMap('tags') ?? {},
      });
      return { ...usagePlanWire(plan), tags: input.textMap('tags') };
    },
  },
  {
    name: 'GetUsagePlans',
    route: 'GET /usageplans',
    status: 200,
    handle({ region, query }) {
      const keyId = query.get('keyId');
      const plans = [...region.usagePlans.values()].filter(
        ({ keyIds }) => keyId === null || keyIds.has(keyId),
      );
      return pageOf(plans, query, (plan) => ({ ...usagePlanWire(plan), tags: definedTags(plan) }));
    },
  },
  {
    name: 'GetUsagePlan',
    route: 'GET /usageplans/{usagePlanId}',
    status: 200,
    handle: (request) => usagePlanWire(requestedPlan(request)),
  },
  {
    name: 'UpdateUsagePlan',
    route: 'PATCH /usageplans/{usagePlanId}',
    status: 200,
    handle(request) {
      const plan = requestedPlan(request);
      const draft = { ...plan };
      const changes = readPatchOperations(request.input, 'UpdateUsagePlan');
      applyPatch(draft, changes, rulesFor(request.region), ERRORS);
      return usagePlanWire(Object.assign(plan, draft));
    },
  },
  {
    name: 'DeleteUsagePlan',
    route: 'DELETE /usageplans/{usagePlanId}',
    status: 202,
    handle: ({ region, param }) => deleteUsagePlan(region, param('usagePlanId')),
  },
];

export function requestedPlan({ region, param }: ControlRequest): UsagePlan {
  return usagePlanOf(region, param('usagePlanId'));
}

/** Lists omit empty tags; a single plan has an empty map (recorded). */
function definedTags({ tags }: UsagePlan): UsagePlan['tags'] | undefined {
  return Object.keys(tags).length === 0 ? undefined : tags;
}
