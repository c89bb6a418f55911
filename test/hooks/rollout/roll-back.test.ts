import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { CompiledTemplate } from '../../../hooks/framework';
import { keepingDeployment } from '../../../hooks/rollout/plan';
import { rollBack } from '../../../hooks/rollout/roll-back';
import { servedDeployment } from '../../../hooks/stage/deployments';
import { readServed } from '../../../hooks/stage/served';
import { addressByContent } from '../../../hooks/template/deployment';
import { compiledStack } from '../../support/compiled-stack';
import { deployStack } from '../../support/deploy-stack';
import { deployInProcess, type InProcessStage } from '../../support/in-process-stage';

type Values = Readonly<Record<string, string>>;

let stage: InProcessStage;
let client: APIGatewayClient;
beforeEach(async () => {
  stage = await deployInProcess({ authorization: 'AWS_IAM' });
  client = new APIGatewayClient(stage.sdk());
});
afterEach(() => client.destroy());

/** Deploys as `deploy` does, in two updates where something may go. */
async function deploy(values: Values): Promise<void> {
  const template = structuredClone(
    compiledStack({
      accessLogs: 'false',
      invokeUrl: `http://127.0.0.1:4566/_aws/execute-api/\${RestApi}/\${Stage}`,
      ...values,
    }),
  );
  const { stack } = await stage.target();
  if (stack === undefined) throw new Error('There is no stack.');
  const next = addressByContent(template);
  await update(keepingDeployment(next, stack));
  await update(next);
}

async function update(template: CompiledTemplate): Promise<void> {
  await deployStack(stage.sdk(), 'kinesis-rest-proxy-dev', template).catch((error: Error) => {
    if (!error.message.includes('No updates')) throw error;
  });
}

async function before() {
  const served = await readServed(client, stage.restApiId, 'dev');
  if (served === undefined) throw new Error('There is no stage.');
  return { served, target: await stage.target() };
}

const KAFKA = { kafkaRestUrl: 'https://kafka.example.com' };
const VPC = 'vpce-0123456789abcdef0';

test.each<[string, Values, Values]>([
  ['what has fewer routes', {}, KAFKA],
  ['what has fewer origins', {}, { corsOrigins: 'https://a.example' }],
  [
    'what differs in a setting of the stage',
    { throttleRate: '7' },
    { manageStreams: 'true', ...KAFKA },
  ],
])('goes back to %s', async (_, values, after) => {
  await deploy(values);
  const earlier = await before();
  await deploy(after);

  const said = await rollBack(client, await stage.target(), earlier);

  const { deploymentId } = earlier.served;
  expect(said).toBe(`The stage serves deployment ${deploymentId} again`);
  expect(await servedDeployment(client, stage.restApiId, 'dev')).toBe(deploymentId);
});

test.each<[string, Values, Values, RegExp]>([
  ['a route', KAFKA, {}, /has ANY \/\{proxy\+\} \(AWS_IAM\), which/],
  ['routes', {}, { manageStreams: 'false' }, /has (POST|DELETE) .* \(AWS_IAM\), (POST|DELETE) /],
  [
    'a way in without a signature',
    { authorization: 'NONE' },
    { authorization: 'AWS_IAM' },
    /has .* \(NONE\), .* and \d more, which the stack no longer declares$/,
  ],
  [
    'a way in without a key',
    { authorization: 'NONE' },
    { authorization: 'API_KEY' },
    /has .* \(NONE\)/,
  ],
  [
    'an origin',
    { corsOrigins: '*' },
    { corsOrigins: 'https://a.example' },
    /has CORS for '\*', which/,
  ],
  [
    'a VPC endpoint',
    { vpcEndpoints: `${VPC},vpce-0fedcba9876543210` },
    { vpcEndpoints: VPC },
    /has the resource policy \{.*, which the stack no longer declares$/,
  ],
  ['the internet', {}, { vpcEndpoints: VPC }, /has no resource policy, which/],
])('stays where going back would give %s again', async (_, values, after, reason) => {
  await deploy(values);
  const earlier = await before();
  await deploy(after);
  const now = await servedDeployment(client, stage.restApiId, 'dev');

  const said = await rollBack(client, await stage.target(), earlier);

  expect(said).toMatch(
    /^The stage stays as deployed, as the previous deployment, \w+, has [^\n]+$/,
  );
  expect(said).toMatch(reason);
  expect(said.length).toBeLessThan(500);
  expect(await servedDeployment(client, stage.restApiId, 'dev')).toBe(now);
});

test('there is nothing to go back to where nothing was deployed, before or now', async () => {
  const target = await stage.target();
  for (const earlier of [undefined, await before()]) {
    expect(await rollBack(client, target, earlier)).toBe(
      'The stage stays as deployed, as there is no earlier deployment to roll back to',
    );
  }
});
