import { type APIGatewayClient, paginateGetResources } from '@aws-sdk/client-api-gateway';
import type { Difference } from '../drift/compare';
import { servedDrift } from '../drift/served';
import { accessText, deployedCopy, pathOf } from '../stage/deployed-copy';
import { servedDeployment } from '../stage/deployments';
import type { ExistingApi } from './api';

/**
 * Changes that the API's owner has not deployed: a deployment of this service would take them live
 * for him.
 * @param own paths of the endpoints, whose changes do not count
 */
export async function undeployedChanges(
  client: APIGatewayClient,
  { restApiId, stageName }: ExistingApi,
  own: ReadonlySet<string>,
): Promise<Difference[]> {
  const differences = [
    ...(await servedDrift(client, restApiId, stageName)),
    ...(await accessDrift(client, restApiId, stageName)),
  ];
  return differences.filter(({ where }) => !own.has(pathOf(where)));
}

/** Differences in authorization, which an export of the stage does not contain completely. */
async function accessDrift(
  client: APIGatewayClient,
  restApiId: string,
  stageName: string,
): Promise<Difference[]> {
  const served = (await servedDeployment(client, restApiId, stageName)) ?? '';
  const copy = await deployedCopy(client, restApiId, served);
  const differences: Difference[] = [];
  const pages = paginateGetResources({ client, pageSize: 500 }, { restApiId, embed: ['methods'] });
  for await (const { items = [] } of pages) {
    for (const { path = '', resourceMethods = {} } of items) {
      for (const [verb, method] of Object.entries(resourceMethods)) {
        const where = `${verb} ${path}`;
        const before = copy?.methods.get(where);
        const now = accessText(method);
        if (before === undefined || before === now) continue;
        differences.push({ where, what: `authorization changed from ${before} to ${now}` });
      }
    }
  }
  return differences;
}
