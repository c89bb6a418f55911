import { type APIGatewayClient, GetExportCommand } from '@aws-sdk/client-api-gateway';
import { deployedCopy } from './deployed-copy';
import { servedDeployment } from './deployments';
import { shortPolicy } from './resource-policy';

/** The parts of the API that a stage serves, as texts to compare and report. */
export interface Served {
  readonly deploymentId: string;
  /** `GET /streams (AWS_IAM)`, `model PutRecord`, `gateway response DEFAULT_4XX` */
  readonly parts: ReadonlySet<string>;
  /** The other rules on callers: CORS origins, the resource policy. */
  readonly rules: ReadonlySet<string>;
}

export const modelText = (name: string) => `model ${name}`;
export const gatewayResponseText = (type: string) => `gateway response ${type}`;
export const methodText = (verbAndPath: string, access: string) => `${verbAndPath} (${access})`;

interface ExportedStage {
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
  readonly 'x-amazon-apigateway-gateway-responses'?: Readonly<Record<string, unknown>>;
  readonly 'x-amazon-apigateway-policy'?: unknown;
}

/**
 * Reads what a stage serves, which is the copy of the API in its deployment and not the API as it
 * is. Only of the deployment that is served does API Gateway tell all of this.
 * @returns undefined when there is no such stage
 */
export async function readServed(
  client: APIGatewayClient,
  restApiId: string,
  stageName: string,
): Promise<Served | undefined> {
  const deploymentId = await servedDeployment(client, restApiId, stageName);
  if (deploymentId === undefined) return undefined;
  const copy = await deployedCopy(client, restApiId, deploymentId);
  const exported = await exportOf(client, restApiId, stageName);
  const policy = exported['x-amazon-apigateway-policy'];
  return {
    deploymentId,
    parts: new Set([
      ...[...(copy?.methods ?? [])].map(([name, access]) => methodText(name, access)),
      ...Object.keys(exported.components?.schemas ?? {}).map(modelText),
      ...Object.keys(exported['x-amazon-apigateway-gateway-responses'] ?? {}).map(
        gatewayResponseText,
      ),
    ]),
    rules: new Set([
      ...originsIn(exported).map((origin) => `CORS for ${origin}`),
      policy === undefined
        ? 'no resource policy'
        : `the resource policy ${JSON.stringify(shortPolicy(policy))}`,
    ]),
  };
}

async function exportOf(
  client: APIGatewayClient,
  restApiId: string,
  stageName: string,
): Promise<ExportedStage> {
  const { body } = await client.send(
    new GetExportCommand({
      restApiId,
      stageName,
      exportType: 'oas30',
      accepts: 'application/json',
      parameters: { extensions: 'apigateway' },
    }),
  );
  return JSON.parse(Buffer.from(body ?? []).toString()) as ExportedStage;
}

/** The values that answers name as the origin that may read them. */
function originsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(originsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const names = typeof item === 'string' && name.endsWith('.Access-Control-Allow-Origin');
    return names ? [item] : originsIn(item);
  });
}

/** A route's text with method ANY, which covers every HTTP method. */
const asAny = (text: string) => text.replace(/^[A-Z]+ \//, 'ANY /');

/** The texts that a set lacks. */
export function missingFrom(there: ReadonlySet<string>, given: Iterable<string>): string[] {
  return [...given].filter((text) => !there.has(text) && !there.has(asAny(text)));
}
