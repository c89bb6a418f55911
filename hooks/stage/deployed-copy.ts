import { type APIGatewayClient, GetDeploymentCommand } from '@aws-sdk/client-api-gateway';

/** One deployment: a copy of the API as it was. */
export interface DeployedCopy {
  readonly id: string;
  readonly description: string | undefined;
  /** The authorization of each method, by `GET /streams`. */
  readonly methods: ReadonlyMap<string, string>;
}

/** @returns undefined when no deployment has this id */
export async function deployedCopy(
  client: APIGatewayClient,
  restApiId: string,
  deploymentId: string,
): Promise<DeployedCopy | undefined> {
  const command = new GetDeploymentCommand({ restApiId, deploymentId, embed: ['apisummary'] });
  const deployment = await orUndefined(client.send(command));
  if (deployment === undefined) return undefined;
  const methods = Object.entries(deployment.apiSummary ?? {}).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, access]) => [`${verb} ${path}`, accessText(access)] as const),
  );
  return { id: deploymentId, description: deployment.description, methods: new Map(methods) };
}

/** A method's authorization, as a text that can be compared. */
export function accessText(method: {
  readonly authorizationType?: string | undefined;
  readonly apiKeyRequired?: boolean | undefined;
}): string {
  return `${method.authorizationType ?? 'NONE'}${method.apiKeyRequired ? ' with an API key' : ''}`;
}

/** True if a deployment has methods on any of the paths. */
export function hasAny({ methods }: DeployedCopy, paths: ReadonlySet<string>): boolean {
  return [...methods.keys()].some((name) => paths.has(pathOf(name)));
}

/** `GET /streams` to `/streams` */
export const pathOf = (name: string) => name.slice(name.indexOf(' ') + 1);

/** The result of a call, or undefined where API Gateway answers NotFoundException. */
export async function orUndefined<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundException') return undefined;
    throw error;
  }
}
