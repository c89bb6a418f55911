import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { listed } from '../framework/listed';
import { serveDeployment } from '../stage/deployments';
import { missingFrom, readServed, type Served } from '../stage/served';
import { apiStage, sharesApi, type Target } from '../stage/target';
import { declaredPaths } from '../template/declared-paths';

/**
 * A stage's state before a deployment. Read in advance, because less can be found out afterwards.
 */
export interface Before {
  readonly served: Served;
  /** The stage itself; undefined if it was not deployed. */
  readonly target: Target | undefined;
}

/**
 * Makes a stage serve the previous deployment again, unless that would restore what the stack has
 * taken away: a route, a way in, an origin.
 * @returns what became of the stage
 */
export async function rollBack(
  client: APIGatewayClient,
  target: Target,
  before: Before | undefined,
): Promise<string> {
  const { restApiId, deploymentId } = target;
  const earlier = before?.served.deploymentId;
  if (before === undefined || earlier === undefined || earlier === deploymentId) {
    return 'The stage stays as deployed, as there is no earlier deployment to roll back to';
  }
  const now = await readServed(client, restApiId, apiStage(target));
  const givenBack = now === undefined ? [] : takenFrom(before, now, target);
  if (givenBack.length > 0) {
    return `The stage stays as deployed, as the previous deployment, ${earlier}, has ${listed(givenBack)}, which the stack no longer declares`;
  }
  await serveDeployment(client, restApiId, apiStage(target), earlier);
  return `The stage serves deployment ${earlier} again`;
}

function takenFrom({ served, target: before }: Before, now: Served, target: Target): string[] {
  const parts = missingFrom(now.parts, served.parts);
  if (!sharesApi(target)) return [...parts, ...missingFrom(now.rules, served.rules)];
  // Other parts of a shared API are its owner's to change.
  const own = [before, target].flatMap((each) =>
    each?.stack ? [...declaredPaths(each.stack.template, each.parameters.rootPath)] : [],
  );
  return parts.filter((text) => own.some((path) => text.includes(` ${path} (`)));
}
