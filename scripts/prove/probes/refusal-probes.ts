import { CreateRestApiCommand, PutIntegrationCommand } from '@aws-sdk/client-api-gateway';
import { ValidateTemplateCommand } from '@aws-sdk/client-cloudformation';
import { methodAt } from './control-probes';
import type { Bench, Observed, Probe } from './probe';
import type { SdkCommand } from './recorder';
import { HANDLE } from './throwaway-stack';

async function messageOf({ run, recorder }: Bench, command: SdkCommand<unknown>): Promise<string> {
  const refused = await recorder.refusal(run.clients.apiGateway, command);
  return refused?.message ?? 'taken';
}

/** Integrations that are refused when they are put. */
const INTEGRATIONS: Readonly<Record<string, object>> = {
  'no ARN': { type: 'AWS', uri: 'kinesis' },
  'neither path nor action': { type: 'AWS', uri: 'arn:aws:apigateway:REGION:kinesis:ListStreams' },
  'a function that is none': {
    type: 'AWS_PROXY',
    uri: 'arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/none',
  },
  'no URL': { type: 'HTTP', uri: 'example' },
  'a key of the cache that is not declared': {
    type: 'MOCK',
    cacheKeyParameters: ['method.request.querystring.none'],
  },
};

const TAGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  reserved: { 'aws:probe': 'x' },
  'a long value': { probe: 'x'.repeat(257) },
};

/** A form of CloudFormation's, which no client of an SDK sends so. */
async function form({ recorder }: Bench, parameters: Readonly<Record<string, string>>) {
  const body = new URLSearchParams({ Version: '2010-05-15', ...parameters }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await recorder.service('cloudformation', '/', { method: 'POST', headers, body });
  return `${answer.status} ${/<Code>(\w+)/.exec(answer.body)?.[1] ?? 'taken'}`;
}

const many = (count: number, value: object) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`Member${index}`, value]));

const TEMPLATES: Readonly<Record<string, object>> = {
  'a description of 1,024 bytes': { Description: 'x'.repeat(1_024) },
  'a description of 1,025 bytes': { Description: 'x'.repeat(1_025) },
  '200 parameters': { Parameters: many(200, { Type: 'String' }) },
  '201 parameters': { Parameters: many(201, { Type: 'String' }) },
  '200 outputs': { Outputs: many(200, { Value: 'x' }) },
  '201 outputs': { Outputs: many(201, { Value: 'x' }) },
};

/** Requests that are refused for what is in them, before anything is made. */
export const refusalProbes: readonly Probe[] = [
  {
    name: 'integrations-refused',
    question: 'In which words are integrations refused that could not be called?',
    rows: [
      'api-gateway: credentials and URIs of integrations',
      'api-gateway: keys of a cache',
      'api-gateway: URIs of functions',
    ],
    expected: {
      'no ARN': 'Invalid ARN specified in the request',
      'neither path nor action': 'AWS ARN for integration must contain path or action',
      'a function that is none': 'Invalid lambda function',
      'no URL': 'Invalid HTTP endpoint specified for URI',
      'a key of the cache that is not declared':
        'Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: method.request.querystring.none]',
    },
    async ask(bench) {
      const at = await methodAt(bench, 'integrations-refused');
      const observed: Record<string, unknown> = {};
      for (const [name, integration] of Object.entries(INTEGRATIONS)) {
        const input = JSON.parse(
          JSON.stringify({ ...at, integrationHttpMethod: 'POST', ...integration }).replaceAll(
            'REGION',
            bench.run.place.region,
          ),
        );
        observed[name] = await messageOf(bench, new PutIntegrationCommand(input));
      }
      return observed;
    },
  },
  {
    name: 'tags-refused',
    question: 'In which words does API Gateway refuse tags?',
    rows: ['api-gateway: tags'],
    expected: {
      reserved: "Invalid tag key. Tag keys cannot start with 'aws:' (case insensitive)",
      'a long value':
        'Invalid tag value. Tag values have at most 256 characters: letters, digits, spaces and _.:/=+-@',
    },
    async ask(bench) {
      const { run } = bench;
      const observed: Record<string, unknown> = {};
      for (const [name, tags] of Object.entries(TAGS)) {
        const command = new CreateRestApiCommand({ name: `${run.stackName}-probes-tags`, tags });
        observed[name] = await messageOf(bench, command);
      }
      return observed;
    },
  },
  {
    name: 'forms-refused',
    question: 'What does CloudFormation answer to numbers and flags that are none?',
    rows: ['cloudformation: numbers and flags in forms'],
    expected: { flag: '400 MalformedInput', number: '400 MalformedInput' },
    async ask(bench): Promise<Observed> {
      const create = { Action: 'CreateStack', StackName: `${bench.run.stackName}-probes-refused` };
      const TemplateBody = JSON.stringify({ Resources: { Handle: HANDLE } });
      return {
        flag: await form(bench, { ...create, TemplateBody, DisableRollback: 'perhaps' }),
        number: await form(bench, { ...create, TemplateBody, TimeoutInMinutes: 'many' }),
      };
    },
  },
  {
    name: 'template-quotas',
    question: 'How many parameters and outputs has a template, and how long is its description?',
    rows: ['cloudformation: quotas of templates'],
    expected: {
      'a description of 1,024 bytes': 'taken',
      'a description of 1,025 bytes': 'ValidationError',
      '200 parameters': 'taken',
      '201 parameters': 'ValidationError',
      '200 outputs': 'taken',
      '201 outputs': 'ValidationError',
    },
    async ask({ run, recorder }) {
      const observed: Record<string, unknown> = {};
      for (const [name, section] of Object.entries(TEMPLATES)) {
        const TemplateBody = JSON.stringify({ Resources: { Handle: HANDLE }, ...section });
        const refused = await recorder.refusal(
          run.clients.cloudFormation,
          new ValidateTemplateCommand({ TemplateBody }),
        );
        observed[name] = refused?.error ?? 'taken';
      }
      return observed;
    },
  },
  {
    name: 'credential-scopes',
    question: 'What is said of a credential whose service or ending is another?',
    rows: ['cloudformation: credentials of another form'],
    expected: {
      service:
        "400 InvalidSignatureException: Credential should be scoped to a service such as 'kinesis', not ''. ",
      ending:
        "400 InvalidSignatureException: Credential should be scoped with a valid terminator: 'aws4_request', not 'aws3_request'. ",
    },
    async ask({ run, recorder }) {
      const { accessKeyId } = await run.clients.kinesis.config.credentials();
      const { region } = run.place;
      const day = '20260101';
      const observed: Record<string, unknown> = {};
      for (const [name, scope] of Object.entries({
        service: `${day}/${region}//aws4_request`,
        ending: `${day}/${region}/kinesis/aws3_request`,
      })) {
        const answer = await recorder.service('kinesis', '/', {
          method: 'POST',
          unsigned: true,
          headers: {
            'content-type': 'application/x-amz-json-1.1',
            'x-amz-target': 'Kinesis_20131202.ListStreams',
            'x-amz-date': `${day}T000000Z`,
            authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
          },
          body: '{}',
        });
        const { __type, message } = JSON.parse(answer.body);
        observed[name] = `${answer.status} ${__type}: ${message}`;
      }
      return observed;
    },
  },
];
