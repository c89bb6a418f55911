import { type APIGatewayClient, GetUsagePlanCommand } from '@aws-sdk/client-api-gateway';
import type { DeployedStack } from '../target';
import { compare, type Difference } from './compare';
import type { Declared } from './shapes';

/** Who has a key may call as much as the plan says, of the stages that it names. */
export async function usagePlanDrift(
  client: APIGatewayClient,
  { physicalIds }: DeployedStack,
  declared: Declared,
): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const [id, properties] of declared) {
    const live = await client.send(new GetUsagePlanCommand({ usagePlanId: physicalIds[id] ?? id }));
    const { Quota: quota, ApiStages: stages = [] } = properties as {
      Quota?: { Limit?: unknown; Period?: unknown };
      ApiStages?: { ApiId?: unknown; Stage?: unknown }[];
    };
    const differences = compare(
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
    );
    found.push(...differences);
  }
  return found;
}
