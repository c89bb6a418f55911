import {
  CreateModelCommand,
  CreateResourceCommand,
  GetExportCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  PutRestApiCommand,
  UpdateRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import type { Bench, Probe } from './probe';

/** Keywords beyond draft 4, and some that draft 4 has. */
const SCHEMAS: Readonly<Record<string, object>> = {
  const: { const: 1 },
  if: { if: {} },
  contains: { contains: {} },
  nullable: { nullable: true },
  example: { example: 1 },
  $id: { $id: 'x' },
  'exclusiveMinimum as a number': { exclusiveMinimum: 1 },
  'required of nothing': { required: [] },
  'draft 7': { $schema: 'http://json-schema.org/draft-07/schema#' },
  'unknown reference': { $ref: 'https://apigateway.amazonaws.com/restapis/none/models/None' },
  'a part that is not there': { $ref: '#/definitions/none' },
  'bad pattern': { pattern: '(' },
  oneOf: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  'a schema of 100 KB': { description: 'x'.repeat(100_000) },
};

const invalidModel = (why: string): string =>
  `Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema ${why}]`;

/** A resource of the probes' API, made when it is not there. Nothing of it is ever deployed. */
async function resourceOf({ run, recorder, probesApiId: restApiId }: Bench, pathPart: string) {
  const client = run.clients.apiGateway;
  const { items = [] } = await recorder.command(
    client,
    new GetResourcesCommand({ restApiId, limit: 500 }),
  );
  const found = items.find(({ path }) => path === `/${pathPart}`);
  if (found !== undefined) return found.id;
  const parentId = items.find(({ path }) => path === '/')?.id;
  const made = await recorder.command(
    client,
    new CreateResourceCommand({ restApiId, parentId, pathPart }),
  );
  return made.id;
}

/** A method of the probes' API that is never deployed. */
export async function methodAt(bench: Bench, pathPart: string) {
  const { run, recorder, probesApiId: restApiId } = bench;
  const at = { restApiId, resourceId: await resourceOf(bench, pathPart), httpMethod: 'GET' };
  await recorder.refusal(
    run.clients.apiGateway,
    new PutMethodCommand({ ...at, authorizationType: 'NONE' }),
  );
  return at;
}

/** Settings that API Gateway accepts and refuses when an API is set up. */
export const controlProbes: readonly Probe[] = [
  {
    name: 'models',
    question: 'Which keywords does a model take, and in which words are the others refused?',
    rows: [
      'api-gateway: another `$schema` than draft 4, a pattern that is none, a `#/…` that leads nowhere',
    ],
    expected: {
      ...Object.fromEntries(
        ['const', 'if', 'contains', 'nullable', 'example', '$id'].map((keyword) => [
          keyword,
          invalidModel(`specified. Unsupported keyword(s): ["${keyword}"]`),
        ]),
      ),
      'exclusiveMinimum as a number': invalidModel(
        'specified. data must have property minimum when property exclusiveMinimum is present, data/exclusiveMinimum must be boolean',
      ),
      'required of nothing': invalidModel(
        'specified. data/required must NOT have fewer than 1 items',
      ),
      'draft 7': invalidModel(
        'specified. Unsupported $schema: http://json-schema.org/draft-07/schema#. Models are JSON Schema draft 4, http://json-schema.org/draft-04/schema#',
      ),
      'unknown reference': invalidModel('specified, Model reference must be in canonical form'),
      'a part that is not there': invalidModel(
        'specified. Unresolvable reference: #/definitions/none',
      ),
      'bad pattern': invalidModel('specified. Invalid regular expression: "("'),
      oneOf: 'taken',
      'a schema of 100 KB': 'taken',
    },
    async ask({ run, recorder, probesApiId: restApiId }) {
      const observed: Record<string, unknown> = {};
      for (const [index, [title, schema]] of Object.entries(SCHEMAS).entries()) {
        const refused = await recorder.refusal(
          run.clients.apiGateway,
          new CreateModelCommand({
            restApiId,
            name: `Probe${index}${Date.now().toString(36)}`,
            contentType: 'application/json',
            schema: JSON.stringify(schema),
          }),
        );
        observed[title] = refused?.message ?? 'taken';
      }
      return observed;
    },
  },
  {
    name: 'not-deployed',
    question: 'Is a method served that was added after the deployment?',
    rows: ['api-gateway: a change without a deployment'],
    expected: { status: 403, message: 'Missing Authentication Token' },
    async ask(bench) {
      const at = await methodAt(bench, 'not-deployed');
      await bench.recorder.command(
        bench.run.clients.apiGateway,
        new PutIntegrationCommand({ ...at, type: 'MOCK' }),
      );
      const { status, body } = await bench.recorder.http(`${bench.probesUrl}/not-deployed`, {
        unsigned: true,
      });
      return { status, message: JSON.parse(body).message };
    },
  },
  {
    name: 'long-timeout',
    question: 'What is said of a timeout above 29 s?',
    rows: ['api-gateway: a timeout above 29 s'],
    expected: {
      refused: {
        error: 'BadRequestException',
        message: 'Timeout should be between 50 ms and 29000 ms',
      },
    },
    async ask(bench) {
      const at = await methodAt(bench, 'long-timeout');
      const refused = await bench.recorder.refusal(
        bench.run.clients.apiGateway,
        new PutIntegrationCommand({ ...at, type: 'MOCK', timeoutInMillis: 30_000 }),
      );
      return { refused };
    },
  },
  {
    name: 'services-not-called',
    question: 'Which services does API Gateway not call, and in which words?',
    rows: ['api-gateway: services that API Gateway does not call (`apigateway`, `execute-api`)'],
    expected: {
      apigateway: 'AWS Service of type apigateway not supported',
      'execute-api': 'AWS Service of type execute-api not supported',
      nonsense: 'Role ARN must be specified for AWS integrations',
    },
    async ask(bench) {
      const at = await methodAt(bench, 'services-not-called');
      const observed: Record<string, unknown> = {};
      for (const service of ['apigateway', 'execute-api', 'nonsense']) {
        const refused = await bench.recorder.refusal(
          bench.run.clients.apiGateway,
          new PutIntegrationCommand({
            ...at,
            type: 'AWS',
            integrationHttpMethod: 'POST',
            uri: `arn:aws:apigateway:${bench.run.place.region}:${service}:action/Nothing`,
          }),
        );
        observed[service] = refused?.message ?? 'taken';
      }
      return observed;
    },
  },
  {
    name: 'export',
    question: 'Does an export have the paths, in both versions, with and without extensions?',
    rows: ['api-gateway: GetExport'],
    expected: { swagger: ['2.0', true], oas30: ['3.0.1', false] },
    async ask({ run, recorder, probesApiId: restApiId }) {
      const observed: Record<string, unknown> = {};
      for (const [exportType, extensions] of [
        ['swagger', 'apigateway'],
        ['oas30', undefined],
      ] as const) {
        const { body } = await recorder.command(
          run.clients.apiGateway,
          new GetExportCommand({
            restApiId,
            stageName: run.stage,
            exportType,
            ...(extensions !== undefined && { parameters: { extensions } }),
          }),
        );
        const text = Buffer.from(body ?? []).toString();
        const document = JSON.parse(text);
        observed[exportType] = [
          document.swagger ?? document.openapi,
          text.includes('x-amazon-apigateway-integration'),
        ];
      }
      return observed;
    },
  },
  {
    name: 'import-refused',
    question: 'Does a document that is refused change nothing?',
    rows: ['api-gateway: a document that is refused'],
    expected: { isRefused: true, isChanged: false },
    async ask({ run, recorder, probesApiId: restApiId }) {
      const client = run.clients.apiGateway;
      const paths = async () => {
        const { items = [] } = await recorder.command(
          client,
          new GetResourcesCommand({ restApiId, limit: 500 }),
        );
        return items.map(({ path }) => path).sort();
      };
      const before = await paths();
      const document = {
        openapi: '3.0.1',
        info: { title: 'probe', version: '1' },
        paths: {
          '/imported': {
            get: { responses: {}, 'x-amazon-apigateway-integration': { type: 'mock' } },
          },
          '/refused': {
            get: { responses: {}, 'x-amazon-apigateway-integration': { type: 'nonsense' } },
          },
        },
      };
      const refused = await recorder.refusal(
        client,
        new PutRestApiCommand({
          restApiId,
          mode: 'merge',
          failOnWarnings: true,
          body: Buffer.from(JSON.stringify(document)),
        }),
      );
      const after = await paths();
      return { isRefused: refused !== undefined, isChanged: before.join() !== after.join() };
    },
  },
  {
    name: 'patch-refused',
    question: 'Does a patch of which one operation is refused change nothing?',
    rows: [],
    expected: { isRefused: true },
    async ask({ run, recorder, probesApiId: restApiId }) {
      const refused = await recorder.refusal(
        run.clients.apiGateway,
        new UpdateRestApiCommand({
          restApiId,
          patchOperations: [
            { op: 'replace', path: '/description', value: 'changed' },
            { op: 'replace', path: '/nonsense', value: 'x' },
          ],
        }),
      );
      return { isRefused: refused !== undefined };
    },
  },
];
