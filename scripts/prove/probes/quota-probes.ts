import {
  CreateDeploymentCommand,
  CreateModelCommand,
  CreateStageCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import type { Bench, Observed, Probe } from './probe';
import type { SdkCommand } from './recorder';
import { mock, type ThrowawayApi, withApi } from './throwaway-api';

const KB = 1024;

/** A document that would be taken if it were shorter. */
const TOO_LONG = JSON.stringify({
  swagger: '2.0',
  info: { title: 'probe', version: '1', description: 'x'.repeat(6 * KB * KB) },
  paths: {},
});

/** `taken`, or the error. What is there already was taken by an attempt whose answer was lost. */
async function outcome({ run, recorder }: Bench, command: SdkCommand<unknown>): Promise<string> {
  const refused = await recorder.refusal(run.clients.apiGateway, command);
  return refused === undefined || refused.error === 'ConflictException' ? 'taken' : refused.error;
}

/** Asked without the SDK, which takes a full API for a busy one, and repeats a 429 for minutes. */
async function post({ recorder }: Bench, path: string, input: object): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const request = { method: 'POST', headers, body: JSON.stringify(input) };
  const { status, body } = await recorder.service('apigateway', path, request);
  return `${status} ${JSON.parse(body).message}`;
}

/** Fills an API that has the root, 298 empty resources, one with a method, and one stage. */
async function fill(bench: Bench, { restApiId }: ThrowawayApi): Promise<Observed> {
  const { run, recorder } = bench;
  const client = run.clients.apiGateway;
  const { items = [] } = await recorder.command(
    client,
    new GetResourcesCommand({ restApiId, limit: 500 }),
  );
  const idOf = (path: string) => items.find((item) => item.path === path)?.id;
  const template = (bytes: number) =>
    new PutIntegrationCommand({
      restApiId,
      resourceId: idOf('/method'),
      httpMethod: 'GET',
      type: 'MOCK',
      requestTemplates: { 'text/plain': 'x'.repeat(bytes) },
    });
  // Another deployment than the stack's, which could not be deleted before these stages.
  const { id: deploymentId } = await recorder.command(
    client,
    new CreateDeploymentCommand({ restApiId }),
  );
  const stage = (stageName: string, characters: number, variable = 'long') =>
    new CreateStageCommand({
      restApiId,
      deploymentId,
      stageName,
      variables: { [variable]: 'x'.repeat(characters) },
    });
  const hundredAndOne = new CreateStageCommand({
    restApiId,
    deploymentId,
    stageName: 'hundredandone',
    variables: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`v${index}`, 'x'])),
  });
  const models: string[] = [];
  for (const name of ['One', 'Two', 'Three', 'Four', 'Five']) {
    const schema = JSON.stringify({ description: 'x'.repeat(100_000) });
    const model = { restApiId, name: `Probe${name}`, contentType: 'application/json', schema };
    models.push(await outcome(bench, new CreateModelCommand(model)));
  }
  const variables = [
    await outcome(bench, stage('variable', 512)),
    await outcome(bench, stage('longer', 513)),
    await outcome(bench, stage('name', 1, 'n'.repeat(65))),
    await outcome(bench, hundredAndOne),
  ];
  for (let count = 3; count <= 10; count += 1) await outcome(bench, stage(`stage${count}`, 1));
  const api = `/restapis/${restApiId}`;
  return {
    resources: [
      items.length,
      await post(bench, `${api}/resources/${idOf('/')}`, { pathPart: 'last' }),
    ],
    stages: await post(bench, `${api}/stages`, { deploymentId, stageName: 'last' }),
    models,
    templates: [
      await outcome(bench, template(300 * KB)),
      await outcome(bench, template(300 * KB + 1)),
    ],
    variables,
    document: await outcome(
      bench,
      new PutRestApiCommand({ restApiId, mode: 'merge', body: Buffer.from(TOO_LONG) }),
    ),
  };
}

/** How much there may be in an API, where its account has no raise. */
export const quotaProbes: readonly Probe[] = [
  {
    name: 'quotas',
    question: 'How many resources, stages and models has an API, how long are its templates?',
    rows: [
      'api-gateway: quotas: 300 resources, 10 stages, 400 KB of models of an API',
      'api-gateway: quota: 300 KB of a mapping template',
      'api-gateway: quotas of stage variables',
      'api-gateway: quota: 6 MB of an imported document',
    ],
    expected: {
      resources: [
        300,
        '429 Maximum number of Resources for this API has been reached.  Please contact AWS if you need additional Resources.',
      ],
      stages:
        '429 Maximum number of Stages for this API has been reached.  Please contact AWS if you need additional Stages.',
      models: ['taken', 'taken', 'taken', 'taken', 'BadRequestException'],
      templates: ['taken', 'BadRequestException'],
      variables: ['taken', 'BadRequestException', 'BadRequestException', 'BadRequestException'],
      document: 'BadRequestException',
    },
    ask(bench) {
      const empty = Array.from({ length: 298 }, (_, index) => [`/r${index}`, {}]);
      const paths = { ...Object.fromEntries(empty), '/method': { get: mock() } };
      return withApi(bench, { ending: 'quotas', paths }, (api) => fill(bench, api));
    },
  },
];
