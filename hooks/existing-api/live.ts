import { type APIGatewayClient, CreateDeploymentCommand } from '@aws-sdk/client-api-gateway';
import { deployedCopy, hasAny } from '../stage/deployed-copy';
import { serveDeployment, servedDeployment } from '../stage/deployments';
import type { ExistingApi } from './api';
import { markText, readMark, withoutText } from './mark';

/** A deployment that was made and verified before the stage moves. */
export interface Prepared {
  readonly id: string;
  /** The deployment that the stage served when this one was made. */
  readonly served: string;
}

/**
 * Lets the API's stage serve the routes as they are now. Nothing is done where it does already.
 * @param content hash of the service's own part of the deployment
 * @param prepared is served, unless the API's owner has deployed in the meantime
 * @returns the id of the deployment that is served from now on
 */
export async function goLive(
  client: APIGatewayClient,
  api: ExistingApi,
  content: string,
  prepared?: Prepared,
): Promise<string | undefined> {
  const { restApiId, owner } = api;
  const served = (await servedDeployment(client, restApiId, api.stageName)) ?? '';
  const mark = readMark(owner, (await deployedCopy(client, restApiId, served))?.description);
  if (mark?.content === content) return undefined;
  if (prepared?.served === served) {
    await serveDeployment(client, restApiId, api.stageName, prepared.id);
    return prepared.id;
  }
  // Keeps the owner's own deployment, to restore it when the routes are removed.
  const description = markText({ owner, content, before: mark?.before ?? served });
  return deployAndServe(client, api, description);
}

async function deployAndServe(
  client: APIGatewayClient,
  api: ExistingApi,
  description: string,
): Promise<string | undefined> {
  const { restApiId } = api;
  const { id } = await client.send(new CreateDeploymentCommand({ restApiId, description }));
  if (id !== undefined) await serveDeployment(client, restApiId, api.stageName, id);
  return id;
}

/** How a stage gets rid of the routes. */
export type WayBack =
  /** The stage does not serve the routes, or does not exist. */
  | { readonly way: 'nothing' }
  /** The owner's own deployment still exists. */
  | { readonly way: 'restore'; readonly deploymentId: string }
  /**
   * The owner has deployed the routes together with other changes: a new deployment is needed once
   * they are removed.
   */
  | { readonly way: 'redeploy' };

/** @param own paths of the routes, `/streams` and below */
export async function wayBack(
  client: APIGatewayClient,
  { restApiId, stageName, owner }: ExistingApi,
  own: ReadonlySet<string>,
): Promise<WayBack> {
  const copyOf = (id: string) => deployedCopy(client, restApiId, id);
  const servedId = await servedDeployment(client, restApiId, stageName);
  const served = servedId === undefined ? undefined : await copyOf(servedId);
  if (served === undefined || !hasAny(served, own)) return { way: 'nothing' };
  const mark = readMark(owner, served.description);
  const before = mark && (await copyOf(mark.before));
  if (before === undefined || hasAny(before, own)) return { way: 'redeploy' };
  return { way: 'restore', deploymentId: before.id };
}

/** Deploys the API again after the routes were removed, so that its stage stops serving them. */
export async function redeployWithout(client: APIGatewayClient, api: ExistingApi): Promise<void> {
  await deployAndServe(client, api, withoutText(api.owner));
}
