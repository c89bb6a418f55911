import {
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteIntegrationResponseCommand,
  DeleteMethodCommand,
  DeleteResourceCommand,
  GetIntegrationCommand,
  GetMethodCommand,
  GetResourceCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  type PutIntegrationCommandInput,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateIntegrationCommand,
  UpdateMethodCommand,
  UpdateMethodResponseCommand,
  UpdateResourceCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../../local/apigateway';
import { sdkClient } from './sdk-client';

const ROLE = 'arn:aws:iam::000000000000:role/r';
const KINESIS = 'arn:aws:apigateway:us-east-1:kinesis:action/ListStreams';

async function api(services?: string[]) {
  const sdk = sdkClient(createApiGateway(services && { services }));
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

async function apiWithMethod(services?: string[]) {
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

describe('resources', () => {
  test('form a tree that is listed by path', async () => {
    const { sdk, restApiId, rootId, resource } = await api();
    const streams = await resource(rootId, 'streams');
    const name = await resource(streams.id ?? '', '{stream-name}');

    const { items } = await sdk.send(new GetResourcesCommand({ restApiId }));

    expect(items).toEqual([
      { id: rootId, path: '/' },
      { id: streams.id, parentId: rootId, path: '/streams', pathPart: 'streams' },
      {
        id: name.id,
        parentId: streams.id,
        path: '/streams/{stream-name}',
        pathPart: '{stream-name}',
      },
    ]);
  });

  test('are refused where they have no place', async () => {
    const { sdk, rootId, resource } = await api();
    await resource(rootId, 'a');
    const greedy = await resource(rootId, '{proxy+}');

    await expect(resource(rootId, 'a')).rejects.toThrow(
      'Another resource with the same parent already has this name: a',
    );
    await expect(resource(rootId, '{b}')).rejects.toThrow(
      'A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed',
    );
    await expect(resource(greedy.id ?? '', 'c')).rejects.toThrow(
      'Cannot create a child of a resource with a greedy path variable: {proxy+}',
    );
    await expect(resource('nowhere', 'a')).rejects.toThrow('Invalid Resource identifier specified');
    await expect(resource(rootId, 'a b')).rejects.toThrow("Resource's path part only allow");
    expect(sdk).toBeDefined();
  });

  test('move with all that is below them', async () => {
    const { sdk, restApiId, rootId, resource } = await api();
    const a = await resource(rootId, 'a');
    const b = await resource(a.id ?? '', 'b');
    const patch = (resourceId: string | undefined, path: string, value?: string) =>
      sdk.send(
        new UpdateResourceCommand({
          restApiId,
          resourceId,
          patchOperations: [{ op: 'replace', path, value }],
        }),
      );

    await patch(a.id, '/pathPart', 'renamed');
    const below = await sdk.send(new GetResourceCommand({ restApiId, resourceId: b.id }));

    expect(below.path).toBe('/renamed/b');
    await expect(patch(a.id, '/parentId', b.id)).rejects.toThrow('Resources cannot be cyclical.');
    await expect(patch(rootId, '/pathPart', 'x')).rejects.toThrow(
      'Root resource cannot update its pathPart.',
    );
    await expect(patch(a.id, '/invalid')).rejects.toThrow(
      "Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: [/parentId, /pathPart]",
    );
  });

  test('are deleted with all that is below them', async () => {
    const { sdk, restApiId, rootId, resource } = await api();
    const a = await resource(rootId, 'a');
    await resource(a.id ?? '', 'b');

    await sdk.send(new DeleteResourceCommand({ restApiId, resourceId: a.id }));

    const { items } = await sdk.send(new GetResourcesCommand({ restApiId }));
    expect(items?.map(({ path }) => path)).toEqual(['/']);
  });
});

describe('methods', () => {
  test('are embedded in their resource when asked for', async () => {
    const { sdk, restApiId } = await apiWithMethod();

    const bare = await sdk.send(new GetResourcesCommand({ restApiId }));
    const embedded = await sdk.send(new GetResourcesCommand({ restApiId, embed: ['methods'] }));

    expect(bare.items?.[0]?.resourceMethods).toEqual({ GET: {} });
    expect(embedded.items?.[0]?.resourceMethods?.GET).toMatchObject({
      httpMethod: 'GET',
      authorizationType: 'NONE',
      requestParameters: { 'method.request.querystring.q': false },
    });
  });

  test.each([
    [{ httpMethod: 'WRONG' }, 'Invalid HttpMethod specified. Valid options are GET,PUT,POST'],
    [{ requestValidatorId: 'none' }, 'Invalid Request Validator identifier specified'],
    [
      { requestModels: { 'application/json': 'petModel' } },
      'Invalid model identifier specified: petModel',
    ],
    [
      {
        requestParameters: {
          'method.request.querystring.q': true,
          'method.request.header.q': true,
        },
      },
      'Parameter names must be unique across querystring, header and path',
    ],
    [
      { authorizationType: 'CUSTOM' },
      "does not support the authorization type 'CUSTOM' (authorizers)",
    ],
  ])('like %j are refused', async (input, message) => {
    const { sdk, method } = await api();

    await expect(
      sdk.send(new PutMethodCommand({ ...method, authorizationType: 'NONE', ...input })),
    ).rejects.toThrow(message);
  });

  test('change by patches', async () => {
    const { sdk, method } = await apiWithMethod();
    const patch = (op: 'add' | 'replace' | 'remove', path: string, value?: string) =>
      sdk.send(new UpdateMethodCommand({ ...method, patchOperations: [{ op, path, value }] }));

    await patch('replace', '/authorizationType', 'AWS_IAM');
    await patch('add', '/requestModels/application~1json', 'Empty');
    const changed = await patch('remove', '/requestParameters/method.request.querystring.q');

    expect(changed).toMatchObject({
      authorizationType: 'AWS_IAM',
      requestModels: { 'application/json': 'Empty' },
    });
    expect(changed.requestParameters).toBeUndefined();
    await expect(patch('replace', '/httpMethod', 'PUT')).rejects.toThrow(
      'Invalid patch path /httpMethod',
    );
  });

  test('declare responses, whose parameters must be there to be removed', async () => {
    const { sdk, method } = await apiWithMethod();
    const patch = (path: string) =>
      sdk.send(
        new UpdateMethodResponseCommand({
          ...method,
          statusCode: '200',
          patchOperations: [{ op: 'remove', path }],
        }),
      );

    await expect(patch('/responseParameters/method.response.header.none')).rejects.toThrow(
      'Invalid parameter name specified',
    );
    await expect(patch('/responseModels/application~1json')).rejects.toThrow(
      'Content-Type specified was not found',
    );
    const changed = await patch('/responseParameters/method.response.header.X-A');
    expect(changed.responseParameters).toBeUndefined();
  });

  test('that are gone, or never were, are not found', async () => {
    const { sdk, method } = await apiWithMethod();

    await sdk.send(new DeleteMethodCommand(method));

    await expect(sdk.send(new GetMethodCommand(method))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Invalid Method identifier specified',
    });
  });
});

describe('integrations', () => {
  test('have AWS’s defaults', async () => {
    const { sdk, method, put, rootId } = await apiWithMethod();

    await put({});

    expect(await sdk.send(new GetIntegrationCommand(method))).toMatchObject({
      type: 'AWS',
      httpMethod: 'POST',
      uri: KINESIS,
      passthroughBehavior: 'WHEN_NO_MATCH',
      timeoutInMillis: 29_000,
      cacheNamespace: rootId,
      cacheKeyParameters: [],
    });
  });

  test.each([
    [{ type: 'HTTPS' as 'HTTP' }, "Value 'HTTPS' at 'putIntegrationInput.type'"],
    [{ integrationHttpMethod: undefined }, 'Enumeration value for HttpMethod must be non-empty'],
    [{ uri: 'kinesis' }, 'Invalid ARN specified in the request'],
    [
      { uri: 'arn:aws:apigateway:us-east-1:kinesis:ListStreams' },
      'AWS ARN for integration must contain path or action',
    ],
    [{ type: 'HTTP' as const, uri: 'kinesis' }, 'Invalid HTTP endpoint specified for URI'],
    [{ credentials: undefined }, 'Role ARN must be specified for AWS integrations'],
    [
      { type: 'AWS_PROXY' as const, uri: 'arn:aws:apigateway:us-east-1:s3:path/b/k' },
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    ],
    [
      {
        uri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations',
      },
      'does not support integrations with Lambda (type AWS)',
    ],
    [{ connectionType: 'VPC_LINK' as const }, "does not support the connection type 'VPC_LINK'"],
    [{ timeoutInMillis: 30_000 }, 'Timeout should be between 50 ms and 29000 ms'],
    [
      { tlsConfig: { insecureSkipVerification: true } },
      "does not support 'insecureSkipVerification' of an integration",
    ],
    [
      { requestParameters: { 'integration.request.header.a': 'method.request.querystring.p' } },
      'Invalid mapping expression parameter specified: method.request.querystring.p',
    ],
    [
      { requestParameters: { 'integration.request.header.a': 'nonsense' } },
      'Invalid mapping expression specified: nonsense',
    ],
    [
      { requestParameters: { 'integration.request.header.a': 'method.request.body..a' } },
      "does not support the JSONPath '$..a' in a mapping",
    ],
  ])('like %j are refused', async (input, message) => {
    const { put } = await apiWithMethod();

    await expect(put(input)).rejects.toThrow(message);
  });

  test('with a service that is not there are refused by name', async () => {
    const { put } = await apiWithMethod(['kinesis']);

    await put({});
    await expect(
      put({ uri: 'arn:aws:apigateway:us-east-1:dynamodb:action/Query' }),
    ).rejects.toThrow("does not support integrations with the service 'dynamodb': it has kinesis");
  });

  test('change by patches that are checked as they are', async () => {
    const { sdk, method, put } = await apiWithMethod();
    await put({});
    const patch = (path: string, value: string, op: 'add' | 'replace' = 'replace') =>
      sdk.send(new UpdateIntegrationCommand({ ...method, patchOperations: [{ op, path, value }] }));

    const changed = await patch('/requestTemplates/application~1json', '{}', 'add');

    expect(changed.requestTemplates).toEqual({ 'application/json': '{}' });
    await expect(patch('/uri', 'nonsense')).rejects.toThrow('Invalid ARN specified in the request');
    expect((await sdk.send(new GetIntegrationCommand(method))).uri).toBe(KINESIS);
  });

  test('answer only with headers that the method declares', async () => {
    const { sdk, method, put } = await apiWithMethod();
    await put({});
    const respond = (header: string, statusCode = '200') =>
      sdk.send(
        new PutIntegrationResponseCommand({
          ...method,
          statusCode,
          selectionPattern: '2\\d{2}',
          responseParameters: { [`method.response.header.${header}`]: "'x'" },
        }),
      );

    expect(await respond('X-A')).toMatchObject({
      statusCode: '200',
      selectionPattern: '2\\d{2}',
    });
    await expect(respond('X-B')).rejects.toThrow(
      'Invalid mapping expression parameter specified: method.response.header.X-B',
    );
    await expect(respond('X-A', 'wrong')).rejects.toThrow(
      "Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d",
    );
    await expect(
      sdk.send(new DeleteIntegrationResponseCommand({ ...method, statusCode: '404' })),
    ).rejects.toThrow('Invalid Response status code specified');
  });

  test('are needed to deploy', async () => {
    const { sdk, restApiId } = await apiWithMethod();

    await expect(sdk.send(new CreateDeploymentCommand({ restApiId }))).rejects.toThrow(
      'No integration defined for method',
    );
  });
});
