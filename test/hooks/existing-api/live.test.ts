import {
  DeleteDeploymentCommand,
  DeleteMethodCommand,
  GetDeploymentCommand,
  GetDeploymentsCommand,
  GetStageCommand,
} from '@aws-sdk/client-api-gateway';
import type { ExistingApi } from '../../../hooks/existing-api/api';
import { goLive, redeployWithout, wayBack } from '../../../hooks/existing-api/live';
import { serveDeployment } from '../../../hooks/stage/deployments';
import { deployInProcess, type InProcessStage } from '../../support/in-process-stage';
import { type OwnersApi, ownersApi } from '../../support/owners-api';

const OWN = new Set(['/streams']);

let account: InProcessStage;
let api: OwnersApi;
let here: ExistingApi;
let first: string;
let streams: string;

beforeAll(async () => {
  account = await deployInProcess();
});
beforeEach(async () => {
  api = await ownersApi(account.sdk());
  await api.mock(await api.path('orders'), 'GET');
  first = await api.deploy('live');
  const { restApiId, rootResourceId } = api;
  here = { restApiId, rootResourceId, rootPath: '', stageName: 'live', owner: 'proxy-dev' };
  // The stack's resources, before the hooks deploy them.
  streams = await api.path('streams');
  await api.mock(streams, 'GET');
});
afterEach(() => api.client.destroy());

const served = async () => {
  const command = new GetStageCommand({ restApiId: here.restApiId, stageName: 'live' });
  return (await api.client.send(command)).deploymentId ?? '';
};

const paths = async () => {
  const { restApiId } = here;
  const deploymentId = await served();
  const { apiSummary = {} } = await api.client.send(
    new GetDeploymentCommand({ restApiId, deploymentId, embed: ['apisummary'] }),
  );
  return Object.keys(apiSummary).sort();
};

test('the stage serves the routes at once, and nothing is made where it does already', async () => {
  const made = await goLive(api.client, here, 'aa');
  expect(await served()).toBe(made);
  expect(await paths()).toEqual(['/orders', '/streams']);

  expect(await goLive(api.client, here, 'aa')).toBeUndefined();
  expect(await goLive(api.client, here, 'bb')).not.toBe(made);
});

test("after any number of deployments, the owner's own is given back", async () => {
  await goLive(api.client, here, 'aa');
  await goLive(api.client, here, 'bb');
  expect(await wayBack(api.client, here, OWN)).toEqual({ way: 'restore', deploymentId: first });
});

test('one that the owner made in between is given back, if the routes are not in it', async () => {
  await goLive(api.client, here, 'aa');
  await serveDeployment(api.client, here.restApiId, here.stageName, first);
  await goLive(api.client, here, 'aa');
  expect(await wayBack(api.client, here, OWN)).toEqual({ way: 'restore', deploymentId: first });

  await api.deploy('live');
  expect(await wayBack(api.client, here, OWN)).toEqual({ way: 'redeploy' });
  await goLive(api.client, here, 'bb');
  expect(await wayBack(api.client, here, OWN)).toEqual({ way: 'redeploy' });
});

test('one that the owner has deleted cannot be given back: a new one is made', async () => {
  await goLive(api.client, here, 'aa');
  const { restApiId } = here;
  await api.client.send(new DeleteDeploymentCommand({ restApiId, deploymentId: first }));
  expect(await wayBack(api.client, here, OWN)).toEqual({ way: 'redeploy' });

  const method = { restApiId, resourceId: streams, httpMethod: 'GET' };
  await api.client.send(new DeleteMethodCommand(method));
  await redeployWithout(api.client, here);

  expect(await paths()).toEqual(['/orders']);
  expect(await wayBack(api.client, here, OWN)).toEqual({ way: 'nothing' });
});

test('a stage that does not serve the routes, or is gone, is left alone', async () => {
  expect(await wayBack(api.client, here, OWN)).toEqual({ way: 'nothing' });
  const gone = { ...here, stageName: 'gone' };
  expect(await wayBack(api.client, gone, OWN)).toEqual({ way: 'nothing' });
});

test('two services on one API do not take each other for themselves', async () => {
  await goLive(api.client, here, 'aa');
  const other = { ...here, owner: 'proxy-prod' };
  expect(await goLive(api.client, other, 'aa')).toBeDefined();
  const { items = [] } = await api.client.send(
    new GetDeploymentsCommand({ restApiId: here.restApiId }),
  );
  expect(items.map(({ description }) => description?.split(' ')[0]).sort()).toEqual([
    'proxy-dev',
    'proxy-prod',
    'the',
  ]);
});
