import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { APIGatewayClient, GetApiKeysCommand } from '@aws-sdk/client-api-gateway';
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { createIssuer, type Issuer } from 'dev-kit/testing/issuer';
import type { EndpointId } from '../../../resources/endpoints';
import { answerOf, requestTo } from '../../contract/api';
import type { Answer } from '../../contract/case';
import { type Credentials, signed } from '../../contract/signing';
import { deployStack } from '../../support/deploy-stack';
import { streamsFile } from './service-copy';
import { openWorkbench, type Workbench } from './workbench';

/** The page whose origin the stage allows. */
export const PAGE = 'https://shop.example';

const OWNER: Credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const AUTHORIZE = readFileSync(
  path.join(__dirname, '..', 'fixtures', 'doors', 'authorize.js'),
  'utf8',
);

/** A stage with functions and producers, on an embedded AWS that knows two user pools. */
export interface DoorsStage extends Workbench {
  readonly pool: Issuer;
  /** Another pool, which may be another account's. */
  readonly partners: Issuer;
  /** Of a function that another stack has. */
  readonly functionArn: string;
  /** Deploys by the CLI, with parameters such as `authorization=COGNITO`. @returns the URL */
  open(...parameters: readonly string[]): Promise<string>;
  /** The value of a producer's key. */
  keyOf(producer: string): Promise<string>;
  /** The records of a declared stream, parsed. */
  recordsOf(name: string): Promise<Record<string, unknown>[]>;
}

/** @param streams by the ARN of the partners' pool: the text of a declaration */
export async function openDoorsStage(streams: (partners: string) => string): Promise<DoorsStage> {
  const pool = await createIssuer();
  const partners = await createIssuer({ accountId: '210987654321', pool: 'Partners' });
  const workbench = await openWorkbench({
    userPools: { [pool.arn]: await pool.listen(), [partners.arn]: await partners.listen() },
    allowOrigins: [PAGE],
  });
  const { folder, sdk } = workbench;
  writeFileSync(path.join(folder, 'streams.ts'), streamsFile(streams(partners.arn)));
  writeFileSync(path.join(folder, 'authorize.js'), AUTHORIZE);
  const config = path.join(folder, 'serverless.ts');
  writeFileSync(config, withFunctions(readFileSync(config, 'utf8')));
  const kinesis = new KinesisClient(sdk);
  const apiGateway = new APIGatewayClient(sdk);
  const { FunctionArn: functionArn = '' } = await deployStack(sdk, 'sign-in', OTHER_STACK);
  return {
    ...workbench,
    pool,
    partners,
    functionArn,
    async open(...parameters) {
      await workbench.succeed(
        ...['deploy', '--stage', 'local', '--skip-verify'],
        ...['endpointThrottles=false', `corsOrigins=${PAGE}`, ...parameters].flatMap((each) => [
          '--param',
          each,
        ]),
      );
      return (await workbench.outputs()).InvokeUrl ?? '';
    },
    async keyOf(producer) {
      const { items = [] } = await apiGateway.send(new GetApiKeysCommand({ includeValues: true }));
      return items.find(({ name = '' }) => name.includes(`-${producer}-`))?.value ?? '';
    },
    async recordsOf(name) {
      const { ShardIterator } = await kinesis.send(
        new GetShardIteratorCommand({
          StreamName: `kinesis-rest-proxy-local-${name}`,
          ShardId: 'shardId-000000000000',
          ShardIteratorType: 'TRIM_HORIZON',
        }),
      );
      const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
      return Records.map(({ Data }) => JSON.parse(Buffer.from(Data ?? []).toString()));
    },
    async close() {
      kinesis.destroy();
      apiGateway.destroy();
      await workbench.close();
      await Promise.all([pool.close(), partners.close()]);
    },
  };
}

/** Two functions, each of one file of JavaScript, and a producer. */
function withFunctions(config: string): string {
  const packed = "handler: 'authorize.handler', package: { patterns: ['!**', 'authorize.js'] }";
  const changes: readonly (readonly [string, string])[] = [
    ['{ stages: {}, streams }', '{ stages: {}, streams, producers: { acme: {}, umbrella: {} } }'],
    [
      '{ ...api.functions }',
      `{ ...api.functions, authorize: { ${packed} }, sluggish: { ${packed}, timeout: 1 } }`,
    ],
    [
      'package: { individually: true }',
      'package: { individually: true, excludeDevDependencies: false }',
    ],
  ];
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new TypeError(`serverless.ts has no ${from}.`);
    return text.replace(from, to);
  }, config);
}

/** A function that somebody else deploys. */
const OTHER_STACK = {
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        },
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: AUTHORIZE },
      },
    },
  },
  Outputs: { FunctionArn: { Value: { 'Fn::GetAtt': ['Function', 'Arn'] } } },
};

/** Adds what a visitor shows at a door. */
export type Show = (request: Request) => Request | Promise<Request>;

export const nothing: Show = (request) => request;

/** @param more is shown besides */
export const withHeaders =
  (headers: Readonly<Record<string, string>>, more: Show = nothing): Show =>
  (request) => {
    for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
    return more(request);
  };

export const bearer = (token: string): Show => withHeaders({ authorization: `Bearer ${token}` });

export const withQuery =
  (query: Readonly<Record<string, string>>, show: Show = nothing): Show =>
  (request) => {
    const url = new URL(request.url);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    // A body that is not sent yet may be passed on; `fetch` wants to be told how.
    return show(new Request(url, new Request(request)));
  };

export const signature: Show = (request) => signed(request, OWNER);

/** The answers of a door; all others have come through it. */
const OF_A_DOOR = new Set([401, 403, 500]);

/** `in`, or the refusal: `401 UNAUTHORIZED`. Each refusal is what a client and a page can read. */
export function outcomeOf({ status, json, headers, text }: Answer): string {
  // All pages may send where everybody may.
  const readers = headers.get('access-control-allow-origin') ?? '';
  if (![PAGE, '*'].includes(readers)) return `${status} hidden from pages`;
  if (!OF_A_DOOR.has(status)) return 'in';
  const { code, message, requestId, ...more } = Object(json);
  const isEnvelope =
    typeof code === 'string' &&
    typeof message === 'string' &&
    requestId === headers.get('x-amzn-requestid') &&
    Object.keys(more).length === 0;
  return isEnvelope ? `${status} ${code}` : `${status} ${text}`;
}

export async function answered(request: Request, show: Show = nothing): Promise<Answer> {
  request.headers.set('origin', PAGE);
  return answerOf(await fetch(await show(request)));
}

export const requestFor = (invokeUrl: string, id: EndpointId) =>
  requestTo(invokeUrl, id, { stream: 'nowhere' });

/** A request that sends an event. */
export const event = (invokeUrl: string, stream: string, body: object = {}): Request =>
  new Request(`${invokeUrl}/events/${stream}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
