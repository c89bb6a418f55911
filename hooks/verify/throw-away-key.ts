import {
  type APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  DeleteUsagePlanCommand,
  NotFoundException,
  paginateGetApiKeys,
  paginateGetUsagePlans,
  UpdateUsagePlanCommand,
} from '@aws-sdk/client-api-gateway';
import { apiStage, type Target } from '../stage/target';
import { readThrowAwayName, type StreamOwner, throwAwayName } from '../stage/throw-away-name';
import { OWNER_TAG, ownerTag } from './throw-away-stream';

/** A key of the run's own, with a plan of its own on the stage that is verified. */
export interface ThrowAwayKey {
  readonly name: string;
  readonly value: string;
  /** Takes the plan from the stage, so that the key is one of another. */
  leaveStage(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Makes a key that is good for one request a day. No producer's key or plan is touched.
 * @throws the SDK's errors; what was made before is deleted
 */
export async function makeThrowAwayKey(
  client: APIGatewayClient,
  target: Target,
): Promise<ThrowAwayKey> {
  const name = throwAwayName(target);
  const tags = { [OWNER_TAG]: ownerTag(target) };
  const stage = { apiId: target.restApiId, stage: apiStage(target) };
  const { id: usagePlanId = '' } = await client.send(
    new CreateUsagePlanCommand({
      name,
      tags,
      apiStages: [stage],
      quota: { limit: 1, period: 'DAY' },
    }),
  );
  let keyId: string | undefined;
  const remove = async () => {
    // Unlike a plan that has stages, a key can be deleted while it belongs to a plan.
    if (keyId !== undefined) await client.send(new DeleteApiKeyCommand({ apiKey: keyId }));
    await leave(client, usagePlanId, stage);
    await client.send(new DeleteUsagePlanCommand({ usagePlanId }));
  };
  try {
    const { id, value = '' } = await client.send(
      new CreateApiKeyCommand({ name, tags, enabled: true }),
    );
    keyId = id;
    await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
    return { name, value, leaveStage: () => leave(client, usagePlanId, stage), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** API Gateway deletes no plan that has stages. One that has left is no error. */
async function leave(
  client: APIGatewayClient,
  usagePlanId: string,
  { apiId, stage }: { readonly apiId: string; readonly stage: string },
): Promise<void> {
  try {
    await client.send(
      new UpdateUsagePlanCommand({
        usagePlanId,
        patchOperations: [{ op: 'remove', path: '/apiStages', value: `${apiId}:${stage}` }],
      }),
    );
  } catch (error) {
    if (!(error instanceof Error) || !/^(NotFound|BadRequest)Exception$/.test(error.name)) {
      throw error;
    }
  }
}

/** True for a key or a plan that a run of this owner has made; without a tag, its name must prove it. */
export function isThrowAwayKey(
  {
    name = '',
    tags = {},
  }: { name?: string | undefined; tags?: Record<string, string> | undefined },
  owner: StreamOwner,
): boolean {
  const read = readThrowAwayName(name, owner);
  if (read === undefined) return false;
  const tag = tags[OWNER_TAG];
  return tag === undefined ? read.namesOwner : tag === ownerTag(owner);
}

export interface LeftKey {
  readonly name: string;
  readonly ageMs: number;
  delete(): Promise<void>;
}

/** Keys and plans that runs of this owner left behind when they were killed, of at least this age. */
export async function findLeftKeys(
  client: APIGatewayClient,
  owner: StreamOwner,
  olderThanMs: number,
): Promise<LeftKey[]> {
  const found: LeftKey[] = [];
  const add = (name: string, remove: () => Promise<unknown>) => {
    const ageMs = Math.max(
      0,
      Date.now() - (readThrowAwayName(name, owner)?.madeAt.getTime() ?? Date.now()),
    );
    if (ageMs < olderThanMs) return;
    found.push({
      name,
      ageMs,
      async delete() {
        await remove().catch((error: unknown) => {
          // Another sweep, or the run itself, was faster.
          if (!(error instanceof NotFoundException)) throw error;
        });
      },
    });
  };
  for await (const { items = [] } of paginateGetApiKeys({ client }, { nameQuery: 'verify-' })) {
    for (const key of items.filter((each) => isThrowAwayKey(each, owner))) {
      add(key.name ?? '', () => client.send(new DeleteApiKeyCommand({ apiKey: key.id })));
    }
  }
  for await (const { items = [] } of paginateGetUsagePlans({ client }, {})) {
    for (const { id: usagePlanId = '', ...plan } of items) {
      if (!isThrowAwayKey(plan, owner)) continue;
      add(plan.name ?? '', async () => {
        for (const { apiId = '', stage = '' } of plan.apiStages ?? []) {
          await leave(client, usagePlanId, { apiId, stage });
        }
        await client.send(new DeleteUsagePlanCommand({ usagePlanId }));
      });
    }
  }
  return found;
}
