import {
  CreateAuthorizerCommand,
  DeleteAuthorizerCommand,
  DeleteMethodCommand,
  FlushStageAuthorizersCacheCommand,
  GetAuthorizersCommand,
  GetResourcesCommand,
  PutMethodCommand,
  PutRestApiCommand,
  UpdateAuthorizerCommand,
} from '@aws-sdk/client-api-gateway';
import type { Bench, Observed, Probe } from './probe';

// Authorizers of the probes' API, which no method that is deployed names. Their function and their
// user pool need not be there.

const HEADER = 'method.request.header.Authorization';

const functionUri = ({ run: { place, account } }: Bench): string =>
  `arn:aws:apigateway:${place.region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${place.region}:${account}:function:prove-none/invocations`;

const poolArn = ({ run: { place, account } }: Bench): string =>
  `arn:aws:cognito-idp:${place.region}:${account}:userpool/${place.region}_ProveNone`;

const token = (bench: Bench) => ({
  restApiId: bench.probesApiId,
  name: 'token',
  type: 'TOKEN' as const,
  authorizerUri: functionUri(bench),
  identitySource: HEADER,
});
const pool = (bench: Bench) => ({
  restApiId: bench.probesApiId,
  name: 'pool',
  type: 'COGNITO_USER_POOLS' as const,
  providerARNs: [poolArn(bench)],
  identitySource: HEADER,
});

/** Mistakes of an authorizer that asks a function. */
const WRONG: Readonly<Record<string, object>> = {
  'no function': { authorizerUri: undefined },
  'time to live of 3601 s': { authorizerResultTtlInSeconds: 3601 },
  'no source': { identitySource: undefined },
  'source in the path': { identitySource: 'method.request.path.id' },
  'TOKEN with two headers': { identitySource: `${HEADER},method.request.header.B` },
  'REQUEST with a cache, no source': { type: 'REQUEST', identitySource: undefined },
  'expression that is none': { identityValidationExpression: '(' },
  'credentials that are no role': { authorizerCredentials: 'none' },
};
/** Mistakes of one that asks a user pool. */
const WRONG_POOL: Readonly<Record<string, object>> = {
  'no pool': { providerARNs: [] },
  'ARN of no pool': { providerARNs: ['arn:aws:s3:::none'] },
};

async function clear({ run, recorder, probesApiId: restApiId }: Bench): Promise<void> {
  const client = run.clients.apiGateway;
  const { items = [] } = await recorder.command(client, new GetAuthorizersCommand({ restApiId }));
  for (const { id } of items) {
    await recorder.refusal(client, new DeleteAuthorizerCommand({ restApiId, authorizerId: id }));
  }
}

/** Creates an authorizer that has to go again. @returns what AWS says */
async function attempt(bench: Bench, input: ReturnType<typeof token> | ReturnType<typeof pool>) {
  const client = bench.run.clients.apiGateway;
  const refused = await bench.recorder.refusal(client, new CreateAuthorizerCommand(input));
  if (refused === undefined) await clear(bench);
  return refused?.message ?? 'taken';
}

async function rootOf({ run, recorder, probesApiId: restApiId }: Bench) {
  const resources = new GetResourcesCommand({ restApiId, limit: 500 });
  const { items = [] } = await recorder.command(run.clients.apiGateway, resources);
  return items.find(({ path }) => path === '/')?.id;
}

/** Makes a method, which must go again before its authorizer can. @returns what AWS says */
async function methodWith(
  bench: Bench,
  authorizationType: string,
  authorizerId: string | undefined,
): Promise<string> {
  const { run, recorder, probesApiId: restApiId } = bench;
  const client = run.clients.apiGateway;
  const method = { restApiId, resourceId: await rootOf(bench), httpMethod: 'PATCH' };
  const put = new PutMethodCommand({ ...method, authorizationType, authorizerId });
  const refused = await recorder.refusal(client, put);
  if (refused === undefined) await recorder.refusal(client, new DeleteMethodCommand(method));
  return refused?.message ?? 'taken';
}

const NEEDS = 'An authorizer of the type';
const LIST_OF_SOURCES =
  'It must be method.request.header.{name}; of an authorizer of the type REQUEST also querystring, multivalueheader or multivaluequerystring for header, stageVariables.{name} or context.{name}, or several between commas';

/** AWS's answers when authorizers are set up. */
export const authorizerProbes: readonly Probe[] = [
  {
    name: 'authorizers',
    question: 'What has an authorizer that was made with the least, and is a change of it told?',
    rows: ['api-gateway: authorizers', 'api-gateway: FlushStageAuthorizersCache'],
    expected: {
      token: { type: 'TOKEN', authType: 'custom', hasTtl: false },
      pool: { type: 'COGNITO_USER_POOLS', authType: 'cognito_user_pools', hasTtl: false },
      changed: '^x$',
      flushed: 'taken',
    },
    async ask(bench) {
      const { run, recorder, probesApiId: restApiId } = bench;
      const client = run.clients.apiGateway;
      await clear(bench);
      const made = await recorder.command(client, new CreateAuthorizerCommand(token(bench)));
      const ofPool = await recorder.command(client, new CreateAuthorizerCommand(pool(bench)));
      const { identityValidationExpression } = await recorder.command(
        client,
        new UpdateAuthorizerCommand({
          restApiId,
          authorizerId: made.id,
          patchOperations: [{ op: 'replace', path: '/identityValidationExpression', value: '^x$' }],
        }),
      );
      const flush = new FlushStageAuthorizersCacheCommand({ restApiId, stageName: run.stage });
      const flushed = await recorder.refusal(client, flush);
      await clear(bench);
      const told = ({ type, authType, authorizerResultTtlInSeconds }: typeof made) => ({
        type,
        authType,
        hasTtl: authorizerResultTtlInSeconds !== undefined,
      });
      return {
        token: told(made),
        pool: told(ofPool),
        changed: identityValidationExpression,
        flushed: flushed?.message ?? 'taken',
      };
    },
  },
  {
    name: 'wrong-authorizers',
    question: 'In which words are authorizers refused?',
    rows: ['api-gateway: authorizers with other members that are wrong'],
    expected: {
      'no function':
        'Invalid Authorizer URI: null. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.',
      'time to live of 3601 s':
        'Invalid authorizer result TTL specified: 3601. It must be a whole number of seconds between 0 and 3600',
      'no source': `Invalid identity source specified: null. ${NEEDS} TOKEN needs one header, method.request.header.{name}`,
      'source in the path': `Invalid identity source specified: method.request.path.id. ${LIST_OF_SOURCES}`,
      'TOKEN with two headers': `Invalid identity source specified: ${HEADER},method.request.header.B. ${NEEDS} TOKEN needs one header, method.request.header.{name}`,
      'REQUEST with a cache, no source': `${NEEDS} REQUEST needs an identity source, which its cache goes by; it may be absent if authorizerResultTtlInSeconds is 0`,
      'expression that is none': 'Invalid identity validation expression specified: (',
      'credentials that are no role':
        'Invalid authorizer credentials specified: none. They must be the ARN of a role',
      'no pool': `${NEEDS} COGNITO_USER_POOLS needs the ARN of a user pool in providerARNs`,
      'ARN of no pool':
        'Invalid provider ARN specified: arn:aws:s3:::none. It must be the ARN of a user pool, arn:aws:cognito-idp:{region}:{account}:userpool/{id}',
    },
    async ask(bench) {
      await clear(bench);
      const observed: Record<string, string> = {};
      for (const [title, change] of Object.entries(WRONG)) {
        observed[title] = await attempt(bench, { ...token(bench), ...change });
      }
      for (const [title, change] of Object.entries(WRONG_POOL)) {
        observed[title] = await attempt(bench, { ...pool(bench), ...change });
      }
      return observed;
    },
  },
  {
    name: 'authorizer-kinds',
    question: 'Must the kind of an authorizer fit the type of the method that names it?',
    rows: ['api-gateway: the kind of a method’s authorizer'],
    expected: {
      CUSTOM:
        'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
      COGNITO_USER_POOLS:
        'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    },
    async ask(bench) {
      const client = bench.run.clients.apiGateway;
      await clear(bench);
      const made = async (input: ReturnType<typeof token> | ReturnType<typeof pool>) =>
        (await bench.recorder.command(client, new CreateAuthorizerCommand(input))).id;
      const ids = { token: await made(token(bench)), pool: await made(pool(bench)) };
      const observed: Observed = {
        CUSTOM: await methodWith(bench, 'CUSTOM', ids.pool),
        COGNITO_USER_POOLS: await methodWith(bench, 'COGNITO_USER_POOLS', ids.token),
      };
      await clear(bench);
      return observed;
    },
  },
  {
    name: 'imported-authorizers',
    question: 'Does an authorizer keep its id when a document describes it anew?',
    rows: ['api-gateway: ids of authorizers after an import'],
    expected: { keepsId: true, identitySource: 'method.request.header.Second' },
    async ask(bench) {
      const { run, recorder, probesApiId: restApiId } = bench;
      const client = run.clients.apiGateway;
      const imported = async (header: string) => {
        const document = {
          openapi: '3.0.1',
          info: { title: 'probe', version: '1' },
          paths: {},
          components: {
            securitySchemes: {
              imported: {
                type: 'apiKey',
                name: header,
                in: 'header',
                'x-amazon-apigateway-authtype': 'custom',
                'x-amazon-apigateway-authorizer': {
                  type: 'token',
                  authorizerUri: functionUri(bench),
                },
              },
            },
          },
        };
        const body = Buffer.from(JSON.stringify(document));
        await recorder.command(client, new PutRestApiCommand({ restApiId, mode: 'merge', body }));
        const { items = [] } = await recorder.command(
          client,
          new GetAuthorizersCommand({ restApiId }),
        );
        return items.find(({ name }) => name === 'imported');
      };
      await clear(bench);
      const first = await imported('First');
      const second = await imported('Second');
      await clear(bench);
      return { keepsId: first?.id === second?.id, identitySource: second?.identitySource };
    },
  },
  {
    name: 'authorizer-quota',
    question: 'How many authorizers has an API?',
    rows: ['api-gateway: quota: 10 authorizers of an API'],
    expected: {
      last: '429 Maximum number of Authorizers for this API has been reached.  Please contact AWS if you need additional Authorizers.',
    },
    async ask(bench) {
      await clear(bench);
      const { restApiId, ...input } = token(bench);
      let last = '';
      for (let count = 1; count <= 11; count += 1) {
        const body = JSON.stringify({ ...input, name: `token${count}` });
        const headers = { 'content-type': 'application/json' };
        const request = { method: 'POST', headers, body };
        // Without the SDK, which repeats a 429 for minutes.
        const answer = await bench.recorder.service(
          'apigateway',
          `/restapis/${restApiId}/authorizers`,
          request,
        );
        last = `${answer.status} ${JSON.parse(answer.body).message ?? 'taken'}`;
      }
      await clear(bench);
      return { last };
    },
  },
];
