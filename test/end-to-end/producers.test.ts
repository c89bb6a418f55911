import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { APIGatewayClient, GetApiKeysCommand } from '@aws-sdk/client-api-gateway';
import { inOrder } from 'dev-kit/testing/in-order';
import { openWorkbench, type Workbench } from './support/workbench';

// Producers' keys with the real CLI, told in order. What they open is in resources/producers.

const test = inOrder();

let workbench: Workbench;
let gateway: APIGatewayClient;

beforeAll(async () => {
  workbench = await openWorkbench();
  gateway = new APIGatewayClient(workbench.sdk);
});
afterAll(async () => {
  gateway.destroy();
  await workbench.close();
});

/** serverless.ts with these producers, as users write them. */
function declare(producers: string): void {
  const file = path.join(workbench.folder, 'serverless.ts');
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(
    /kinesisRestProxy\(\{.*\}\);/,
    `kinesisRestProxy({ stages: {}, streams, producers: ${producers} });`,
  );
  expect(changed).toContain('producers:');
  writeFileSync(file, changed);
}

const deploying = (authorization: string) => [
  ...['deploy', '--stage', 'dev', '--skip-verify', '--verbose', '--param', 'accessLogs=false'],
  ...['--param', `authorization=${authorization}`, '--param', 'manageStreams=false'],
  '--param',
  `invokeUrl=${workbench.endpoint}/_aws/execute-api/\${RestApi}/\${Stage}`,
];

/** Runs `serverless keys`. @returns standard output by itself, and all that was printed */
async function keys(...options: string[]) {
  const running = workbench.start('keys', '--stage', 'dev', '--verbose', ...options);
  let stdout = '';
  running.child.stdout?.on('data', (text: string) => {
    stdout += text;
  });
  expect(await running.code).toBe(0);
  return { stdout, output: running.output() };
}

/** All files that the CLI has written into the service's folder. */
const written = () =>
  readdirSync(path.join(workbench.folder, '.serverless'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));

let deployed: string;

test('producers on a stage that asks for no keys are refused before anything is made', async () => {
  declare("{ acme: { keys: ['1'] } }");
  const { code, output } = await workbench.run(...deploying('AWS_IAM'));

  expect(code).toBe(1);
  expect(output).toContain('The producers acme have API keys, and stage dev asks for none');
  expect((await gateway.send(new GetApiKeysCommand({}))).items ?? []).toEqual([]);
});

test('a deploy makes their keys, and the value of one can be piped', async () => {
  deployed = await workbench.succeed(...deploying('API_KEY'));
  const { stdout, output } = await keys('--value', 'acme/1');
  const { RestApiId = '', InvokeUrl = '' } = await workbench.outputs('dev');
  const send = (key: string) => fetch(`${InvokeUrl}/streams`, { headers: { 'x-api-key': key } });

  expect(stdout).toMatch(/^[A-Za-z0-9]{20,128}\n$/);
  expect(output).toContain('is a secret');
  expect(RestApiId).not.toBe('');
  expect((await send(stdout.trim())).status).toBe(200);
  expect((await send('not-a-key-of-this-stage')).status).toBe(403);
});

test('no value is in what is written or printed without being told so', async () => {
  const { items = [] } = await gateway.send(new GetApiKeysCommand({ includeValues: true }));
  const listed = await keys('--usage');
  const everything = [...written(), deployed, listed.output].join('\n');

  expect(items).toHaveLength(2);
  expect(listed.stdout).toContain('acme');
  for (const { id = '', value = '' } of items) {
    expect(listed.stdout).toContain(id);
    expect(value).not.toBe('');
    expect(everything).not.toContain(value);
  }
});
