import {
  GetApiKeyCommand,
  GetUsagePlanCommand,
  paginateGetUsagePlanKeys,
  paginateGetUsagePlans,
} from '@aws-sdk/client-api-gateway';
import { logicalIds } from '../../resources/logical-ids';
import { producersIn } from '../stage/remembered';
import { apiStage, sharesApi } from '../stage/target';
import { readThrowAwayName } from '../stage/throw-away-name';
import { compare, type Difference } from './compare';
import {
  added,
  compareSets,
  declaredOf,
  type Look,
  missing,
  orMissing,
  physicalIdOf,
  type Site,
} from './look';
import { declaredPlan, livePlan } from './shapes';

export const lookAtApiKeys: Look = async (site, declared) => {
  const looks = declared.map(async ([id, properties]) => {
    const apiKey = physicalIdOf(site, id);
    const live = await orMissing(site.apiGateway.send(new GetApiKeyCommand({ apiKey })));
    return compare(
      `API key ${keyName(site, id)}`,
      { enabled: String(properties.Enabled ?? true), name: properties.Name },
      live && {
        enabled: String(live.enabled),
        // CloudFormation names a key that is declared without a name.
        name: properties.Name === undefined ? undefined : live.name,
      },
    );
  });
  return (await Promise.all(looks)).flat();
};

/** A usage plan limits how much the holders of its keys may call, and on which stages. */
export const lookAtUsagePlans: Look = async (site, declared) => {
  const kept = keptOf(site);
  const looks = declared.map(async ([id, properties]): Promise<Difference[]> => {
    const { apiGateway: client } = site;
    const where = nameOf(site, id);
    const usagePlanId = physicalIdOf(site, id);
    const live = await orMissing(client.send(new GetUsagePlanCommand({ usagePlanId })));
    if (live === undefined) return [missing(where)];
    const keys: string[] = [];
    for await (const { items = [] } of paginateGetUsagePlanKeys({ client }, { usagePlanId })) {
      keys.push(...items.map((key) => String(key.id)).filter((key) => !kept.has(key)));
    }
    const expected = declaredOf(site, 'AWS::ApiGateway::UsagePlanKey')
      .filter(([, { UsagePlanId }]) => UsagePlanId === usagePlanId)
      .map(([, { KeyId }]) => String(KeyId));
    return [
      ...compare(where, declaredPlan(properties), livePlan(live)),
      ...compareSets(`${where}: key`, expected, keys),
    ];
  });
  return [...(await Promise.all(looks)).flat(), ...(await otherPlans(site, declared))];
};

/**
 * Resources that the stack has and no longer declares: while the outcome of a deploy is open, keys
 * and plans that have left the list stay for the way back.
 */
const keptOf = ({ stack: { template, physicalIds } }: Site): ReadonlySet<string> =>
  new Set(
    Object.entries(physicalIds)
      .filter(([id]) => template.Resources[id] === undefined)
      .map(([, physicalId]) => physicalId),
  );

/** A plan in words: the stage's own, or whose it is. */
function nameOf({ stack: { template } }: Site, id: string): string {
  const producer = producersIn(template).find(({ name }) => logicalIds.producerPlan(name) === id);
  return producer === undefined ? 'Usage plan' : `Usage plan of producer ${producer.name}`;
}

/** A key in words: its logical id if it is the stage's own, or producer and name. */
function keyName({ stack: { template } }: Site, id: string): string {
  const all = producersIn(template).flatMap(({ name, keys }) => keys.map((key) => ({ name, key })));
  const found = all.find(({ name, key }) => logicalIds.producerKey(name, key) === id);
  return found === undefined ? id : `${found.name}/${found.key}`;
}

/** Further plans of the stage, whose keys it accepts too. A shared stage may have its owner's. */
async function otherPlans(
  site: Parameters<Look>[0],
  declared: Parameters<Look>[1],
): Promise<Difference[]> {
  const { apiGateway: client, target } = site;
  if (declared.length === 0 || sharesApi(target)) return [];
  const own = new Set([...declared.map(([id]) => physicalIdOf(site, id)), ...keptOf(site)]);
  const found: Difference[] = [];
  for await (const { items = [] } of paginateGetUsagePlans({ client }, {})) {
    for (const { id = '', name, apiStages = [] } of items) {
      const isOfStage = apiStages.some(
        ({ apiId, stage }) => apiId === target.restApiId && stage === apiStage(target),
      );
      // A verification under way has one for itself.
      if (readThrowAwayName(name ?? '', target)?.namesOwner) continue;
      if (isOfStage && !own.has(id)) found.push(added(`Usage plan ${name ?? id} of the stage`));
    }
  }
  return found;
}
