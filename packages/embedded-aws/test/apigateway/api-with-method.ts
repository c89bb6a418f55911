import {
  CreateResourceCommand,
  CreateRestApiCommand,
  PutIntegrationCommand,
  type PutIntegrationCommandInput,
  PutMethodCommand,
  PutMethodResponseCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
import { sdkClient } from './sdk-client';

const ROLE = 'arn:aws:iam::000000000000:role/r';
export const KINESIS = 'arn:aws:apigateway:us-east-1:kinesis:action/ListStreams';

/** An API with only a root resource; `method` identifies GET on it. */
export async function api(services?: string[]) {
  const sdk = sdkClient(createApiGateway(services && { services: () => services }));
  const made = await sdk.send(new CreateRestApiCommand({ name: 'a' }));
  const restApiId = made.id ?? '';
  const rootId = made.rootResourceId ?? '';
  return {
    sdk,
    restApiId,
    rootId,
    resource: (parentId: string, pathPart: string) =>
      sdk.send(new CreateResourceCommand({ restApiId, parentId, pathPart })),
    method: { restApiId, resourceId: rootId, httpMethod: 'GET' },
  };
}

/** An API with that method, whose integration `put` creates. */
export async function apiWithMethod(services?: string[]) {
  const made = await api(services);
  await made.sdk.send(
    new PutMethodCommand({
      ...made.method,
      authorizationType: 'NONE',
      requestParameters: { 'method.request.querystring.q': false },
    }),
  );
  await made.sdk.send(
    new PutMethodResponseCommand({
      ...made.method,
      statusCode: '200',
      responseParameters: { 'method.response.header.X-A': true },
    }),
  );
  const put = (integration: Partial<PutIntegrationCommandInput>) =>
    made.sdk.send(
      new PutIntegrationCommand({
        ...made.method,
        type: 'AWS',
        integrationHttpMethod: 'POST',
        uri: KINESIS,
        credentials: ROLE,
        ...integration,
      }),
    );
  return { ...made, put };
}
