import {
  DeleteMethodCommand,
  GetMethodCommand,
  GetResourcesCommand,
  PutMethodCommand,
  UpdateMethodCommand,
  UpdateMethodResponseCommand,
} from '@aws-sdk/client-api-gateway';

import { api, apiWithMethod } from './api-with-method';

describe('methods', () => {
  test('are embedded in their resource on request', async () => {
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
  ])('like %j are refused', async (input, message) => {
    const { sdk, method } = await api();

    await expect(
      sdk.send(new PutMethodCommand({ ...method, authorizationType: 'NONE', ...input })),
    ).rejects.toThrow(message);
  });

  test('are changed by patches', async () => {
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

  // Recorded: L test_put_integration_responses, 26-05-2023.
  test.each([['none'], ['None']])(
    'of authorization type %s are open',
    async (authorizationType) => {
      const { sdk, method } = await api();
      const put = new PutMethodCommand({ ...method, authorizationType });

      expect(await sdk.send(put)).toMatchObject({ authorizationType: 'NONE' });
    },
  );

  test.each([
    ['replace', '/requestParameters/method.request.path.id', 'Invalid parameter name specified'],
    ['remove', '/requestModels/text~1csv', 'Content-Type specified was not found'],
  ] as const)('have nothing to %s at %s', async (op, path, message) => {
    const { sdk, method } = await apiWithMethod();
    const patchOperations = [{ op, path, value: 'true' }];

    await expect(
      sdk.send(new UpdateMethodCommand({ ...method, patchOperations })),
    ).rejects.toMatchObject({ name: 'NotFoundException', message });
  });

  test('declare responses, whose parameters must exist to be removed', async () => {
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

  test('are not found if they are deleted or never existed', async () => {
    const { sdk, method } = await apiWithMethod();

    await sdk.send(new DeleteMethodCommand(method));

    await expect(sdk.send(new GetMethodCommand(method))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Invalid Method identifier specified',
    });
  });
});
