import type { Account, Answer } from '../ours';
import { arn, type Scenario } from './scenario';

const DOCUMENT = {
  swagger: '2.0',
  info: { title: 'imported', description: 'From a document', version: '1' },
  schemes: ['https'],
  securityDefinitions: {
    key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    token: {
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': 'custom',
      'x-amazon-apigateway-authorizer': {
        type: 'token',
        authorizerUri:
          'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:check/invocations',
      },
    },
  },
  definitions: { Order: { type: 'object', properties: { id: { type: 'string' } } } },
  'x-amazon-apigateway-binary-media-types': ['image/png'],
  'x-amazon-apigateway-gateway-responses': {
    DEFAULT_4XX: { responseTemplates: { 'application/json': '{}' } },
  },
  'x-amazon-apigateway-request-validators': {
    all: { validateRequestBody: true, validateRequestParameters: true },
  },
  paths: {
    '/orders/{id}': {
      get: {
        operationId: 'readOrder',
        produces: ['application/json'],
        parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }],
        security: [{ key: [] }, { token: [] }],
        responses: {
          200: {
            description: 'found',
            schema: { $ref: '#/definitions/Order' },
            headers: { 'x-a': { type: 'string' } },
          },
          400: { description: 'bad' },
        },
        'x-amazon-apigateway-request-validator': 'all',
        'x-amazon-apigateway-integration': {
          type: 'mock',
          requestTemplates: { 'application/json': '{"statusCode": 200}' },
          passthroughBehavior: 'when_no_match',
          responses: {
            default: {
              statusCode: '200',
              responseParameters: { 'method.response.header.x-a': "'a'" },
              responseTemplates: { 'application/json': '{}' },
            },
            '4\\d{2}': { statusCode: '400' },
          },
        },
      },
      post: {
        parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }],
        responses: {},
        'x-amazon-apigateway-integration': {
          type: 'http_proxy',
          httpMethod: 'POST',
          uri: 'https://example.com/{id}',
          requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
        },
      },
    },
  },
};

type Call = (operation: string, input?: object) => Promise<Answer>;

const patch = (op: string, path: string, value?: string) => ({
  op,
  path,
  ...(value !== undefined && { value }),
});

const PLAIN_CALLS = ['GetRestApi', 'GetResources', 'GetModels', 'GetAuthorizers'] as const;

async function restApis(call: Call): Promise<string> {
  await call('GetRestApis');
  const { id } = await call('CreateRestApi', { name: 'plain' });
  const restApiId = String(id);
  for (const operation of [
    ...PLAIN_CALLS,
    'GetRequestValidators',
    'GetGatewayResponses',
    'GetStages',
    'GetDeployments',
    'GetDocumentationParts',
    'GetDocumentationVersions',
  ]) {
    await call(operation, { restApiId });
  }
  await call('CreateRestApi', { name: 'described', description: '' });
  await call('CreateRestApi', { name: 'versioned', version: 'v1' });
  const full = await call('CreateRestApi', {
    name: 'full',
    description: 'all of it',
    version: '1',
    binaryMediaTypes: ['image/png'],
    minimumCompressionSize: 100,
    apiKeySource: 'AUTHORIZER',
    endpointConfiguration: { types: ['REGIONAL'] },
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }],
    }),
    tags: { team: 'a' },
    disableExecuteApiEndpoint: true,
  });
  await call('CreateRestApi', { name: 'copied', cloneFrom: restApiId });
  await call('CreateRestApi', { name: 'untyped', binaryMediaTypes: [] });
  await call('UpdateRestApi', {
    restApiId: full.id,
    patchOperations: [
      patch('replace', '/minimumCompressionSize', ''),
      patch('remove', '/binaryMediaTypes/image~1png'),
      patch('replace', '/description', ''),
      patch('replace', '/policy', ''),
    ],
  });
  await call('UpdateRestApi', {
    restApiId,
    patchOperations: [
      patch('replace', '/minimumCompressionSize', '10'),
      patch('add', '/binaryMediaTypes/image~1png'),
      patch('replace', '/description', 'b'),
    ],
  });
  await call('UntagResource', {
    resourceArn: `arn:aws:apigateway:us-east-1::/restapis/${full.id}`,
    tagKeys: ['team'],
  });
  await call('GetRestApi', { restApiId: full.id });
  await call('GetRestApi', { restApiId: 'missing' });
  await call('UpdateRestApi', { restApiId, patchOperations: [patch('add', '/nothing', 'a')] });
  await call('GetRestApis', { limit: 1 });
  await call('GetRestApis');
  await call('DeleteRestApi', { restApiId: full.id });
  return restApiId;
}

async function imports(call: Call): Promise<void> {
  const { id: restApiId } = await call('ImportRestApi', {
    body: Buffer.from(JSON.stringify(DOCUMENT)),
  });
  for (const operation of [
    ...PLAIN_CALLS,
    'GetRequestValidators',
    'GetGatewayResponses',
    'GetDocumentationParts',
  ]) {
    await call(operation, { restApiId });
  }
  const { items } = await call('GetResources', { restApiId, embed: ['methods'] });
  for (const resource of items as readonly Answer[]) {
    await call('GetResource', { restApiId, resourceId: resource.id, embed: ['methods'] });
    for (const httpMethod of Object.keys(resource.resourceMethods ?? {})) {
      await readMethod(call, { restApiId, resourceId: resource.id, httpMethod });
    }
  }
  await call('CreateDeployment', { restApiId, stageName: 'dev' });
  await call('GetStage', { restApiId, stageName: 'dev' });
  await call('PutRestApi', {
    restApiId,
    mode: 'overwrite',
    body: Buffer.from(JSON.stringify({ swagger: '2.0', info: { title: 'less' }, paths: {} })),
  });
  await call('PutRestApi', {
    restApiId,
    mode: 'merge',
    body: Buffer.from(JSON.stringify(DOCUMENT)),
  });
  await call('PutRestApi', {
    restApiId,
    mode: 'merge',
    body: Buffer.from('openapi: 3.0.1\nservers: [{url: /a}, {url: /b}]\npaths: {}\n'),
  });
  await call('GetExport', { restApiId, stageName: 'dev', exportType: 'oas30' });
  const securityDefinitions = { oauth: { type: 'oauth2', flow: 'implicit' } };
  const warned = { swagger: '2.0', info: { title: 'warned' }, paths: {}, securityDefinitions };
  await call('ImportRestApi', { body: Buffer.from(JSON.stringify(warned)) });
  await call('ImportRestApi', { body: Buffer.from('{') });
}

async function readMethod(call: Call, method: object): Promise<void> {
  const { methodResponses = {}, methodIntegration } = await call('GetMethod', method);
  await call('GetIntegration', method);
  for (const statusCode of Object.keys(methodResponses as object)) {
    await call('GetMethodResponse', { ...method, statusCode });
  }
  const { integrationResponses = {} } = (methodIntegration ?? {}) as Answer;
  for (const statusCode of Object.keys(integrationResponses as object)) {
    await call('GetIntegrationResponse', { ...method, statusCode });
  }
}

async function parts(call: Call, restApiId: string): Promise<void> {
  for (const model of [
    { name: 'Plain', contentType: 'application/json' },
    { name: 'Order', contentType: 'application/json', schema: '{"type":"object"}' },
    {
      name: 'Described',
      contentType: 'application/json',
      description: 'An order',
      schema: '{"type":"object"}',
    },
  ]) {
    await call('CreateModel', { restApiId, ...model });
  }
  await call('UpdateModel', {
    restApiId,
    modelName: 'Described',
    patchOperations: [patch('replace', '/description', '')],
  });
  await call('GetModel', { restApiId, modelName: 'Order' });
  await call('GetModel', { restApiId, modelName: 'Order', flatten: true });
  await call('GetModel', { restApiId, modelName: 'Missing' });
  await call('GetModels', { restApiId });
  const { id: requestValidatorId } = await call('CreateRequestValidator', {
    restApiId,
    name: 'all',
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  await call('CreateRequestValidator', { restApiId, name: 'none' });
  await call('CreateRequestValidator', { restApiId });
  await call('UpdateRequestValidator', {
    restApiId,
    requestValidatorId,
    patchOperations: [patch('replace', '/validateRequestBody', 'false')],
  });
  await call('GetRequestValidator', { restApiId, requestValidatorId });
  await call('GetRequestValidators', { restApiId });
  await gatewayResponses(call, restApiId);
}

async function gatewayResponses(call: Call, restApiId: string): Promise<void> {
  await call('GetGatewayResponse', { restApiId, responseType: 'DEFAULT_4XX' });
  await call('GetGatewayResponse', { restApiId, responseType: 'MISSING_AUTHENTICATION_TOKEN' });
  await call('PutGatewayResponse', { restApiId, responseType: 'DEFAULT_4XX' });
  await call('PutGatewayResponse', { restApiId, responseType: 'DEFAULT_5XX', statusCode: '599' });
  await call('PutGatewayResponse', {
    restApiId,
    responseType: 'QUOTA_EXCEEDED',
    responseTemplates: { 'application/json': '{}' },
  });
  await call('PutGatewayResponse', {
    restApiId,
    responseType: 'THROTTLED',
    responseParameters: { 'gatewayresponse.header.x-a': "'a'" },
  });
  await call('PutGatewayResponse', {
    restApiId,
    responseType: 'MISSING_AUTHENTICATION_TOKEN',
    statusCode: '404',
    responseParameters: { 'gatewayresponse.header.x-a': "'a'" },
    responseTemplates: { 'application/json': '{}' },
  });
  await call('UpdateGatewayResponse', {
    restApiId,
    responseType: 'THROTTLED',
    patchOperations: [patch('replace', '/statusCode', '430')],
  });
  await call('GetGatewayResponses', { restApiId });
  await call('GetGatewayResponse', { restApiId, responseType: 'MISSING_AUTHENTICATION_TOKEN' });
  await call('DeleteGatewayResponse', { restApiId, responseType: 'THROTTLED' });
  await call('DeleteGatewayResponse', { restApiId, responseType: 'THROTTLED' });
}

const LAMBDA_URI =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:check/invocations';

async function authorizers(call: Call, restApiId: string): Promise<string> {
  await call('CreateAuthorizer', {
    restApiId,
    name: 'token',
    type: 'TOKEN',
    authorizerUri: LAMBDA_URI,
    identitySource: 'method.request.header.Authorization',
  });
  const { id: authorizerId } = await call('CreateAuthorizer', {
    restApiId,
    name: 'request',
    type: 'REQUEST',
    authType: 'custom',
    authorizerUri: LAMBDA_URI,
    authorizerCredentials: 'arn:aws:iam::000000000000:role/a',
    identitySource: 'method.request.header.Authorization',
    authorizerResultTtlInSeconds: 10,
  });
  await call('CreateAuthorizer', {
    restApiId,
    name: 'full',
    type: 'TOKEN',
    authType: 'custom',
    authorizerUri: LAMBDA_URI,
    identitySource: 'method.request.header.Authorization',
    identityValidationExpression: '.*',
    authorizerResultTtlInSeconds: 0,
  });
  await call('CreateAuthorizer', {
    restApiId,
    name: 'pool',
    type: 'COGNITO_USER_POOLS',
    providerARNs: [arn('cognito-idp', 'userpool/us-east-1_abc')],
    identitySource: 'method.request.header.Authorization',
  });
  const { items } = await call('GetAuthorizers', { restApiId });
  await scopes(call, restApiId, (items as readonly Answer[]).at(-1)?.id);
  await call('GetAuthorizer', { restApiId, authorizerId });
  await call('UpdateAuthorizer', {
    restApiId,
    authorizerId,
    patchOperations: [patch('replace', '/name', 'other')],
  });
  await call('GetAuthorizers', { restApiId });
  return String(authorizerId);
}

/** A method with scopes, which only those with a user pool have. */
async function scopes(call: Call, restApiId: string, authorizerId: unknown): Promise<void> {
  const { items } = await call('GetResources', { restApiId });
  const [root] = items as readonly Answer[];
  const method = { restApiId, resourceId: root?.id, httpMethod: 'GET' };
  await call('PutMethod', {
    ...method,
    authorizationType: 'COGNITO_USER_POOLS',
    authorizerId,
    authorizationScopes: ['orders/read'],
  });
  await call('DeleteMethod', method);
}

async function methods(call: Call, restApiId: string, authorizerId: string): Promise<void> {
  const { items } = await call('GetResources', { restApiId });
  const [root] = items as readonly Answer[];
  const { id: resourceId } = await call('CreateResource', {
    restApiId,
    parentId: root?.id,
    pathPart: '{id}',
  });
  await call('CreateResource', { restApiId, parentId: root?.id, pathPart: '{id}' });
  await call('UpdateResource', {
    restApiId,
    resourceId,
    patchOperations: [patch('replace', '/pathPart', '{name}')],
  });
  const method = (httpMethod: string) => ({ restApiId, resourceId, httpMethod });
  await call('PutMethod', { ...method('GET'), authorizationType: 'NONE' });
  await readMethod(call, method('GET'));
  await call('PutMethod', {
    ...method('POST'),
    authorizationType: 'CUSTOM',
    authorizerId,
    apiKeyRequired: true,
    operationName: 'Write',
    requestParameters: { 'method.request.querystring.q': true },
    requestModels: { 'application/json': 'Order' },
  });
  await call('PutMethod', { ...method('DELETE'), authorizationType: 'AWS_IAM', requestModels: {} });
  await integrations(call, method);
  for (const httpMethod of ['GET', 'POST', 'DELETE', 'PUT']) {
    await readMethod(call, method(httpMethod));
  }
  await call('GetResource', { restApiId, resourceId });
  await call('GetResource', { restApiId, resourceId, embed: ['methods'] });
  await call('GetResources', { restApiId, embed: ['methods'] });
  await call('TestInvokeMethod', method('GET'));
  await call('TestInvokeMethod', { ...method('GET'), body: '{}', headers: { a: 'b' } });
  await updates(call, method);
}

async function integrations(call: Call, method: (name: string) => object): Promise<void> {
  await call('PutMethodResponse', { ...method('GET'), statusCode: '200' });
  await call('PutMethodResponse', {
    ...method('POST'),
    statusCode: '200',
    responseParameters: { 'method.response.header.x-a': true },
    responseModels: { 'application/json': 'Order' },
  });
  await call('PutMethodResponse', {
    ...method('POST'),
    statusCode: '500',
    responseParameters: {},
    responseModels: {},
  });
  await call('PutMethodResponse', { ...method('POST'), statusCode: '400', responseModels: {} });
  await call('PutIntegration', {
    ...method('GET'),
    type: 'MOCK',
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
  });
  await call('PutIntegration', { ...method('GET'), type: 'NOTHING' });
  await call('PutIntegrationResponse', { ...method('GET'), statusCode: '200' });
  await call('PutIntegration', {
    ...method('POST'),
    type: 'AWS',
    integrationHttpMethod: 'POST',
    uri: 'arn:aws:apigateway:us-east-1:kinesis:action/PutRecord',
    credentials: 'arn:aws:iam::000000000000:role/a',
    requestParameters: { 'integration.request.header.x-a': "'a'" },
    requestTemplates: { 'application/json': '{}' },
    passthroughBehavior: 'NEVER',
    cacheNamespace: 'a',
    cacheKeyParameters: ['method.request.querystring.q'],
    contentHandling: 'CONVERT_TO_TEXT',
    timeoutInMillis: 1000,
  });
  await call('PutIntegrationResponse', {
    ...method('POST'),
    statusCode: '200',
    responseTemplates: { 'application/json': '{}' },
    responseParameters: { 'method.response.header.x-a': "'a'" },
    contentHandling: 'CONVERT_TO_TEXT',
  });
  await call('PutIntegrationResponse', {
    ...method('POST'),
    statusCode: '400',
    selectionPattern: '4..',
    responseTemplates: {},
  });
  await call('PutIntegrationResponse', {
    ...method('POST'),
    statusCode: '500',
    selectionPattern: '',
  });
  await call('PutIntegration', {
    ...method('DELETE'),
    type: 'HTTP_PROXY',
    integrationHttpMethod: 'DELETE',
    uri: 'https://example.com',
  });
  await call('PutMethod', { ...method('PUT'), authorizationType: 'NONE', apiKeyRequired: false });
  await call('PutIntegration', {
    ...method('PUT'),
    type: 'HTTP',
    integrationHttpMethod: 'PUT',
    uri: 'https://example.com',
    requestParameters: {},
    requestTemplates: {},
    cacheKeyParameters: [],
  });
}

async function updates(call: Call, method: (name: string) => object): Promise<void> {
  await call('UpdateMethod', {
    ...method('POST'),
    patchOperations: [
      patch('remove', '/requestParameters/method.request.querystring.q'),
      patch('replace', '/apiKeyRequired', 'false'),
      patch('replace', '/authorizationType', 'NONE'),
      patch('remove', '/requestModels/application~1json'),
    ],
  });
  await call('UpdateMethodResponse', {
    ...method('POST'),
    statusCode: '200',
    patchOperations: [
      patch('remove', '/responseModels/application~1json'),
      patch('add', '/responseParameters/method.response.header.x-b', 'true'),
    ],
  });
  await call('UpdateIntegration', {
    ...method('POST'),
    patchOperations: [
      patch('replace', '/timeoutInMillis', '2000'),
      patch('remove', '/requestParameters/integration.request.header.x-a'),
      patch('remove', '/requestTemplates/application~1json'),
    ],
  });
  await call('UpdateIntegrationResponse', {
    ...method('POST'),
    statusCode: '200',
    patchOperations: [
      patch('remove', '/responseTemplates/application~1json'),
      patch('remove', '/responseParameters/method.response.header.x-a'),
    ],
  });
  await readMethod(call, method('POST'));
  await call('DeleteIntegrationResponse', { ...method('POST'), statusCode: '400' });
  await call('DeleteMethodResponse', { ...method('POST'), statusCode: '400' });
  await call('DeleteIntegration', method('POST'));
  await readMethod(call, method('POST'));
  await call('DeleteMethod', method('POST'));
}

async function stages(call: Call, restApiId: string): Promise<void> {
  const { id: deploymentId } = await call('CreateDeployment', { restApiId });
  await call('GetDeployment', { restApiId, deploymentId });
  await call('GetDeployment', { restApiId, deploymentId, embed: ['apisummary'] });
  await call('CreateDeployment', { restApiId, description: 'second', stageName: 'dev' });
  await call('CreateDeployment', { restApiId, description: '' });
  await call('UpdateDeployment', {
    restApiId,
    deploymentId,
    patchOperations: [patch('replace', '/description', 'changed')],
  });
  await call('GetDeployments', { restApiId });
  await call('CreateStage', { restApiId, stageName: 'plain', deploymentId });
  await call('CreateStage', {
    restApiId,
    stageName: 'full',
    deploymentId,
    description: 'all of it',
    variables: { a: 'b' },
    tags: { team: 'a' },
    documentationVersion: '1',
    tracingEnabled: false,
  });
  await call('CreateStage', {
    restApiId,
    stageName: 'described',
    deploymentId,
    description: 'all of it',
    variables: { a: 'b' },
    tags: { team: 'a' },
  });
  await call('UpdateStage', {
    restApiId,
    stageName: 'described',
    patchOperations: [
      patch('replace', '/*/*/throttling/rateLimit', '10'),
      patch('replace', '/*/*/metrics/enabled', 'true'),
      patch('replace', '/~1{name}/GET/throttling/burstLimit', '10'),
    ],
  });
  await call('UpdateStage', {
    restApiId,
    stageName: 'described',
    patchOperations: [
      patch('replace', '/accessLogSettings/destinationArn', arn('logs', 'log-group:calls')),
      patch('replace', '/accessLogSettings/format', '$context.requestId'),
      patch('replace', '/*/*/logging/loglevel', 'INFO'),
      patch('remove', '/variables/a'),
      patch('replace', '/description', ''),
    ],
  });
  await call('GetStage', { restApiId, stageName: 'missing' });
  await call('CreateDeployment', {
    restApiId,
    stageName: 'dev',
    canarySettings: { percentTraffic: 5, stageVariableOverrides: { a: 'c' } },
  });
  await call('GetStages', { restApiId });
  await call('UpdateStage', {
    restApiId,
    stageName: 'dev',
    patchOperations: [
      patch('remove', '/canarySettings'),
      patch('replace', '/canarySettings/percentTraffic', '0'),
    ],
  });
  await call('UpdateStage', {
    restApiId,
    stageName: 'described',
    patchOperations: [patch('remove', '/accessLogSettings')],
  });
  await call('GetStage', { restApiId, stageName: 'described' });
  await call('UntagResource', {
    resourceArn: `arn:aws:apigateway:us-east-1::/restapis/${restApiId}/stages/described`,
    tagKeys: ['team'],
  });
  await call('GetStages', { restApiId });
  await call('GetTags', {
    resourceArn: `arn:aws:apigateway:us-east-1::/restapis/${restApiId}/stages/full`,
  });
  await usage(call, restApiId);
  await call('DeleteStage', { restApiId, stageName: 'full' });
}

async function usage(call: Call, apiId: string): Promise<void> {
  await call('GetUsagePlans');
  await call('GetApiKeys');
  const { id: usagePlanId } = await call('CreateUsagePlan', { name: 'plain' });
  await call('CreateUsagePlan', {
    name: 'full',
    description: 'all of it',
    apiStages: [{ apiId, stage: 'plain', throttle: { '/{name}/GET': { rateLimit: 1 } } }],
    throttle: { rateLimit: 1, burstLimit: 2 },
    quota: { limit: 10, offset: 0, period: 'DAY' },
    tags: { team: 'a' },
  });
  await call('UpdateUsagePlan', {
    usagePlanId,
    patchOperations: [
      patch('add', '/apiStages', `${apiId}:plain`),
      patch('replace', '/throttle/rateLimit', '3'),
      patch('replace', '/description', 'b'),
    ],
  });
  await call('UpdateUsagePlan', {
    usagePlanId,
    patchOperations: [
      patch('remove', '/apiStages', `${apiId}:plain`),
      patch('remove', '/throttle'),
    ],
  });
  await call('GetUsagePlan', { usagePlanId });
  await call('GetUsagePlans');
  const { id: keyId } = await call('CreateApiKey', { name: 'plain' });
  await call('CreateApiKey', {});
  await call('CreateApiKey', {
    name: 'full',
    description: 'all of it',
    enabled: true,
    customerId: 'c',
    value: 'a-value-of-twenty-characters',
    stageKeys: [{ restApiId: apiId, stageName: 'plain' }],
    tags: { team: 'a' },
  });
  await call('CreateApiKey', { value: 'short' });
  await call('GetApiKey', { apiKey: keyId });
  await call('GetApiKey', { apiKey: keyId, includeValue: true });
  await call('UpdateApiKey', {
    apiKey: keyId,
    patchOperations: [patch('replace', '/enabled', 'true')],
  });
  await call('GetApiKeys');
  await call('GetApiKeys', { includeValues: true });
  await call('CreateUsagePlanKey', { usagePlanId, keyId, keyType: 'API_KEY' });
  await call('GetUsagePlanKey', { usagePlanId, keyId });
  await call('GetUsagePlanKeys', { usagePlanId });
  await call('GetUsage', { usagePlanId, startDate: '2026-01-01', endDate: '2026-01-02' });
}

async function logRole(aws: Account): Promise<void> {
  const { Role } = await aws.call('iam', 'CreateRole', {
    RoleName: 'api-logs',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'apigateway.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      ],
    }),
  });
  await aws.call('iam', 'AttachRolePolicy', {
    RoleName: 'api-logs',
    PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
  });
  await aws.call('logs', 'CreateLogGroup', { logGroupName: 'calls' });
  await aws.call('apigateway', 'UpdateAccount', {
    patchOperations: [patch('replace', '/cloudwatchRoleArn', String((Role as Answer).Arn))],
  });
}

export const apiGatewayScenario: Scenario = async (aws: Account) => {
  const call: Call = (operation, input = {}) => aws.call('apigateway', operation, input);
  await call('GetAccount');
  await logRole(aws);
  const restApiId = await restApis(call);
  await parts(call, restApiId);
  const authorizerId = await authorizers(call, restApiId);
  await methods(call, restApiId, authorizerId);
  await stages(call, restApiId);
  await imports(call);
  await call('GetVpcLinks');
};
