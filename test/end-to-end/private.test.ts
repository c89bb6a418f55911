import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { inOrder } from 'dev-kit/testing/in-order';
import { withChangedFile } from './support/changed-file';
import { everything } from './support/owners-view';
import { startVpcEndpoint } from './support/vpc-endpoint';
import { openWorkbench, type Workbench } from './support/workbench';

// A private API is verified before it is live as well, from where its VPC endpoint is.

const test = inOrder();

const ENDPOINT = 'vpce-0123456789abcdef0';

let workbench: Workbench;
let endpoint: Awaited<ReturnType<typeof startVpcEndpoint>>;
let gateway: APIGatewayClient;

beforeAll(async () => {
  workbench = await openWorkbench();
  endpoint = await startVpcEndpoint(workbench.endpoint, ENDPOINT);
  gateway = new APIGatewayClient(workbench.sdk);
});
afterAll(async () => {
  gateway.destroy();
  await endpoint.stop();
  await workbench.close();
});

const deploy = () =>
  workbench.run(
    'deploy',
    ...[`vpcEndpoints=${ENDPOINT}`, 'shadow=true', 'accessLogs=false']
      .concat(`invokeUrl=${endpoint.url}/_aws/execute-api/\${RestApi}/\${Stage}`)
      .flatMap((parameter) => ['--param', parameter]),
  );

test('a first deployment is verified before it is live', async () => {
  const { code, output } = await deploy();

  expect(output).toMatch(/Verifying stage local-verify-[0-9a-f]{6} before local serves it/);
  expect(output).not.toContain('✖');
  expect(code).toBe(0);
});

test('a version that does not pass never becomes live', async () => {
  const { RestApiId: id = '', InvokeUrl: url = '' } = await workbench.outputs();
  const before = await everything(gateway, id, 'local');
  const broken = (text: string) => text.replace('"Data": "', '"Date": "');

  const { code, output } = await withChangedFile(
    workbench.folder,
    'templates/PutRecord.request.vtl',
    broken,
    deploy,
  );

  expect(output).toMatch(/✖ PUT \/streams\/\{stream-name\}\/record/);
  expect(output).toContain('Stage local serves what it did, and the stack is as it was before');
  expect(code).toBe(1);
  expect(await everything(gateway, id, 'local')).toEqual(before);
  expect((await fetch(`${url}/streams`)).status).toBe(200);
});
