import { readTagMap } from '../entities/tags';
import {
  changeUsagePlan,
  createUsagePlan,
  deleteUsagePlan,
  readUsagePlanSettings,
  usagePlanOf,
} from '../entities/usage-plans';
import type { ControlRequest, Operation } from '../operation';
import { pageOf } from '../paging';
import { applyPatch, readPatchOperations } from '../patch';
import type { UsagePlan } from '../usage-plan-model';
import { usagePlanWire } from '../wire';
import { usagePlanPatchErrors, usagePlanRules, withEscapedPath } from './usage-plan-rules';

export const usagePlanOperations: readonly Operation[] = [
  {
    name: 'CreateUsagePlan',
    route: 'POST /usageplans',
    status: 201,
    handle({ region, input }) {
      const plan = createUsagePlan(region, {
        name: input.requiredText('name', 'Usage Plan name cannot be empty'),
        settings: readUsagePlanSettings(region, input),
        tags: readTagMap(input) ?? {},
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
      const changes = readPatchOperations(request.input).map(withEscapedPath);
      applyPatch(draft, changes, usagePlanRules(request.region), usagePlanPatchErrors);
      return usagePlanWire(changeUsagePlan(request.region, plan, draft));
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
