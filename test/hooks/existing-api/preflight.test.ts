import {
  CreateAuthorizerCommand,
  CreateModelCommand,
  DeleteRestApiCommand,
  GetStageCommand,
  UpdateMethodCommand,
} from '@aws-sdk/client-api-gateway';
import { checkExistingApi, type Plan } from '../../../hooks/existing-api/preflight';
import { compiledStack } from '../../support/compiled-stack';
import { deployInProcess, type InProcessStage } from '../../support/in-process-stage';
import { type OwnersApi, ownersApi } from '../../support/owners-api';

let account: InProcessStage;
let api: OwnersApi;

beforeAll(async () => {
  account = await deployInProcess();
});
beforeEach(async () => {
  api = await ownersApi(account.sdk());
  await api.mock(await api.path('orders'), 'GET');
  await api.deploy('live');
});
afterEach(async () => {
  await api.client.send(new DeleteRestApiCommand({ restApiId: api.restApiId }));
  api.client.destroy();
});

function plan(changed: Partial<Plan['api']> = {}, more: Partial<Plan> = {}): Plan {
  const { restApiId, rootResourceId } = api;
  const where = { restApiId, rootResourceId, rootPath: '', stageName: 'live', ...changed };
  return {
    api: { ...where, owner: 'kinesis-rest-proxy-dev' },
    template: compiledStack({ restApiId, rootResourceId, rootPath: where.rootPath }),
    physicalIds: {},
    invokeUrl: 'https://a.execute-api.us-east-1.amazonaws.com/live',
    takesUndeployed: false,
    ...more,
  };
}

const check = (given: Plan) => checkExistingApi(api.client, given);

test('an API with room for the routes is let pass', async () => {
  await expect(check(plan())).resolves.toBeUndefined();
});

test('an API that is not there: those that are, are named', async () => {
  await expect(check(plan({ restApiId: 'aaaaaaaaaa' }))).rejects.toMatchObject({
    code: 'API_MISSING',
    message: expect.stringContaining(`${api.restApiId} kafka`),
  });
});

test('a wrong root: the resources that are there are named', async () => {
  await expect(check(plan({ rootResourceId: 'bbbbbb' }))).rejects.toMatchObject({
    code: 'ROOT_MISSING',
    message: expect.stringContaining(`${api.rootResourceId} /`),
  });
});

test('a root below the root: its path must be given, and is told', async () => {
  const rootResourceId = await api.path('kinesis');
  await expect(check(plan({ rootResourceId }))).rejects.toMatchObject({
    code: 'ROOT_PATH',
    message: expect.stringContaining('--param rootPath=/kinesis'),
  });
  await expect(check(plan({ rootResourceId, rootPath: '/kinesis' }))).resolves.toBeUndefined();
  await expect(check(plan({ rootPath: '/kinesis' }))).rejects.toThrow(': leave out rootPath');
});

describe('authorizers', () => {
  const POOL = 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbCdEfGhI';

  /** One of the API's owner's. */
  const makeAuthorizer = async (name: string) => {
    const { id = '' } = await api.client.send(
      new CreateAuthorizerCommand({
        restApiId: api.restApiId,
        name,
        type: 'COGNITO_USER_POOLS',
        providerARNs: [POOL],
        identitySource: 'method.request.header.Authorization',
      }),
    );
    return id;
  };
  const planWith = (values: Readonly<Record<string, string>>) => {
    const { restApiId, rootResourceId } = api;
    return plan({}, { template: compiledStack({ restApiId, rootResourceId, ...values }) });
  };

  test("the owner's is taken by its id, if methods may ask it", async () => {
    const authorizerId = await makeAuthorizer('staff');
    const given = { authorization: 'COGNITO', authorizerId };
    await expect(check(planWith(given))).resolves.toBeUndefined();
    await expect(check(planWith({ ...given, authorization: 'LAMBDA' }))).rejects.toMatchObject({
      code: 'AUTHORIZER_MISSING',
      message: expect.stringMatching(/of type TOKEN or REQUEST, which LAMBDA asks/),
    });
  });

  test('one that is not there: those that are, are named', async () => {
    const other = await makeAuthorizer('staff');
    const given = { authorization: 'COGNITO', authorizerId: 'nowhere' };
    await expect(check(planWith(given))).rejects.toMatchObject({
      code: 'AUTHORIZER_MISSING',
      message: expect.stringContaining(`${other} staff (COGNITO_USER_POOLS)`),
    });
  });

  test('one of the name that the stack gives is in the way', async () => {
    await makeAuthorizer('kinesis-rest-proxy-dev-user-pools');
    await expect(
      check(planWith({ authorization: 'COGNITO', userPoolArns: POOL })),
    ).rejects.toMatchObject({
      code: 'API_CONFLICT',
      message: expect.stringContaining(
        'authorizer kinesis-rest-proxy-dev-user-pools already exists',
      ),
    });
  });
});

test('a root with a variable in its path is refused', async () => {
  const rootResourceId = await api.path('{tenant}');
  await expect(check(plan({ rootResourceId }))).rejects.toMatchObject({ code: 'ROOT_VARIABLE' });
});

test('a path that is taken is told with what takes it', async () => {
  const streams = await api.path('streams');
  const variable = await api.path('{id}', streams);
  await expect(check(plan())).rejects.toMatchObject({
    code: 'API_CONFLICT',
    message: expect.stringContaining(`/streams: /streams (${streams})`),
  });
  await expect(check(plan())).rejects.toThrow(
    `/streams/{stream-name}: /streams/{id} (${variable}) exists`,
  );
});

test("the service's own resources and models are not in its way", async () => {
  const streams = await api.path('streams');
  await createModel('PutRecordModel');
  const physicalIds = { StreamsResource: streams, PutRecordModel: 'PutRecordModel' };
  await expect(check(plan({}, { physicalIds }))).resolves.toBeUndefined();
});

const createModel = (name: string) =>
  api.client.send(
    new CreateModelCommand({
      restApiId: api.restApiId,
      name,
      contentType: 'application/json',
      schema: '{}',
    }),
  );

test('a model of the same name is a conflict', async () => {
  await createModel('PutRecordModel');
  await expect(check(plan())).rejects.toThrow('model PutRecordModel already exists');
});

test('a stage that is not there: those that are, are named', async () => {
  await expect(check(plan({ stageName: 'dev' }))).rejects.toThrow(
    "has no stage 'dev'. It has: live. Choose one with --param restApiStage=",
  );
});

test("what the API's owner has not deployed is not taken live behind his back", async () => {
  const orders = await api.path('refunds');
  await api.mock(orders, 'GET');
  await expect(check(plan())).rejects.toMatchObject({
    code: 'API_UNDEPLOYED',
    message: expect.stringContaining('GET /refunds: was added and is not served'),
  });
  await expect(check(plan({}, { takesUndeployed: true }))).resolves.toBeUndefined();
});

test('a method that was closed and never deployed is such a change too', async () => {
  const closed = await api.path('closed');
  await api.mock(closed, 'GET');
  await api.deploy('live');
  await api.client.send(
    new UpdateMethodCommand({
      restApiId: api.restApiId,
      resourceId: closed,
      httpMethod: 'GET',
      patchOperations: [{ op: 'replace', path: '/authorizationType', value: 'AWS_IAM' }],
    }),
  );
  await expect(check(plan())).rejects.toThrow(
    'GET /closed: authorization changed from NONE to AWS_IAM',
  );
});

describe('a stage whose settings are in the way', () => {
  /** The embedded API Gateway knows neither caches nor canaries: what AWS would say of the stage. */
  function withStage(stage: object) {
    const send = api.client.send.bind(api.client);
    return jest
      .spyOn(api.client, 'send')
      .mockImplementation(async (command: unknown) =>
        command instanceof GetStageCommand ? stage : send(command as GetStageCommand),
      );
  }

  test('answers from a cache would be old records', async () => {
    const mock = withStage({
      cacheClusterEnabled: true,
      methodSettings: {
        '*/*': { cachingEnabled: true },
        'streams/GET': { cachingEnabled: false },
      },
    });
    await expect(check(plan())).rejects.toMatchObject({
      code: 'API_STAGE_CACHED',
      message: expect.stringMatching(/GET \/streams\/\{stream-name\}\n/),
    });
    mock.mockRestore();
  });

  test('below a root of their own, methods are excepted by their whole path', async () => {
    const rootResourceId = await api.path('kinesis');
    const below = plan({ rootResourceId, rootPath: '/kinesis' });
    // With slashes as they are, or as they are patched with (`~1`).
    const methodSettings = {
      '*/*': { cachingEnabled: true },
      'kinesis/streams/GET': { cachingEnabled: false },
      'kinesis~1streams~1{stream-name}/GET': { cachingEnabled: false },
      'streams/{stream-name}/shards/GET': { cachingEnabled: false },
    };
    const mock = withStage({ cacheClusterEnabled: true, methodSettings });
    const error: unknown = await check(below).catch((thrown: unknown) => thrown);
    expect(String(error)).not.toMatch(/GET \/kinesis\/streams(\/\{stream-name\})?\n/);
    expect(String(error)).toMatch(/GET \/kinesis\/streams\/\{stream-name\}\/shards\n/);
    mock.mockRestore();
  });

  test('a canary deployment would be ended', async () => {
    const mock = withStage({ canarySettings: { percentTraffic: 10 } });
    await expect(check(plan())).rejects.toMatchObject({ code: 'API_STAGE_CANARY' });
    mock.mockRestore();
  });
});
