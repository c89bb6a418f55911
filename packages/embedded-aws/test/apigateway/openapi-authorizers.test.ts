import {
  CreateDeploymentCommand,
  GetAuthorizersCommand,
  GetExportCommand,
  ImportRestApiCommand,
  PutRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
import { FUNCTION, POOL, uriOf } from './authorizer-inputs';
import { bytes, imported, methodAt } from './openapi-documents';
import { sdkClient } from './sdk-client';

const AUTHORIZER = 'x-amazon-apigateway-authorizer';
const AUTH_TYPE = 'x-amazon-apigateway-authtype';
const scheme = (name: string, authType: string | undefined, authorizer: object) => ({
  type: 'apiKey',
  name,
  in: 'header',
  ...(authType && { [AUTH_TYPE]: authType }),
  [AUTHORIZER]: authorizer,
});

const SCHEMES = {
  token: scheme('Authorization', 'ours', {
    type: 'token',
    authorizerUri: uriOf(FUNCTION),
    authorizerCredentials: 'arn:aws:iam::000000000000:role/caller',
    identityValidationExpression: '^x-[a-z]+',
    authorizerResultTtlInSeconds: 60,
  }),
  request: scheme('Unused', 'custom', {
    type: 'request',
    authorizerUri: uriOf(FUNCTION),
    identitySource: 'method.request.header.A,context.path',
  }),
  pool: scheme('Key', 'cognito_user_pools', { type: 'cognito_user_pools', providerARNs: [POOL] }),
  sigv4: { type: 'apiKey', name: 'Authorization', in: 'header', [AUTH_TYPE]: 'awsSigv4' },
  api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
};

const operation = (security?: object[]) => ({
  get: {
    ...(security && { security }),
    responses: {},
    'x-amazon-apigateway-integration': { type: 'mock' },
  },
});

const PATHS = {
  '/default': operation(),
  '/pool': operation([{ pool: ['read', 'write'] }]),
  '/keyed': operation([{ request: [] }, { api_key: [] }]),
  '/signed': operation([{ sigv4: [] }]),
  '/open': operation([]),
};

const info = { title: 'Doors', version: '1' };
const security = [{ token: [] }];
const DOCUMENTS = {
  oas30: {
    openapi: '3.0.1',
    info,
    security,
    paths: PATHS,
    components: { securitySchemes: SCHEMES },
  },
  swagger: { swagger: '2.0', info, security, paths: PATHS, securityDefinitions: SCHEMES },
};

type Imported = Awaited<ReturnType<typeof imported>>;

async function authorizersOf({ sdk, restApiId }: Pick<Imported, 'sdk' | 'restApiId'>) {
  const { items = [] } = await sdk.send(new GetAuthorizersCommand({ restApiId }));
  return items;
}

async function doorsOf({ sdk, restApiId }: Pick<Imported, 'sdk' | 'restApiId'>) {
  const names = new Map(
    (await authorizersOf({ sdk, restApiId })).map(({ id, name }) => [id, name]),
  );
  const doors = Object.keys(PATHS).map(async (path) => {
    const method = await methodAt(sdk, restApiId, path, 'GET');
    const { authorizationType, authorizerId, authorizationScopes, apiKeyRequired } = method;
    return [path, authorizationType, names.get(authorizerId), authorizationScopes, apiKeyRequired];
  });
  return Promise.all(doors);
}

const DOORS = [
  ['/default', 'CUSTOM', 'token', undefined, false],
  ['/pool', 'COGNITO_USER_POOLS', 'pool', ['read', 'write'], false],
  ['/keyed', 'CUSTOM', 'request', undefined, true],
  ['/signed', 'AWS_IAM', undefined, undefined, false],
  ['/open', 'NONE', undefined, undefined, false],
];

const FROM_SCHEMES = [
  {
    name: 'token',
    type: 'TOKEN',
    authType: 'ours',
    authorizerUri: uriOf(FUNCTION),
    authorizerCredentials: 'arn:aws:iam::000000000000:role/caller',
    identitySource: 'method.request.header.Authorization',
    identityValidationExpression: '^x-[a-z]+',
    authorizerResultTtlInSeconds: 60,
  },
  {
    name: 'request',
    type: 'REQUEST',
    authType: 'custom',
    authorizerUri: uriOf(FUNCTION),
    identitySource: 'method.request.header.A,context.path',
  },
  {
    name: 'pool',
    type: 'COGNITO_USER_POOLS',
    authType: 'cognito_user_pools',
    providerARNs: [POOL],
    identitySource: 'method.request.header.Key',
  },
];

describe.each(['oas30', 'swagger'] as const)('security schemes, %s', (type) => {
  test('become authorizers, which operations and the document name', async () => {
    const api = await imported(DOCUMENTS[type]);

    const authorizers = await authorizersOf(api);

    expect(authorizers.map(({ id: _id, ...authorizer }) => authorizer)).toEqual(FROM_SCHEMES);
    expect(await doorsOf(api)).toEqual(DOORS);
  });

  test('are exported, and imported again they are the same', async () => {
    const { sdk, restApiId } = await imported(DOCUMENTS[type]);
    await sdk.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
    const exported = async (extensions?: string) => {
      const { body } = await sdk.send(
        new GetExportCommand({
          restApiId,
          stageName: 'dev',
          exportType: type,
          ...(extensions && { parameters: { extensions } }),
        }),
      );
      return JSON.parse(Buffer.from(body ?? []).toString());
    };
    const schemesIn = (document: Awaited<ReturnType<typeof exported>>) =>
      document.securityDefinitions ?? document.components.securitySchemes;

    const whole = await exported('apigateway');

    const again = await imported(whole);
    expect(await doorsOf(again)).toEqual(DOORS);
    expect((await authorizersOf(again)).map(({ id: _id, ...made }) => made)).toEqual(FROM_SCHEMES);
    expect(schemesIn(whole)).toEqual(SCHEMES);
    const authorizers = await exported('authorizers');
    expect(schemesIn(authorizers)).toEqual(SCHEMES);
    expect(JSON.stringify(authorizers)).not.toContain('x-amazon-apigateway-integration');
    for (const plain of [await exported(), await exported('integrations')]) {
      expect(schemesIn(plain).pool).toEqual({
        type: 'apiKey',
        name: 'Key',
        in: 'header',
        [AUTH_TYPE]: 'cognito_user_pools',
      });
    }
  });
});

describe('security schemes', () => {
  test('that no operation names are authorizers, too', async () => {
    const api = await imported({ ...DOCUMENTS.oas30, paths: {}, security: [] });

    expect((await authorizersOf(api)).map(({ name }) => name)).toEqual([
      'token',
      'request',
      'pool',
    ]);
  });

  test.each(['merge', 'overwrite'] as const)(
    'keep their authorizers’ ids in the mode %s',
    async (mode) => {
      const { sdk, restApiId } = await imported(DOCUMENTS.oas30);
      const before = await authorizersOf({ sdk, restApiId });
      const changed = {
        ...DOCUMENTS.oas30,
        security: [{ pool: [] }],
        paths: { '/default': operation() },
        components: {
          securitySchemes: {
            pool: scheme('Other', undefined, SCHEMES.pool[AUTHORIZER]),
          },
        },
      };

      await sdk.send(new PutRestApiCommand({ restApiId, mode, body: bytes(changed) }));

      const after = await authorizersOf({ sdk, restApiId });
      const idOf = (name: string) => before.find((authorizer) => authorizer.name === name)?.id;
      expect(after.map(({ name }) => name).sort()).toEqual(
        mode === 'merge' ? ['pool', 'request', 'token'] : ['pool'],
      );
      expect(after.find(({ name }) => name === 'pool')).toMatchObject({
        id: idOf('pool'),
        identitySource: 'method.request.header.Other',
        authType: 'cognito_user_pools',
      });
      expect(await methodAt(sdk, restApiId, '/default', 'GET')).toMatchObject({
        authorizationType: 'COGNITO_USER_POOLS',
        authorizerId: idOf('pool'),
      });
    },
  );

  test.each<[object, string]>([
    [scheme('A', undefined, { type: 'jwt' }), "does not support authorizers of the type 'JWT'"],
    [scheme('A', undefined, { type: 'token' }), 'Invalid Authorizer URI: null.'],
    [
      scheme('Unused', undefined, { type: 'request', authorizerUri: uriOf(FUNCTION) }),
      'needs an identity source',
    ],
  ])('like %j are refused', async (a, message) => {
    const paths = { '/default': operation([{ a: [] }]) };
    const document = { ...DOCUMENTS.oas30, paths, components: { securitySchemes: { a } } };

    await expect(imported(document)).rejects.toThrow(message);
  });

  // AWS's words: aws-apigateway-importer#187 (2016), and a report of an import of 2019.
  test.each<[object, string[]]>([
    [{ type: 'apiKey', name: 'A', in: 'header' }, []],
    [
      { type: 'oauth2', flows: {} },
      ["Unsupported security definition type 'oauth2' for 'a'. Ignoring."],
    ],
    [
      { type: 'http', scheme: 'basic' },
      ["Unsupported security definition type 'http' for 'a'. Ignoring."],
    ],
  ])('like %j are ignored, as AWS does', async (a, expected) => {
    const paths = { '/default': operation([{ a: [] }]) };
    const document = { ...DOCUMENTS.oas30, paths, components: { securitySchemes: { a } } };

    const { api, sdk, restApiId } = await imported(document);

    expect(api.warnings ?? []).toEqual(expected);
    expect(await methodAt(sdk, restApiId, '/default', 'GET')).toMatchObject({
      authorizationType: 'NONE',
    });
  });

  test('that name an authorizer’s type and no authorizer close their methods by leaving them out', async () => {
    const a = { type: 'apiKey', name: 'A', in: 'header', [AUTH_TYPE]: 'custom' };
    const paths = { '/default': operation([{ a: [] }]), '/open': operation([]) };
    const document = { ...DOCUMENTS.oas30, paths, components: { securitySchemes: { a } } };

    const { api, sdk, restApiId } = await imported(document);

    expect(api.warnings).toEqual([
      "Unable to create authorizer from security definition: 'a'. Extension x-amazon-apigateway-authorizer is required. Any methods with security: 'a' will not be created. If this security definition is not a custom authorizer, remove the x-amazon-apigateway-authtype extension and it will be ignored.",
    ]);
    await expect(methodAt(sdk, restApiId, '/default', 'GET')).rejects.toThrow(
      'Invalid Method identifier specified',
    );
    expect(await methodAt(sdk, restApiId, '/open', 'GET')).toBeDefined();
  });

  // Recorded: test_import_rest_api, 02-07-2025, imports a document with both.
  test('with an empty identity source or role have none', async () => {
    const a = scheme('A', undefined, {
      ...SCHEMES.token[AUTHORIZER],
      identitySource: '',
      authorizerCredentials: '',
    });
    const document = { ...DOCUMENTS.oas30, paths: {}, components: { securitySchemes: { a } } };

    const [authorizer] = await authorizersOf(await imported(document));

    expect(authorizer).toMatchObject({ identitySource: 'method.request.header.A' });
    expect(authorizer).not.toHaveProperty('authorizerCredentials');
  });

  test('without an identity source may always be asked', async () => {
    const unused = scheme('Unused', undefined, {
      ...SCHEMES.request[AUTHORIZER],
      identitySource: undefined,
      authorizerResultTtlInSeconds: 0,
    });
    const document = { ...DOCUMENTS.oas30, paths: {}, components: { securitySchemes: { unused } } };

    const [authorizer] = await authorizersOf(await imported(document));

    expect(authorizer).toMatchObject({ type: 'REQUEST', authorizerResultTtlInSeconds: 0 });
    expect(authorizer).not.toHaveProperty('identitySource');
  });

  test('of an API whose authorizers know the key are told so', async () => {
    const sdk = sdkClient(createApiGateway());
    const document = { ...DOCUMENTS.oas30, 'x-amazon-apigateway-api-key-source': 'AUTHORIZER' };

    const { apiKeySource } = await sdk.send(new ImportRestApiCommand({ body: bytes(document) }));

    expect(apiKeySource).toBe('AUTHORIZER');
    const wrong = { ...document, 'x-amazon-apigateway-api-key-source': 'ELSEWHERE' };
    await expect(imported(wrong)).rejects.toThrow("Value 'ELSEWHERE' at 'apiKeySource'");
  });
});
