import {
  CreateApiKeyCommand,
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteGatewayResponseCommand,
  DeleteModelCommand,
  DeleteRequestValidatorCommand,
  DeleteUsagePlanCommand,
  GetAccountCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetGatewayResponseCommand,
  GetGatewayResponsesCommand,
  GetModelsCommand,
  GetRequestValidatorsCommand,
  GetUsagePlanKeysCommand,
  PutGatewayResponseCommand,
  PutMethodCommand,
  UpdateAccountCommand,
  UpdateGatewayResponseCommand,
  UpdateModelCommand,
  UpdateRequestValidatorCommand,
  UpdateUsagePlanCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
import { sdkClient } from './sdk-client';

async function api() {
  const sdk = sdkClient(createApiGateway());
  const made = await sdk.send(new CreateRestApiCommand({ name: 'a' }));
  return { sdk, restApiId: made.id ?? '', resourceId: made.rootResourceId ?? '' };
}

describe('models', () => {
  test('include Empty and Error by default', async () => {
    const { sdk, restApiId } = await api();

    const { items } = await sdk.send(new GetModelsCommand({ restApiId }));

    expect(items?.map(({ name }) => name)).toEqual(['Empty', 'Error']);
  });

  test.each([
    [{ name: '' }, 'Model name must be non-empty'],
    [{ name: 'Empty' }, 'Model name already exists for this REST API'],
    [{ schema: '' }, 'Model schema must have at least 1 property or array items defined'],
    [{ schema: '{' }, 'Invalid model schema specified.'],
    [{ schema: '{"type":"nothing"}' }, 'Invalid model schema specified.'],
    [
      { schema: '{"type":"object","properties":{"a":{"nullable":true}}}' },
      'Unsupported keyword(s): ["nullable"]',
    ],
    [
      {
        schema: '{"type":"object","ref":"x","dependencies":{"a":{"const":1}},"items":[{"if":{}}]}',
      },
      'Unsupported keyword(s): ["ref","const","if"]',
    ],
    [{ schema: '{"type":"object","required":[]}' }, 'Invalid model schema specified.'],
    [{ schema: '{"enum":["A","A"]}' }, 'Invalid model schema specified.'],
    [
      { schema: '{"$schema":"http://json-schema.org/draft-07/schema#","type":"object"}' },
      'Unsupported $schema: http://json-schema.org/draft-07/schema#',
    ],
    [{ schema: '{"properties":{"a":{"pattern":"("}}}' }, 'Invalid regular expression: "("'],
    [{ schema: '{"patternProperties":{"[":{}}}' }, 'Invalid regular expression: "["'],
    [{ schema: '{"$ref":"Empty"}' }, 'Model reference must be in canonical form'],
    [
      { schema: '{"items":{"$ref":"https://example.com/order.json"}}' },
      'errors : [Invalid model schema specified, Model reference must be in canonical form]',
    ],
    [
      { schema: '{"$ref":"https://apigateway.amazonaws.com/restapis/other/models/Empty"}' },
      'Model reference must be in canonical form',
    ],
    [{ schema: '{"$ref":"#/definitions/None"}' }, 'Unresolvable reference: #/definitions/None'],
    [
      { schema: JSON.stringify({ description: 'x'.repeat(400 * 1024) }) },
      'at most 409600 are allowed',
    ],
  ])('like %j are refused', async (input, message) => {
    const { sdk, restApiId } = await api();

    await expect(
      sdk.send(
        new CreateModelCommand({
          restApiId,
          name: 'M',
          contentType: 'application/json',
          schema: '{"type":"object"}',
          ...input,
        }),
      ),
    ).rejects.toThrow(message);
  });

  test('may refer to themselves, to others that are there, and to their own parts', async () => {
    const { sdk, restApiId } = await api();
    const url = (name: string) =>
      `https://apigateway.amazonaws.com/restapis/${restApiId}/models/${name}`;
    const create = (name: string, schema: unknown) =>
      sdk.send(
        new CreateModelCommand({
          restApiId,
          name,
          contentType: 'application/json',
          schema: JSON.stringify(schema),
        }),
      );

    await create('Node', {
      $schema: 'http://json-schema.org/draft-04/schema#',
      definitions: { 'a/b': { type: 'string' } },
      properties: { next: { $ref: url('Node') }, name: { $ref: '#/definitions/a~1b' } },
    });
    await create('Nodes', { type: 'array', items: { oneOf: [{ $ref: url('Node') }] } });

    await expect(create('Trees', { items: { $ref: url('Tree') } })).rejects.toThrow(
      'errors : [Invalid model specified: Tree]',
    );
  });

  test('can change their schema, and cannot be deleted while a method uses them', async () => {
    const { sdk, restApiId, resourceId } = await api();
    const model = { restApiId, modelName: 'Empty' };
    await sdk.send(
      new PutMethodCommand({
        restApiId,
        resourceId,
        httpMethod: 'ANY',
        authorizationType: 'NONE',
        requestModels: { 'application/json': 'Empty' },
      }),
    );

    const changed = await sdk.send(
      new UpdateModelCommand({
        ...model,
        patchOperations: [{ op: 'replace', path: '/schema', value: '{"type":"array"}' }],
      }),
    );

    expect(changed.schema).toBe('{"type":"array"}');
    await expect(sdk.send(new DeleteModelCommand(model))).rejects.toThrow(
      "Cannot delete model 'Empty', is referenced in method request: //ANY",
    );
    await expect(
      sdk.send(new DeleteModelCommand({ restApiId, modelName: 'None' })),
    ).rejects.toThrow('Invalid model name specified: None');
  });
});

// Recorded: L test_put_method_model, 15-04-2024.
test('what several methods use is told by the newest of them', async () => {
  const { sdk, restApiId, resourceId } = await api();
  const { id: child } = await sdk.send(
    new CreateResourceCommand({ restApiId, parentId: resourceId, pathPart: 'orders' }),
  );
  const { id: requestValidatorId } = await sdk.send(
    new CreateRequestValidatorCommand({ restApiId, name: 'v' }),
  );
  for (const id of [resourceId, child]) {
    await sdk.send(
      new PutMethodCommand({
        restApiId,
        resourceId: id,
        httpMethod: 'POST',
        authorizationType: 'NONE',
        requestModels: { 'application/json': 'Error' },
        requestValidatorId,
      }),
    );
  }

  await expect(sdk.send(new DeleteModelCommand({ restApiId, modelName: 'Error' }))).rejects.toThrow(
    "Cannot delete model 'Error', is referenced in method request: /orders/POST",
  );
  await expect(
    sdk.send(new DeleteRequestValidatorCommand({ restApiId, requestValidatorId })),
  ).rejects.toThrow('is referenced in method: /orders/POST');
});

test('an empty description of a model is left out', async () => {
  const { sdk, restApiId } = await api();
  const made = await sdk.send(
    new CreateModelCommand({
      restApiId,
      name: 'Order',
      contentType: 'application/json',
      description: '',
      schema: '{"type":"object"}',
    }),
  );

  expect(made).not.toHaveProperty('description');
});

describe('request validators', () => {
  test('validate nothing by default', async () => {
    const { sdk, restApiId } = await api();
    const made = await sdk.send(new CreateRequestValidatorCommand({ restApiId, name: 'v' }));

    await sdk.send(
      new UpdateRequestValidatorCommand({
        restApiId,
        requestValidatorId: made.id,
        patchOperations: [{ op: 'replace', path: '/validateRequestBody', value: 'true' }],
      }),
    );

    expect(made).toMatchObject({ validateRequestBody: false, validateRequestParameters: false });
    const { items } = await sdk.send(new GetRequestValidatorsCommand({ restApiId }));
    expect(items).toEqual([
      { id: made.id, name: 'v', validateRequestBody: true, validateRequestParameters: false },
    ]);
  });
});

describe('gateway responses', () => {
  test('are AWS’s until they are customized, and again after deletion', async () => {
    const { sdk, restApiId } = await api();
    const one = { restApiId, responseType: 'MISSING_AUTHENTICATION_TOKEN' as const };

    const put = await sdk.send(new PutGatewayResponseCommand({ ...one, statusCode: '404' }));
    await sdk.send(new DeleteGatewayResponseCommand(one));
    const after = await sdk.send(new GetGatewayResponseCommand(one));

    const templates = { 'application/json': '{"message":$context.error.messageString}' };
    expect(put).toMatchObject({
      statusCode: '404',
      defaultResponse: false,
      responseTemplates: templates,
    });
    expect(after).toMatchObject({
      statusCode: '403',
      defaultResponse: true,
      responseTemplates: templates,
    });
    await expect(sdk.send(new DeleteGatewayResponseCommand(one))).rejects.toThrow(
      'Gateway response type not defined on api',
    );
  });

  test('of a class apply to its types', async () => {
    const { sdk, restApiId } = await api();
    await sdk.send(
      new UpdateGatewayResponseCommand({
        restApiId,
        responseType: 'DEFAULT_5XX',
        patchOperations: [
          { op: 'replace', path: '/statusCode', value: '599' },
          {
            op: 'add',
            path: '/responseParameters/gatewayresponse.header.x',
            value: "'y'",
          },
        ],
      }),
    );

    const { items = [] } = await sdk.send(new GetGatewayResponsesCommand({ restApiId }));

    const byType = new Map(items.map((item) => [String(item.responseType), item]));
    expect(items).toHaveLength(21);
    expect(byType.get('INTEGRATION_TIMEOUT')).toMatchObject({
      statusCode: '599',
      defaultResponse: true,
      responseParameters: { 'gatewayresponse.header.x': "'y'" },
    });
    expect(byType.get('THROTTLED')).toMatchObject({ statusCode: '429', responseParameters: {} });
    expect(byType.get('DEFAULT_4XX')?.statusCode).toBeUndefined();
  });

  // Recorded: L test_update_gateway_response, 15-04-2024.
  test.each([
    ['add', '/statusCode', 'Invalid patch path /statusCode'],
    ['remove', '/statusCode', 'Invalid patch path /statusCode'],
    ['replace', '/responseTemplates/text~1csv', 'Invalid parameter name specified'],
  ] as const)('are not changed by %s of %s', async (op, path, message) => {
    const { sdk, restApiId } = await api();
    const patchOperations = [{ op, path, value: '418' }];

    await expect(
      sdk.send(
        new UpdateGatewayResponseCommand({
          restApiId,
          responseType: 'DEFAULT_4XX',
          patchOperations,
        }),
      ),
    ).rejects.toThrow(message);
  });

  test('of an unknown type are refused with a list of types', async () => {
    const { sdk, restApiId } = await api();

    await expect(
      sdk.send(new GetGatewayResponseCommand({ restApiId, responseType: 'FAKE' as 'THROTTLED' })),
    ).rejects.toThrow("Value 'FAKE' at 'responseType' failed to satisfy constraint");
  });
});

describe('API keys and usage plans', () => {
  test('values of keys are returned only on request', async () => {
    const { sdk } = await api();
    const made = await sdk.send(new CreateApiKeyCommand({ name: 'k', enabled: true }));

    const bare = await sdk.send(new GetApiKeyCommand({ apiKey: made.id }));
    const whole = await sdk.send(new GetApiKeyCommand({ apiKey: made.id, includeValue: true }));
    const listed = await sdk.send(new GetApiKeysCommand({ includeValues: true }));

    expect(made.value).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(bare.value).toBeUndefined();
    expect(whole.value).toBe(made.value);
    expect(listed.items?.[0]?.value).toBe(made.value);
  });

  test('keys with a value that is too short or in use are refused', async () => {
    const { sdk } = await api();
    const value = 'x'.repeat(20);
    await sdk.send(new CreateApiKeyCommand({ value }));

    await expect(sdk.send(new CreateApiKeyCommand({ value }))).rejects.toThrow(
      'API Key already exists',
    );
    await expect(sdk.send(new CreateApiKeyCommand({ value: 'short' }))).rejects.toThrow(
      'API Key value should be at least 20 characters',
    );
  });

  test('plans have keys and are changed by patches', async () => {
    const { sdk } = await api();
    const plan = await sdk.send(new CreateUsagePlanCommand({ name: 'gold' }));
    const key = await sdk.send(new CreateApiKeyCommand({ name: 'k' }));
    const add = new CreateUsagePlanKeyCommand({
      usagePlanId: plan.id,
      keyId: key.id,
      keyType: 'API_KEY',
    });

    await sdk.send(add);
    const changed = await sdk.send(
      new UpdateUsagePlanCommand({
        usagePlanId: plan.id,
        patchOperations: [
          { op: 'replace', path: '/throttle/rateLimit', value: '200' },
          { op: 'add', path: '/quota/limit', value: '10' },
          { op: 'add', path: '/quota/period', value: 'WEEK' },
        ],
      }),
    );

    expect(changed).toMatchObject({
      name: 'gold',
      throttle: { rateLimit: 200 },
      quota: { limit: 10, offset: 0, period: 'WEEK' },
    });
    const keys = await sdk.send(new GetUsagePlanKeysCommand({ usagePlanId: plan.id }));
    expect(keys.items).toMatchObject([{ id: key.id, name: 'k', type: 'API_KEY' }]);
    await expect(sdk.send(add)).rejects.toMatchObject({ name: 'ConflictException' });
  });

  test('plans with stages that do not exist are refused', async () => {
    const { sdk, restApiId } = await api();
    const create = (apiId: string) =>
      sdk.send(new CreateUsagePlanCommand({ name: 'p', apiStages: [{ apiId, stage: 'dev' }] }));

    await expect(create('nosuchapi')).rejects.toThrow('API Stage not found: nosuchapi:dev');
    await expect(create(restApiId)).rejects.toThrow('API Stage not found');
    const plan = await sdk.send(new CreateUsagePlanCommand({ name: 'p' }));
    await sdk.send(new DeleteUsagePlanCommand({ usagePlanId: plan.id }));
  });
});

test('the account stores its role and has AWS’s limits', async () => {
  const { sdk } = await api();
  const role = 'arn:aws:iam::000000000000:role/logs';

  await sdk.send(
    new UpdateAccountCommand({
      patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: role }],
    }),
  );

  expect(await sdk.send(new GetAccountCommand({}))).toMatchObject({
    cloudwatchRoleArn: role,
    throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
  });
});
