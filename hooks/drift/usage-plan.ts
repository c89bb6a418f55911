import {
  GetApiKeyCommand,
  GetUsagePlanCommand,
  paginateGetUsagePlanKeys,
  paginateGetUsagePlans,
} from '@aws-sdk/client-api-gateway';
import { apiStage, sharesApi } from '../stage/target';
import { compare, type Difference } from './compare';
import {
  added,
  compareSets,
  declaredOf,
  type Look,
  missing,
  orMissing,
  physicalIdOf,
} from './look';

export const lookAtApiKeys: Look = async (site, declared) => {
  const looks = declared.map(async ([id, properties]) => {
    const apiKey = physicalIdOf(site, id);
    const live = await orMissing(site.apiGateway.send(new GetApiKeyCommand({ apiKey })));
    return compare(
      `API key ${id}`,
      { enabled: String(properties.Enabled ?? true) },
      live && { enabled: String(live.enabled) },
    );
  });
  return (await Promise.all(looks)).flat();
};

/** A usage plan limits how much the holders of its keys may call, and on which stages. */
export const lookAtUsagePlans: Look = async (site, declared) => {
  const { apiGateway: client } = site;
  const found: Difference[] = [];
  for (const [id, properties] of declared) {
    const usagePlanId = physicalIdOf(site, id);
    const live = await orMissing(client.send(new GetUsagePlanCommand({ usagePlanId })));
    if (live === undefined) {
      found.push(missing('Usage plan'));
      continue;
    }
    const { Quota: quota, ApiStages: stages = [] } = properties as {
      Quota?: { Limit?: unknown; Period?: unknown };
      ApiStages?: { ApiId?: unknown; Stage?: unknown }[];
    };
    found.push(
      ...compare(
        'Usage plan',
        {
          quota: { limit: quota?.Limit, period: quota?.Period },
          stages: stages.map(({ ApiId, Stage }) => `${ApiId}/${Stage}`),
        },
        {
          quota: { limit: live.quota?.limit, period: live.quota?.period },
          stages: live.apiStages?.map(({ apiId, stage }) => `${apiId}/${stage}`),
          throttle: live.throttle,
          throttleOfMethods: live.apiStages?.flatMap(({ throttle = {} }) => Object.keys(throttle)),
        },
      ),
    );
    const keys: string[] = [];
    for await (const { items = [] } of paginateGetUsagePlanKeys({ client }, { usagePlanId })) {
      keys.push(...items.map((key) => String(key.id)));
    }
    const expected = declaredOf(site, 'AWS::ApiGateway::UsagePlanKey')
      .filter(([, { UsagePlanId }]) => UsagePlanId === usagePlanId)
      .map(([, { KeyId }]) => String(KeyId));
    found.push(...compareSets('Usage plan: key', expected, keys));
  }
  return [...found, ...(await otherPlans(site, declared))];
};

/** Further plans of the stage, whose keys it accepts too. A shared stage may have its owner's. */
async function otherPlans(
  site: Parameters<Look>[0],
  declared: Parameters<Look>[1],
): Promise<Difference[]> {
  const { apiGateway: client, target } = site;
  if (declared.length === 0 || sharesApi(target)) return [];
  const own = declared.map(([id]) => physicalIdOf(site, id));
  const found: Difference[] = [];
  for await (const { items = [] } of paginateGetUsagePlans({ client }, {})) {
    for (const { id = '', name, apiStages = [] } of items) {
      const isOfStage = apiStages.some(
        ({ apiId, stage }) => apiId === target.restApiId && stage === apiStage(target),
      );
      if (isOfStage && !own.includes(id))
        found.push(added(`Usage plan ${name ?? id} of the stage`));
    }
  }
  return found;
}
