import {
  CreateDeploymentCommand,
  DeleteIntegrationResponseCommand,
  GetIntegrationCommand,
  PutIntegrationResponseCommand,
  UpdateIntegrationCommand,
  UpdateRestApiCommand,
} from '@aws-sdk/client-api-gateway';

import { apiWithMethod, KINESIS } from './api-with-method';

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
      'Invalid lambda function',
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

  test('with a service that is not available are refused', async () => {
    const { put } = await apiWithMethod(['kinesis']);

    await put({});
    await expect(
      put({ uri: 'arn:aws:apigateway:us-east-1:dynamodb:action/Query' }),
    ).rejects.toThrow(
      "does not support integrations with the service 'dynamodb'; it supports kinesis",
    );
  });

  test('are validated on patches as on creation', async () => {
    const { sdk, method, put } = await apiWithMethod();
    await put({});
    const patch = (path: string, value: string, op: 'add' | 'replace' = 'replace') =>
      sdk.send(new UpdateIntegrationCommand({ ...method, patchOperations: [{ op, path, value }] }));

    const changed = await patch('/requestTemplates/application~1json', '{}', 'add');

    expect(changed.requestTemplates).toEqual({ 'application/json': '{}' });
    await expect(patch('/uri', 'nonsense')).rejects.toThrow('Invalid ARN specified in the request');
    expect((await sdk.send(new GetIntegrationCommand(method))).uri).toBe(KINESIS);
  });

  test('only return headers that the method declares', async () => {
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

  // Reported: terraform-provider-aws#4001 and others.
  test('need the method’s response for the status before theirs sets headers', async () => {
    const { sdk, method, put } = await apiWithMethod();
    await put({});
    const responseParameters = { 'method.response.header.X-A': "'1'" };

    await expect(
      sdk.send(
        new PutIntegrationResponseCommand({ ...method, statusCode: '404', responseParameters }),
      ),
    ).rejects.toThrow(
      'Validation Result: warnings : [], errors : [No method response exists for method.]',
    );
  });

  // Reported by stacks of SAM: the caller's rights and a policy of the API exclude each other.
  test('that call as the caller are not deployed where the API has a policy', async () => {
    const { sdk, restApiId, put } = await apiWithMethod();
    await put({ credentials: 'arn:aws:iam::*:user/*' });
    const deploy = () => sdk.send(new CreateDeploymentCommand({ restApiId }));
    const statement = {
      Effect: 'Allow',
      Principal: '*',
      Action: 'execute-api:Invoke',
      Resource: 'execute-api:/*',
    };
    const value = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });

    await deploy();
    await sdk.send(
      new UpdateRestApiCommand({
        restApiId,
        patchOperations: [{ op: 'replace', path: '/policy', value }],
      }),
    );

    await expect(deploy()).rejects.toThrow(
      'Caller provided credentials not allowed when resource policy is set',
    );
  });

  test('are required for a deployment', async () => {
    const { sdk, restApiId } = await apiWithMethod();

    await expect(sdk.send(new CreateDeploymentCommand({ restApiId }))).rejects.toThrow(
      'No integration defined for method',
    );
  });

  test('tell an empty response template as null', async () => {
    const { sdk, method, put } = await apiWithMethod();
    await put({});

    const { responseTemplates } = await sdk.send(
      new PutIntegrationResponseCommand({
        ...method,
        statusCode: '200',
        responseTemplates: { 'application/json': '', 'text/plain': 'x' },
      }),
    );

    expect(responseTemplates).toEqual({ 'application/json': null, 'text/plain': 'x' });
  });

  test('take templates of 300 KB and no larger ones', async () => {
    const { sdk, method, put } = await apiWithMethod();
    const most = { 'application/json': 'x'.repeat(300 * 1024) };
    const more = { 'application/json': 'x'.repeat(300 * 1024 + 1) };
    const answer = (responseTemplates: Record<string, string>) =>
      sdk.send(
        new PutIntegrationResponseCommand({ ...method, statusCode: '200', responseTemplates }),
      );

    await put({ requestTemplates: most });
    await answer(most);

    const refusal = 'at most 307200 are allowed';
    await expect(put({ requestTemplates: more })).rejects.toThrow(refusal);
    await expect(answer(more)).rejects.toThrow(refusal);
    await expect(
      sdk.send(
        new UpdateIntegrationCommand({
          ...method,
          patchOperations: [
            {
              op: 'replace',
              path: '/requestTemplates/application~1json',
              value: more['application/json'],
            },
          ],
        }),
      ),
    ).rejects.toThrow(refusal);
  });
});
