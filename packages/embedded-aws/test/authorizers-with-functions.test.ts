import { createApiGateway } from '../src/apigateway';
import type { Authorizer } from '../src/apigateway/model';
import { createExecuteApi } from '../src/execute-api';
import { createIam } from '../src/iam';
import { createLambda, lambdaResourceHandlers, policyAllowsInvoke } from '../src/lambda';
import { createS3 } from '../src/s3';
import { stackOf } from './apigateway/stack';
import { mockIntegration } from './execute-api/api-under-test';
import { guard, invokes } from './execute-api/authorizers/authorized-api';
import { awsRequest, testCaller } from './support/aws-request';
import { handlerFor, resourceContext } from './support/resource-context';

// Each call of a function starts a process, which on a busy machine takes its time. This bound only
// ends what hangs.
jest.setTimeout(60_000);

const CODE = `
exports.handler = async ({ authorizationToken, methodArn }) => {
  if (authorizationToken === 'unknown') throw new Error('Unauthorized');
  if (authorizationToken === 'broken') throw new Error('no database');
  return {
    principalId: 'ann',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: authorizationToken === 'denied' ? 'Deny' : 'Allow',
          Resource: methodArn,
        },
      ],
    },
    context: { endpoint: process.env.AWS_ENDPOINT_URL, admin: true },
  };
};`;

const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});

const invoker = (Resource: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource }],
});

/** A function `guard` in front of an API, in embedded services that are wired as the embedded AWS is. */
async function guardedApi() {
  const iam = createIam();
  const s3 = createS3();
  const lambda = createLambda({
    runtime: {
      credentialsOf: (role, name, scope) =>
        iam.serviceCredentials(role, 'lambda.amazonaws.com', name, scope),
      writeLog: () => {},
    },
  });
  const account = iam.account(testCaller);
  account.createRole({ name: 'fn', trustPolicy: trust('lambda.amazonaws.com') });
  const role = account.createRole({
    name: 'gateway',
    trustPolicy: trust('apigateway.amazonaws.com'),
  });
  const handlers = lambdaResourceHandlers(lambda, { iam, s3 });
  const make = (type: string, properties: object, logicalId = type) =>
    handlerFor(handlers, `AWS::Lambda::${type}`).create(resourceContext({ logicalId }), {
      FunctionName: 'guard',
      ...properties,
    });
  await make('Function', {
    Handler: 'index.handler',
    Runtime: 'nodejs22.x',
    Role: 'arn:aws:iam::000000000000:role/fn',
    Timeout: 30,
    Code: { ZipFile: CODE },
  });

  const apiGateway = createApiGateway();
  const failures: string[] = [];
  const front = createExecuteApi({
    apiGateway,
    assumeRole: iam.assumeRole,
    invokeService: async (_name, request) => lambda.handle(request),
    functionAllows: (functionArn, requester, values) =>
      policyAllowsInvoke(lambda, { functionArn, requester, values }),
    reportFailure: (reason) => failures.push(reason),
  });
  const stack = stackOf(apiGateway);
  const api = await stack.create('RestApi', { Name: 'test' });
  const RestApiId = api.physicalId;
  await stack.create('Method', {
    RestApiId,
    ResourceId: String(api.attributes?.RootResourceId),
    HttpMethod: 'GET',
    AuthorizationType: 'NONE',
    MethodResponses: [{ StatusCode: '200' }],
    Integration: mockIntegration({
      IntegrationResponses: [
        {
          StatusCode: '200',
          ResponseTemplates: {
            'application/json':
              '$context.authorizer.principalId $context.authorizer.admin $context.authorizer.endpoint',
          },
        },
      ],
    }),
  });
  const SOURCE = `arn:aws:execute-api:us-east-1:000000000000:${RestApiId}`;

  /** Deploys the API with an authorizer, and calls it. */
  const call = async (token: string, authorizer: Partial<Authorizer> = {}) => {
    guard(
      { apiGateway, restApiId: RestApiId },
      {
        id: 'auth01',
        name: 'guard',
        type: 'TOKEN',
        authorizerUri: invokes(),
        ...authorizer,
      },
    );
    const deployed = apiGateway.store.find(RestApiId)?.api.deployments.size ?? 0;
    await stack.create('Deployment', { RestApiId, StageName: 'dev' }, `Deployment${deployed}`);
    const headers = { host: '127.0.0.1:4599', ...(token && { authorization: token }) };
    const path = `/_aws/execute-api/${RestApiId}/dev/`;
    const answer = await front.handle(awsRequest({ method: 'GET', path, headers }));
    return { ...answer, text: answer.body.toString() };
  };
  const permit = (properties: object, logicalId?: string) =>
    make(
      'Permission',
      {
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        ...properties,
      },
      logicalId,
    );
  return { call, permit, make, account, role, failures, SOURCE };
}

const NO_RIGHT = { status: 500, text: '{"message":null}' };

describe('a function behind an authorizer', () => {
  test('lets in, refuses and fails', async () => {
    const { call, permit, SOURCE, failures } = await guardedApi();
    await permit({ SourceArn: `${SOURCE}/authorizers/auth01`, SourceAccount: '000000000000' });

    expect(await call('known')).toMatchObject({
      status: 200,
      text: 'ann true http://127.0.0.1:4599',
    });
    expect(await call('')).toMatchObject({ status: 401, text: '{"message":"Unauthorized"}' });
    expect(await call('unknown')).toMatchObject({
      status: 401,
      text: '{"message":"Unauthorized"}',
      headers: { 'x-amzn-ErrorType': 'UnauthorizedException' },
    });
    expect(await call('denied')).toMatchObject({
      status: 403,
      text: '{"Message":"User is not authorized to access this resource with an explicit deny in an identity-based policy"}',
      headers: { 'x-amzn-ErrorType': 'AccessDeniedException' },
    });
    expect(await call('broken')).toMatchObject({
      ...NO_RIGHT,
      headers: { 'x-amzn-ErrorType': 'AuthorizerConfigurationException' },
    });
    expect(failures).toEqual([expect.stringContaining('the function failed: no database')]);
  });

  test('may be called for the sources that its policy names, or by the authorizer’s role', async () => {
    const { call, permit, account, role, SOURCE, failures } = await guardedApi();
    const reason = () => failures.splice(0).join();

    expect(await call('known')).toMatchObject(NO_RIGHT);
    expect(reason()).toContain(`for the source ${SOURCE}/authorizers/auth01`);

    await permit({ SourceArn: 'arn:aws:execute-api:us-east-1:000000000000:another/*' });
    expect(await call('known')).toMatchObject(NO_RIGHT);

    const authorizerCredentials = role.arn;
    expect(await call('known', { authorizerCredentials })).toMatchObject(NO_RIGHT);
    account.putInlinePolicy(role, 'invoke', invoker('arn:aws:lambda:*:*:function:guard'));
    expect(await call('known', { authorizerCredentials })).toMatchObject({ status: 200 });
    expect(reason()).not.toBe('');

    const untrusting = 'arn:aws:iam::000000000000:role/fn';
    expect(await call('known', { authorizerCredentials: untrusting })).toMatchObject(NO_RIGHT);
    expect(reason()).toContain('does not have permission to assume the provided role');

    await permit({ SourceArn: `${SOURCE}/*/*` }, 'Wildcards');
    expect(await call('known')).toMatchObject({ status: 200 });
  });

  test('has a policy for each version, and may not be there', async () => {
    const { call, permit, make, SOURCE, failures } = await guardedApi();
    await permit({ SourceArn: `${SOURCE}/*` });
    await make('Version', {});
    const authorizerUri = invokes('arn:aws:lambda:us-east-1:000000000000:function:guard:1');

    expect(await call('known', { authorizerUri })).toMatchObject(NO_RIGHT);
    await permit({ FunctionName: 'guard:1' }, 'OfVersion');
    expect(await call('known', { authorizerUri })).toMatchObject({ status: 200 });

    const gone = invokes('arn:aws:lambda:us-east-1:000000000000:function:gone');
    expect(await call('known', { authorizerUri: gone })).toMatchObject(NO_RIGHT);
    const afar = invokes('arn:aws:lambda:eu-west-1:000000000000:function:guard');
    failures.length = 0;
    expect(await call('known', { authorizerUri: afar })).toMatchObject(NO_RIGHT);
    expect(failures).toEqual([expect.stringContaining('calls Lambda in us-east-1')]);
  });
});
