import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  APIGatewayClient,
  CreateDeploymentCommand,
  ImportRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { type LocalAws, startLocalAws } from '../../src';
import { startUserPool, type UserPool, withCognitoLocal } from './support/cognito-local';

/** One method wants an ID token, the other an access token with a scope. */
const definition = (providerARN: string) => ({
  openapi: '3.0.1',
  info: { title: 'for users', version: '1' },
  paths: {
    '/me': method([]),
    '/account': method(['aws.cognito.signin.user.admin']),
    '/orders': method(['orders/write']),
  },
  components: {
    securitySchemes: {
      users: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'cognito_user_pools',
        'x-amazon-apigateway-authorizer': {
          type: 'cognito_user_pools',
          providerARNs: [providerARN],
        },
      },
    },
  },
});

const CLAIMS = ['sub', 'email', 'token_use', 'username'];

const method = (scopes: readonly string[]) => ({
  get: {
    security: [{ users: scopes }],
    responses: { 200: { description: 'the claims' } },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      responses: {
        default: {
          statusCode: '200',
          responseTemplates: {
            'application/json': `{${CLAIMS.map((name) => `"${name}": "$context.authorizer.claims.${name}"`).join(', ')}}`,
          },
        },
      },
    },
  },
});

withCognitoLocal('a user pool of cognito-local', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'user-pool-'));
  let pool: UserPool;
  let aws: LocalAws;
  let url: string;
  let tokens: Awaited<ReturnType<UserPool['signIn']>>;

  beforeAll(async () => {
    pool = await startUserPool(folder);
    tokens = await pool.signIn('jane@example.com');
    aws = await startLocalAws({ port: 0, userPools: { [pool.arn]: pool.url } });
    const client = new APIGatewayClient({
      endpoint: aws.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });
    const body = Buffer.from(JSON.stringify(definition(pool.arn)));
    const { id: restApiId = '' } = await client.send(new ImportRestApiCommand({ body }));
    await client.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
    client.destroy();
    url = `${aws.url}/_aws/execute-api/${restApiId}/dev`;
  });
  afterAll(async () => {
    await aws?.close();
    await pool?.close();
    rmSync(folder, { recursive: true });
  });

  const get = (route: string, token: string) =>
    fetch(url + route, { headers: { authorization: `Bearer ${token}` } });

  test('a user who has signed in is let in, and their claims are known', async () => {
    const answer = await get('/me', tokens.IdToken);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      sub: expect.stringMatching(/^[\da-f-]{36}$/),
      email: 'jane@example.com',
      token_use: 'id',
      username: '',
    });
  });

  test('where a scope is wanted, their access token is taken, which has it', async () => {
    const answer = await get('/account', tokens.AccessToken);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ token_use: 'access', email: '' });
  });

  test.each([
    ['an access token where no scope is wanted', '/me', () => tokens.AccessToken],
    ['an ID token where a scope is', '/account', () => tokens.IdToken],
    ['an access token without the scope', '/orders', () => tokens.AccessToken],
    ['a token that was changed', '/me', () => tokens.IdToken.replace(/.{5}$/, 'AAAAA')],
  ])('refuses %s', async (_, route, token) => {
    const answer = await get(route, token());

    expect([answer.status, await answer.text()]).toEqual([401, '{"message":"Unauthorized"}']);
  });
});
