import {
  type APIGatewayClient,
  type Method,
  paginateGetResources,
} from '@aws-sdk/client-api-gateway';

/** A path of an API, with its methods as they are now, deployed or not. */
export interface LiveResource {
  readonly id: string;
  readonly path: string;
  /** By verb. */
  readonly methods: Readonly<Record<string, Method>>;
}

/** The most that a page takes. */
const PAGE = 500;

const read = new WeakMap<APIGatewayClient, Map<string, Promise<readonly LiveResource[]>>>();

/**
 * The paths of an API with all of their methods, templates and answers included. A client reads them
 * once: they are large, API Gateway takes few such requests, and two looks at one API are to see the
 * same.
 */
export async function liveResources(
  client: APIGatewayClient,
  restApiId: string,
): Promise<readonly LiveResource[]> {
  const known = read.get(client) ?? new Map<string, Promise<readonly LiveResource[]>>();
  read.set(client, known);
  const resources = known.get(restApiId) ?? all(client, restApiId);
  known.set(restApiId, resources);
  try {
    return await resources;
  } catch (error) {
    known.delete(restApiId);
    throw error;
  }
}

async function all(client: APIGatewayClient, restApiId: string): Promise<LiveResource[]> {
  const found: LiveResource[] = [];
  const pages = paginateGetResources({ client, pageSize: PAGE }, { restApiId, embed: ['methods'] });
  for await (const { items = [] } of pages) {
    for (const { id = '', path = '', resourceMethods = {} } of items) {
      found.push({ id, path, methods: resourceMethods });
    }
  }
  return found;
}
