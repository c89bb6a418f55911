import {
  APIGatewayClient,
  type APIGatewayClientConfig,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
} from '@aws-sdk/client-api-gateway';

/** A REST API that somebody made in the console, step by step, with one stage. */
export interface OwnersApi {
  readonly client: APIGatewayClient;
  readonly restApiId: string;
  readonly rootResourceId: string;
  /** Adds a path below the root, or below another resource. @returns the resource's id */
  path(part: string, parentId?: string): Promise<string>;
  /** A method that answers by itself: `{"by": "owner"}`. */
  mock(resourceId: string, httpMethod: string): Promise<void>;
  /** A method that passes every request on: the lesson's Kafka REST proxy. */
  proxy(resourceId: string, uri: string): Promise<void>;
  /** @returns the deployment's id */
  deploy(stageName: string): Promise<string>;
}

export async function ownersApi(
  config: APIGatewayClientConfig,
  name = 'kafka',
): Promise<OwnersApi> {
  const client = new APIGatewayClient(config);
  const { id: restApiId = '' } = await client.send(new CreateRestApiCommand({ name }));
  const { items: [root] = [] } = await client.send(new GetResourcesCommand({ restApiId }));
  const rootResourceId = root?.id ?? '';
  const { mock, proxy } = methodsOf(client, restApiId);
  return {
    client,
    restApiId,
    rootResourceId,
    mock,
    proxy,
    async path(pathPart, parentId = rootResourceId) {
      const { id = '' } = await client.send(
        new CreateResourceCommand({ restApiId, parentId, pathPart }),
      );
      return id;
    },
    async deploy(stageName) {
      const { id = '' } = await client.send(
        new CreateDeploymentCommand({ restApiId, stageName, description: "the owner's" }),
      );
      return id;
    },
  };
}

function methodsOf(client: APIGatewayClient, restApiId: string) {
  return {
    async mock(resourceId: string, httpMethod: string) {
      const method = { restApiId, resourceId, httpMethod };
      const ok = { ...method, statusCode: '200' };
      await client.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
      await client.send(new PutMethodResponseCommand(ok));
      await client.send(
        new PutIntegrationCommand({
          ...method,
          type: 'MOCK',
          requestTemplates: { 'application/json': '{"statusCode": 200}' },
        }),
      );
      const responseTemplates = { 'application/json': '{"by": "owner"}' };
      await client.send(new PutIntegrationResponseCommand({ ...ok, responseTemplates }));
    },
    async proxy(resourceId: string, uri: string) {
      const method = { restApiId, resourceId, httpMethod: 'ANY' };
      await client.send(
        new PutMethodCommand({
          ...method,
          authorizationType: 'NONE',
          requestParameters: { 'method.request.path.proxy': true },
        }),
      );
      await client.send(
        new PutIntegrationCommand({
          ...method,
          type: 'HTTP_PROXY',
          integrationHttpMethod: 'ANY',
          uri: `${uri}/{proxy}`,
          requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
        }),
      );
    },
  };
}
