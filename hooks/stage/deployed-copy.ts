import { type APIGatewayClient, GetDeploymentCommand } from '@aws-sdk/client-api-gateway';

/** One deployment: a copy of the API as it was. */
export interface DeployedCopy {
  readonly id: string;
  readonly description: string | undefined;
  /** Who may call, by `GET /streams`. */
  readonly methods: ReadonlyMap<string, string>;
}

/** @returns undefined when there is none of this id */
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

/** Who may call a method, in words that can be compared. */
export function accessText(method: {
  readonly authorizationType?: string | undefined;
  readonly apiKeyRequired?: boolean | undefined;
}): string {
  return `${method.authorizationType ?? 'NONE'}${method.apiKeyRequired ? ' with an API key' : ''}`;
}

/** Whether a deployment has methods on any of some paths. */
export function hasAny({ methods }: DeployedCopy, paths: ReadonlySet<string>): boolean {
  return [...methods.keys()].some((name) => paths.has(pathOf(name)));
}

/** `GET /streams` to `/streams` */
export const pathOf = (name: string) => name.slice(name.indexOf(' ') + 1);

/** What is asked for, or undefined where it is not there. */
export async function orUndefined<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundException') return undefined;
    throw error;
  }
}
