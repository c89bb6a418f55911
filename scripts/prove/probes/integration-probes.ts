import { setTimeout as sleep } from 'node:timers/promises';
import { CreateApiKeyCommand, DeleteApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { DeleteLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Bench, Probe } from './probe';
import {
  bucketOf,
  bucketResource,
  call,
  emptied,
  emptyBucket,
  mock,
  withApi,
} from './throwaway-api';

/** The caller's own credentials, which the proof has; it makes no role for this. */
const CALLER = { credentials: 'arn:aws:iam::*:user/*' };
const STRING = { type: 'string' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** `target` is what comes behind the region: `s3:path/…`. */
const uri = (target: string) => ({
  uri: { 'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:${target}` },
});

const LOGGED_WITHIN_MS = 240_000;
const LOG_PAUSE_MS = 3_000;

/** The lines of an execution log, when all of these words are in it or the time is up. */
async function linesWith({ run }: Bench, logGroupName: string, words: readonly string[]) {
  const until = Date.now() + LOGGED_WITHIN_MS;
  for (;;) {
    const { events = [] } = await run.clients.logs
      .send(new FilterLogEventsCommand({ logGroupName }))
      .catch((error: Error) => {
        if (error.name !== 'ResourceNotFoundException') throw error;
        return { events: [] };
      });
    const lines = events.map(({ message = '' }) => message);
    if (words.every((word) => lines.some((line) => line.includes(word))) || Date.now() > until) {
      return lines;
    }
    await sleep(Math.min(run.pauseMs, LOG_PAUSE_MS));
  }
}

/** APIs that are made from a document, and what their integrations call. */
export const integrationProbes: readonly Probe[] = [
  {
    name: 'openapi-body',
    question: 'Is an API served that a stack makes from a document with intrinsics in it?',
    rows: [
      'api-gateway: the same as the `Body` of a stack',
      'api-gateway: intrinsics within an OpenAPI body',
    ],
    expected: { status: 200, text: 'kinesis-rest-proxy' },
    ask(bench) {
      const said = '${AWS::StackName}';
      const requestTemplates = {
        'application/json': {
          'Fn::Sub': `#set($context.responseOverride.header.Probe = "${said}")\n{"statusCode": 200}`,
        },
      };
      const paths = { '/body': { get: mock({ requestTemplates }) } };
      return withApi(bench, { ending: 'body', paths }, async ({ url }) => {
        const { status, headers } = await bench.recorder.http(`${url}/body`);
        const { probe = 'no such header' } = headers;
        return { status, text: probe.slice(0, 'kinesis-rest-proxy'.length) };
      });
    },
  },
  {
    name: 'calls-as-caller',
    question: "Are S3's objects reached by action and by subdomain, as the caller who signed?",
    rows: [
      'api-gateway: S3 by action, `s3:action/GetObject&Bucket=…&Key=…`',
      'api-gateway: a bucket as subdomain, `bucket.s3:path/…`',
      'api-gateway: credentials `arn:aws:iam::*:user/*`',
    ],
    expected: {
      kinesis: [200, true],
      put: [200, ''],
      'get by action': [200, '{"probe":"é"}'],
      'get by subdomain': [200, '{"probe":"é"}'],
    },
    async ask(bench) {
      const { run, recorder } = bench;
      // Of a run that was killed here.
      await emptyBucket(run);
      const bucket = bucketOf(run);
      const object = (verb: string) => `s3:action/${verb}Object&Bucket=${bucket}&Key=probe.json`;
      const paths = {
        '/limits': {
          post: call({
            ...CALLER,
            ...uri('kinesis:action/DescribeLimits'),
            requestTemplates: { 'application/json': '{}' },
          }),
        },
        '/action': {
          put: call({ ...CALLER, ...uri(object('Put')), httpMethod: 'PUT' }),
          get: call({ ...CALLER, ...uri(object('Get')), httpMethod: 'GET' }),
        },
        '/subdomain': {
          get: call({ ...CALLER, ...uri(`${bucket}.s3:path/probe.json`), httpMethod: 'GET' }),
        },
      };
      const wanted = { ending: 'calls', paths, more: bucketResource(run) } as const;
      return withApi(bench, wanted, ({ url }) =>
        emptied(bench, async () => {
          const send = (at: string, method: string, body?: string) =>
            recorder.http(`${url}${at}`, {
              method,
              headers: JSON_TYPE,
              ...(body !== undefined && { body }),
            });
          const limits = await send('/limits', 'POST', '{}');
          const answers = {
            put: await send('/action', 'PUT', '{"probe":"é"}'),
            'get by action': await send('/action', 'GET'),
            'get by subdomain': await send('/subdomain', 'GET'),
          };
          return {
            kinesis: [limits.status, limits.body.includes('OpenShardCount')],
            ...Object.fromEntries(
              Object.entries(answers).map(([title, { status, body }]) => [title, [status, body]]),
            ),
          };
        }),
      );
    },
  },
  {
    name: 'header-names',
    question: 'Are headers found in another case by a parameter mapping and by a validator?',
    rows: ['api-gateway: header names in parameter mappings and validators'],
    expected: { lower: [200, true], absent: [400, false] },
    ask(bench) {
      const requestParameters = {
        'integration.request.querystring.Action': 'method.request.header.X-Probe-Action',
        'integration.request.querystring.Version': "'2011-06-15'",
      };
      const target = { ...CALLER, ...uri('sts:path/'), httpMethod: 'GET', requestParameters };
      const required = { name: 'X-Probe-Action', in: 'header', required: true };
      const paths = { '/names': { get: call(target, [{ ...required, schema: STRING }]) } };
      return withApi(bench, { ending: 'calls', paths }, async ({ url }) => {
        const send = async (headers: Record<string, string>) => {
          const { status, body } = await bench.recorder.http(`${url}/names`, { headers });
          return [status, body.includes('GetCallerIdentity')];
        };
        return {
          // fetch sends all names in lower case.
          lower: await send({ 'X-Probe-Action': 'GetCallerIdentity' }),
          absent: await send({}),
        };
      });
    },
  },
  {
    name: 'role-not-assumed',
    question: 'What is answered where API Gateway cannot assume the role of an integration?',
    rows: ['api-gateway: role that cannot be assumed'],
    expected: { status: 500, message: 'Internal server error' },
    ask(bench) {
      const { run, recorder } = bench;
      const credentials = `arn:aws:iam::${run.account}:role/${run.stackName}-absent`;
      const requestTemplates = { 'application/json': '{}' };
      const target = uri('kinesis:action/DescribeLimits');
      const paths = { '/role': { post: call({ credentials, requestTemplates, ...target }) } };
      return withApi(bench, { ending: 'calls', paths }, async ({ url }) => {
        const { status, body } = await recorder.http(`${url}/role`, {
          method: 'POST',
          headers: JSON_TYPE,
          body: '{}',
        });
        return { status, message: JSON.parse(body).message };
      });
    },
  },
  {
    name: 'stage-keys',
    question: 'Does a key that names a stage open it, without a usage plan?',
    rows: ['api-gateway: `stageKeys` of a key'],
    expected: { isTold: true, without: 403, with: 403 },
    ask(bench) {
      const { run, recorder } = bench;
      const client = run.clients.apiGateway;
      const wanted = {
        ending: 'traced',
        security: 'apiKey',
        paths: { '/key': { get: mock() } },
      } as const;
      return withApi(bench, wanted, async ({ url, restApiId }) => {
        const stageKeys = [{ restApiId, stageName: run.stage }];
        const key = await recorder.command(
          client,
          new CreateApiKeyCommand({ name: `${run.stackName}-probe`, enabled: true, stageKeys }),
        );
        run.evidence.know('api-key', key.value);
        try {
          const send = (headers: Record<string, string>) =>
            recorder.http(`${url}/key`, { headers, unsigned: true });
          return {
            isTold: key.stageKeys?.includes(`${restApiId}/${run.stage}`) ?? false,
            without: (await send({})).status,
            with: (await send({ 'x-api-key': key.value ?? '' })).status,
          };
        } finally {
          await recorder.refusal(client, new DeleteApiKeyCommand({ apiKey: key.id }));
        }
      });
    },
  },
  {
    name: 'execution-log',
    question:
      'Does an execution log have data only where dataTraceEnabled is set, however the path is spelt?',
    rows: ['api-gateway: execution log', 'api-gateway: paths of method settings'],
    expected: { isLogged: true, plain: false, traced: true, deep: true },
    ask(bench) {
      const { run, recorder } = bench;
      const paths = {
        '/plain': { post: mock() },
        '/traced': { post: mock() },
        '/traced/deep': { post: mock() },
      };
      const setting = (ResourcePath: string, DataTraceEnabled: boolean) => ({
        HttpMethod: 'POST',
        ResourcePath,
        LoggingLevel: 'INFO',
        DataTraceEnabled,
      });
      const settings = {
        MethodSettings: [
          setting('/~1plain', false),
          setting('/traced', true),
          setting('/~1traced~1deep', true),
        ],
      };
      return withApi(bench, { ending: 'traced', paths, settings }, async ({ url, restApiId }) => {
        const logGroupName = `API-Gateway-Execution-Logs_${restApiId}/${run.stage}`;
        try {
          // A stage begins to log a while after it was set to.
          for (const at of ['/plain', '/traced', '/traced/deep']) {
            const body = JSON.stringify({ probe: `words-of${at}` });
            await recorder.http(`${url}${at}`, { method: 'POST', headers: JSON_TYPE, body });
          }
          const words = ['words-of/traced"', 'words-of/traced/deep'];
          const lines = await linesWith(bench, logGroupName, words);
          const has = (word: string) => lines.some((line) => line.includes(word));
          return {
            isLogged: lines.length > 0,
            plain: has('words-of/plain'),
            traced: has('words-of/traced"'),
            deep: has('words-of/traced/deep'),
          };
        } finally {
          await recorder.refusal(run.clients.logs, new DeleteLogGroupCommand({ logGroupName }));
        }
      });
    },
  },
];
