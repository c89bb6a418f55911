import {
  type APIGatewayClient,
  GetExportCommand,
  paginateGetResources,
} from '@aws-sdk/client-api-gateway';
import { compare, type Difference } from './compare';

interface ExportedIntegration {
  readonly uri?: string;
  readonly requestTemplates?: Record<string, string>;
  readonly responses?: Record<string, { readonly responseTemplates?: Record<string, string> }>;
}

const INTEGRATION = 'x-amazon-apigateway-integration';

type Exported = Record<string, Record<string, { readonly [INTEGRATION]?: ExportedIntegration }>>;

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
  const paths = (JSON.parse(Buffer.from(body ?? []).toString()).paths ?? {}) as Exported;
  const seen = new Set<string>();
  const differences: Difference[] = [];
  const pages = paginateGetResources({ client, pageSize: 500 }, { restApiId, embed: ['methods'] });
  for await (const { items = [] } of pages) {
    for (const { path = '', resourceMethods = {} } of items) {
      for (const [verb, { methodIntegration: now }] of Object.entries(resourceMethods)) {
        const name = nameOf(verb);
        seen.add(`${name} ${path}`);
        const served = paths[path]?.[name];
        if (served === undefined) {
          differences.push({ where: `${verb} ${path}`, what: 'was added and is not served' });
          continue;
        }
        const integration = served[INTEGRATION];
        differences.push(
          ...compare(
            `${verb} ${path}`,
            {
              uri: now?.type === 'MOCK' ? undefined : now?.uri,
              requestTemplates: now?.requestTemplates,
              responseTemplates: Object.values(now?.integrationResponses ?? {})
                .map(({ responseTemplates }) => JSON.stringify(responseTemplates ?? {}))
                .sort(),
            },
            {
              uri: integration?.uri,
              requestTemplates: integration?.requestTemplates,
              responseTemplates: Object.values(integration?.responses ?? {})
                .map(({ responseTemplates }) => JSON.stringify(responseTemplates ?? {}))
                .sort(),
            },
          ),
        );
      }
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

const METHOD = /^(get|put|post|delete|patch|head|options|x-amazon-apigateway-any-method)$/;

/** How an export names a method: OpenAPI knows no ANY. */
const nameOf = (verb: string) =>
  verb === 'ANY' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase();
