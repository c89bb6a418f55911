import {
  type APIGatewayClient,
  GetAuthorizersCommand,
  GetExportCommand,
  type Method,
} from '@aws-sdk/client-api-gateway';
import { compare, type Difference } from './compare';
import { liveResources } from './live-resources';

interface ExportedIntegration {
  readonly uri?: string;
  readonly requestTemplates?: Record<string, string>;
  readonly responses?: Record<string, { readonly responseTemplates?: Record<string, string> }>;
}

const INTEGRATION = 'x-amazon-apigateway-integration';

/** By the names of authorizers, the scopes that one of is asked for. */
type Security = readonly Readonly<Record<string, readonly string[]>>[];

type Exported = Record<
  string,
  Record<string, { readonly [INTEGRATION]?: ExportedIntegration; readonly security?: Security }>
>;

/**
 * Compares what the stage serves, a copy made at its deployment, with what the API says now: methods
 * that were changed and never deployed.
 */
export async function servedDrift(
  client: APIGatewayClient,
  restApiId: string,
  stage: string,
): Promise<Difference[]> {
  const { body } = await client.send(
    new GetExportCommand({
      restApiId,
      stageName: stage,
      exportType: 'oas30',
      accepts: 'application/json',
      parameters: { extensions: 'apigateway' },
    }),
  );
  const document = JSON.parse(Buffer.from(body ?? []).toString());
  const paths = (document.paths ?? {}) as Exported;
  const servedNames = authorizersIn(document.components?.securitySchemes ?? {});
  const namesNow = servedNames.length > 0 ? await authorizerNames(client, restApiId) : undefined;
  const seen = new Set<string>();
  const differences: Difference[] = [];
  for (const { path, methods } of await liveResources(client, restApiId)) {
    for (const [verb, method] of Object.entries(methods)) {
      const { methodIntegration: now } = method;
      const name = nameOf(verb);
      seen.add(`${name} ${path}`);
      const served = paths[path]?.[name];
      if (served === undefined) {
        differences.push({ where: `${verb} ${path}`, what: 'was added and is not served' });
        continue;
      }
      differences.push(
        ...compare(
          `${verb} ${path}`,
          inShort(now, namesNow && askedNow(method, namesNow)),
          ofExport(served, namesNow && askedBy(servedNames, served.security)),
        ),
      );
    }
  }
  const deleted = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((name) => METHOD.test(name) && !seen.has(`${name} ${path}`))
      .map((name) => `${name.toUpperCase()} ${path}`),
  );
  const stillServed = { what: 'was deleted and is still served' };
  return [...differences, ...deleted.map((where) => ({ where, ...stillServed }))];
}

const AUTHORIZER = 'x-amazon-apigateway-authorizer';

/** The schemes of an export that are authorizers, and neither signatures nor keys. */
const authorizersIn = (schemes: Readonly<Record<string, object>>) =>
  Object.keys(schemes).filter((name) => AUTHORIZER in (schemes[name] ?? {}));

async function authorizerNames(client: APIGatewayClient, restApiId: string) {
  const { items = [] } = await client.send(new GetAuthorizersCommand({ restApiId, limit: 500 }));
  return new Map(items.map(({ id, name = '' }) => [id, name]));
}

/** The authorizer that a method asks, in words, with the scopes. */
const inWords = (name: string, scopes: readonly string[] = []) =>
  [name, ...[...scopes].sort()].join(' ');

const askedNow = (method: Method, names: ReadonlyMap<string | undefined, string>) =>
  method.authorizerId === undefined
    ? undefined
    : inWords(names.get(method.authorizerId) ?? method.authorizerId, method.authorizationScopes);

function askedBy(names: readonly string[], security: Security = []): string | undefined {
  const [found] = security
    .flatMap((each) => Object.entries(each))
    .filter(([name]) => names.includes(name));
  return found && inWords(...found);
}

/** The parts of a method that are compared, as they are now. */
const inShort = (now: Method['methodIntegration'], authorizer: string | undefined) => ({
  authorizer,
  uri: now?.type === 'MOCK' ? undefined : now?.uri,
  requestTemplates: now?.requestTemplates,
  responseTemplates: Object.values(now?.integrationResponses ?? {})
    .map(({ responseTemplates }) => JSON.stringify(responseTemplates ?? {}))
    .sort(),
});

/** The same of one that is served. */
const ofExport = (
  { [INTEGRATION]: integration }: Exported[string][string],
  authorizer: string | undefined,
) => ({
  authorizer,
  uri: integration?.uri,
  requestTemplates: integration?.requestTemplates,
  responseTemplates: Object.values(integration?.responses ?? {})
    .map(({ responseTemplates }) => JSON.stringify(responseTemplates ?? {}))
    .sort(),
});

const METHOD = /^(get|put|post|delete|patch|head|options|x-amazon-apigateway-any-method)$/;

/** How an export names a method: OpenAPI knows no ANY. */
const nameOf = (verb: string) =>
  verb === 'ANY' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase();
