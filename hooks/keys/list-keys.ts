import {
  type APIGatewayClient,
  type ApiKey,
  GetApiKeyCommand,
  GetUsageCommand,
  paginateGetUsagePlanKeys,
  paginateGetUsagePlans,
  type UsagePlan,
} from '@aws-sdk/client-api-gateway';
import { orUndefined } from '../stage/deployed-copy';
import { apiStage, sharesApi, type Target } from '../stage/target';
import type { KnownKey } from './known-keys';

/** An API key that opens the stage, or is declared to. Never its value. */
export interface ListedKey {
  /** `stage` for the stage's own; undefined for a key of a plan that the stack has not made. */
  readonly producer: string | undefined;
  /** The name in the producer's list; for a key that is not of the stack its name in API Gateway. */
  readonly key: string | undefined;
  readonly id: string;
  /**
   * - `on`: it opens the stage
   * - `off`: it is disabled
   * - `not in its plan`, `gone`: somebody has taken it away by hand
   */
  readonly state: 'on' | 'off' | 'not in its plan' | 'gone';
  /** False if somebody has put it into a plan of the stage by hand. */
  readonly isOfStack: boolean;
  readonly createdAt: string | undefined;
  /** Requests a second, and at once. */
  readonly rate: number | undefined;
  readonly burst: number | undefined;
  readonly quota: { readonly limit: number; readonly period: string } | undefined;
  /** Of today in UTC; undefined where it was not asked for, or there is no quota. */
  readonly usage: { readonly used: number; readonly left: number } | undefined;
}

/** A key in its plan. */
interface Place {
  readonly id: string;
  readonly name: string | undefined;
  readonly plan: UsagePlan | undefined;
  readonly known: KnownKey | undefined;
  readonly producer: string | undefined;
}

/**
 * The keys that the stack declares, and those that others have put into plans of the stage.
 * @param usage whether to ask how many calls the quotas leave
 * @throws the SDK's errors, and Unasked when API Gateway cannot be asked
 */
export async function listKeys(
  client: APIGatewayClient,
  target: Target,
  known: readonly KnownKey[],
  { usage }: { readonly usage: boolean },
): Promise<ListedKey[]> {
  const plans = await plansOf(client, target, known);
  const there = (await Promise.all(plans.map((plan) => placesIn(client, plan, known)))).flat();
  const astray = known
    .filter(({ id }) => !there.some((place) => place.known?.id === id))
    .map(
      (key): Place => ({
        id: key.id,
        name: undefined,
        plan: undefined,
        known: key,
        producer: key.producer,
      }),
    );
  // API Gateway lists a plan's newest keys first: the order is that of the declaration.
  const first = (is: (key: KnownKey) => boolean) => {
    const at = known.findIndex(is);
    return at === -1 ? known.length : at;
  };
  const order = (place: Place) =>
    [
      first(({ producer }) => producer === place.producer),
      first(({ id }) => id === place.id),
    ] as const;
  const places = [...there, ...astray]
    .map((place) => ({ place, order: order(place) }))
    .sort(({ order: a }, { order: b }) => a[0] - b[0] || a[1] - b[1])
    .map(({ place }) => place);
  const used = usage ? await usageOf(client, plans) : undefined;
  return Promise.all(
    places.map(async (place) => {
      const command = new GetApiKeyCommand({ apiKey: place.id });
      return listed(place, await orUndefined(client.send(command)), used);
    }),
  );
}

/** The stack's plans, and further ones of its stage. A shared stage has its owner's. */
async function plansOf(
  client: APIGatewayClient,
  target: Target,
  known: readonly KnownKey[],
): Promise<UsagePlan[]> {
  const own = new Set(known.map(({ planId }) => planId));
  const found: UsagePlan[] = [];
  for await (const { items = [] } of paginateGetUsagePlans({ client, pageSize: 500 }, {})) {
    found.push(...items);
  }
  const isOfStage = ({ apiStages = [] }: UsagePlan) =>
    apiStages.some(({ apiId, stage }) => apiId === target.restApiId && stage === apiStage(target));
  return found.filter((plan) => own.has(plan.id ?? '') || (!sharesApi(target) && isOfStage(plan)));
}

async function placesIn(
  client: APIGatewayClient,
  plan: UsagePlan,
  known: readonly KnownKey[],
): Promise<Place[]> {
  const producer = known.find(({ planId }) => planId === plan.id)?.producer;
  const places: Place[] = [];
  const pages = paginateGetUsagePlanKeys({ client, pageSize: 500 }, { usagePlanId: plan.id });
  for await (const { items = [] } of pages) {
    for (const { id = '', name } of items) {
      const found = known.find((key) => key.id === id && key.planId === plan.id);
      places.push({ id, name, plan, known: found, producer });
    }
  }
  return places;
}

type Usage = { readonly used: number; readonly left: number };

const today = () => new Date().toISOString().slice(0, 10);

/** By plan and key. API Gateway says nothing of keys that have not called. */
async function usageOf(
  client: APIGatewayClient,
  plans: readonly UsagePlan[],
): Promise<Map<string, Usage>> {
  const used = new Map<string, Usage>();
  const day = today();
  for (const { id: usagePlanId, quota } of plans) {
    if (quota === undefined) continue;
    const command = new GetUsageCommand({ usagePlanId, startDate: day, endDate: day, limit: 500 });
    const { items = {} } = await client.send(command);
    for (const [id, days] of Object.entries(items)) {
      const [calls = 0, left = quota.limit ?? 0] = days.at(-1) ?? [];
      used.set(`${usagePlanId}/${id}`, { used: calls, left });
    }
  }
  return used;
}

function listed(
  { id, name, plan, known, producer }: Place,
  key: ApiKey | undefined,
  used: ReadonlyMap<string, Usage> | undefined,
): ListedKey {
  const { quota, throttle } = plan ?? {};
  const limit = quota?.limit ?? 0;
  return {
    producer,
    key: known === undefined ? (name ?? key?.name) : known.key,
    id,
    state: stateOf(plan, key),
    isOfStack: known !== undefined,
    createdAt: key?.createdDate?.toISOString(),
    rate: throttle?.rateLimit,
    burst: throttle?.burstLimit,
    quota: quota && { limit, period: quota.period ?? 'DAY' },
    usage: used && quota && (used.get(`${plan?.id}/${id}`) ?? { used: 0, left: limit }),
  };
}

function stateOf(plan: UsagePlan | undefined, key: ApiKey | undefined): ListedKey['state'] {
  if (key === undefined) return 'gone';
  if (plan === undefined) return 'not in its plan';
  return key.enabled ? 'on' : 'off';
}
