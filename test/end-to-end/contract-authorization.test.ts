import {
  APIGatewayClient,
  GetApiKeysCommand,
  UpdateApiKeyCommand,
} from '@aws-sdk/client-api-gateway';
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { inOrder } from 'dev-kit/testing/in-order';
import { createIssuer, type Issuer } from 'dev-kit/testing/issuer';
import { answerOf, requestTo } from '../contract/api';
import type { Answer } from '../contract/case';
import {
  authorizerRefusals,
  keyRefusals,
  refusalTitle,
  tokenRefusals,
  unsignedRefusals,
} from '../contract/refusals';
import { type Credentials, type SigningOptions, signed } from '../contract/signing';
import { expectEnvelope } from '../contract/suite';
import { AUTHORIZER_ARN, makeAuthorizer } from '../support/token-stages';
import { type DeployedStage, deployedStage } from './support/deployed-stage';

// Authorization over HTTP: stages that require signatures, tokens, what a function knows, or API keys.

const test = inOrder();

const OWNER: Credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const TEN_MINUTES_MS = 600_000;
const QUOTA = 40;
const BURST = 4;

let stage: DeployedStage;
let invokeUrl: string;
let pool: Issuer;

beforeAll(async () => {
  pool = await createIssuer();
  stage = await deployedStage({ userPools: { [pool.arn]: await pool.listen() } });
});
afterAll(async () => {
  await stage.stop();
  await pool.close();
});

const sdk = () => ({ endpoint: stage.aws.url, region: 'us-east-1', credentials: OWNER });
const list = () => requestTo(invokeUrl, 'ListStreams', {});
const put = () =>
  requestTo(invokeUrl, 'PutRecord', {
    stream: 'orders',
    body: { Data: 'text', PartitionKey: 'key' },
  });

async function send(request: Request | Promise<Request>): Promise<Answer> {
  return answerOf(await fetch(await request));
}

function expectRefused(answer: Answer, { status, code }: { status: number; code: string }): void {
  expect({ text: answer.text, status: answer.status }).toMatchObject({ status });
  expectEnvelope(answer, code);
  expect(answer.headers.get('x-deployment-id')).toMatch(/^[a-z0-9]+$/);
}

/** The same request with something about it changed after it was signed. */
async function changed(request: Request, change: (url: URL) => URL | string, body?: string) {
  const url = change(new URL(request.url)).toString();
  const { method, headers } = request;
  const text = body ?? (await request.clone().text());
  return new Request(url, { method, headers, ...(text !== '' && { body: text }) });
}

const policy = (...statements: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

describe('authorization=AWS_IAM', () => {
  let reader: Credentials;
  let nobody: Credentials;
  let session: Credentials;
  let otherSession: Credentials;
  let stopped: Credentials;

  test.before(async () => {
    invokeUrl = await stage.deploy('authorization=AWS_IAM');
    const iam = new IAMClient(sdk());
    const apiId = /execute-api\/(\w+)\//.exec(invokeUrl)?.[1];
    const arn = `arn:aws:execute-api:us-east-1:000000000000:${apiId}/local`;
    const invoke = (methods: string, effect = 'Allow') => ({
      Effect: effect,
      Action: 'execute-api:Invoke',
      Resource: `${arn}/${methods}`,
    });
    reader = await user(iam, 'reader', invoke('GET/*'));
    nobody = await user(iam, 'nobody');
    await role(iam, 'caller', invoke('*'));
    await role(iam, 'stopped', invoke('*'), invoke('GET/streams', 'Deny'));
    iam.destroy();
    session = await assume('caller');
    otherSession = await assume('caller');
    stopped = await assume('stopped');
  });

  async function role(iam: IAMClient, name: string, ...statements: object[]): Promise<void> {
    await iam.send(
      new CreateRoleCommand({
        RoleName: name,
        AssumeRolePolicyDocument: policy({
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::000000000000:root' },
          Action: 'sts:AssumeRole',
        }),
      }),
    );
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: name,
        PolicyName: 'own',
        PolicyDocument: policy(...statements),
      }),
    );
  }

  async function user(iam: IAMClient, name: string, statement?: object): Promise<Credentials> {
    await iam.send(new CreateUserCommand({ UserName: name }));
    if (statement !== undefined) {
      await iam.send(
        new PutUserPolicyCommand({
          UserName: name,
          PolicyName: 'own',
          PolicyDocument: policy(statement),
        }),
      );
    }
    const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
    return { accessKeyId: key?.AccessKeyId ?? '', secretAccessKey: key?.SecretAccessKey ?? '' };
  }

  async function assume(role: string): Promise<Credentials> {
    const sts = new STSClient(sdk());
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::000000000000:role/${role}`,
        RoleSessionName: 'test',
      }),
    );
    sts.destroy();
    return {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: given?.SecretAccessKey ?? '',
      sessionToken: given?.SessionToken ?? '',
    };
  }

  const owner = (request: Request, options?: SigningOptions) => signed(request, OWNER, options);
  const at = (milliseconds: number) => new Date(Date.now() + milliseconds);

  test.each([
    ["the account's owner", () => owner(list()), 200],
    ['a query in the signature', () => owner(requestTo(invokeUrl, 'ListStreams', QUERY)), 200],
    ['a path with encoded characters', () => owner(named("it's (not) a*stream")), 400],
    ['a body in the signature', () => owner(put()), 404],
    ['a user who may only GET, getting', () => signed(list(), reader), 200],
    ['temporary credentials with their token', () => signed(list(), session), 200],
  ])('%s: the request comes through', async (_who, request, status) => {
    const answer = await send(request());
    expect({ text: answer.text, status: answer.status }).toMatchObject({ status });
  });

  const QUERY = { query: { limit: '10', 'exclusive-start-stream-name': 'a.b_c-d' } };
  const named = (stream: string) => requestTo(invokeUrl, 'DescribeStream', { stream });

  const requests: Readonly<Record<keyof typeof unsignedRefusals, () => Promise<Request>>> = {
    'no signature': async () => list(),
    'an API key in place of a signature': async () =>
      new Request(list(), { headers: { 'x-api-key': 'key' } }),
    'no such path': () => owner(new Request(`${invokeUrl}/stream`)),
    'no such method': () => owner(new Request(`${invokeUrl}/streams`, { method: 'PATCH' })),
    'a wrong secret': () => signed(list(), { ...reader, secretAccessKey: 'wrong' }),
    'a signature ten minutes old': () => owner(list(), { date: at(-TEN_MINUTES_MS) }),
    'a signature of ten minutes from now': () => owner(list(), { date: at(TEN_MINUTES_MS) }),
    'a body that was changed': async () =>
      changed(await owner(put()), (url) => url, '{"Data": "other", "PartitionKey": "key"}'),
    'a path that was changed': async () =>
      changed(await owner(put()), (url) => url.href.replace('orders', 'customers')),
    'a query that was changed': async () =>
      changed(await owner(requestTo(invokeUrl, 'ListStreams', QUERY)), (url) =>
        url.href.replace('limit=10', 'limit=11'),
      ),
    'a method that was changed': async () =>
      new Request(await owner(named('orders')), { method: 'DELETE' }),
    'a signature for another service': () => owner(list(), { service: 'kinesis' }),
    'a signature for another region': () => owner(list(), { region: 'eu-west-1' }),
    'an Authorization header that is none': async () =>
      new Request(list(), { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=local' } }),
    'temporary credentials without their token': () =>
      signed(list(), {
        accessKeyId: session.accessKeyId,
        secretAccessKey: session.secretAccessKey,
      }),
    "temporary credentials with another's token": () =>
      signed(list(), { ...session, sessionToken: otherSession.sessionToken ?? '' }),
    'a user who may only GET, putting': () => signed(put(), reader),
    'a user without permissions': () => signed(list(), nobody),
    'a role that an explicit Deny stops': () => signed(list(), stopped),
  };

  for (const [what, refusal] of Object.entries(unsignedRefusals)) {
    test(refusalTitle(refusal, what), async () => {
      const request = requests[what as keyof typeof unsignedRefusals];
      expectRefused(await send(request()), refusal);
    });
  }
});

const withToken = (token: string): Request =>
  new Request(list(), { headers: { authorization: token } });

describe('authorization=COGNITO', () => {
  test.before(async () => {
    invokeUrl = await stage.deploy(
      'authorization=COGNITO',
      `userPoolArns=${pool.arn}`,
      'readScopes=lesson/read',
    );
  });

  test('a token with the scope: the request comes through', async () => {
    const token = await pool.accessToken('openid lesson/read');
    expect((await send(withToken(`Bearer ${token}`))).status).toBe(200);
  });

  const tokens: Readonly<Record<keyof typeof tokenRefusals, () => Promise<string>>> = {
    'no token': async () => '',
    'what is no token': async () => 'Bearer sesame',
    'a token that has expired': () => pool.expiredToken('lesson/read'),
    'a token that somebody else signed': () => pool.forgedToken('lesson/read'),
    "another pool's token": async () =>
      (await createIssuer({ pool: 'Other' })).accessToken('lesson/read'),
    'an ID token, which has no scopes': () => pool.idToken(),
    'a token with other scopes': () => pool.accessToken('lesson/reader lesson/write'),
  };

  for (const [what, refusal] of Object.entries(tokenRefusals)) {
    test(refusalTitle(refusal, what), async () => {
      const token = await tokens[what as keyof typeof tokenRefusals]();
      expectRefused(await send(token === '' ? list() : withToken(token)), refusal);
    });
  }
});

/** Lets in, denies, fails; knows nobody else. */
const AUTHORIZER = `exports.handler = async ({ authorizationToken: word, methodArn }) => {
  if (word === 'fail') throw new Error('The database is down');
  if (!['allow', 'deny', 'elsewhere'].includes(word)) throw new Error('Unauthorized');
  const Effect = word === 'deny' ? 'Deny' : 'Allow';
  const Resource = word === 'elsewhere' ? methodArn + '/elsewhere' : methodArn;
  const Statement = [{ Effect, Action: 'execute-api:Invoke', Resource }];
  return { principalId: word, policyDocument: { Version: '2012-10-17', Statement } };
};`;

describe('authorization=LAMBDA', () => {
  test.before(async () => {
    await makeAuthorizer(sdk(), AUTHORIZER);
    invokeUrl = await stage.deploy('authorization=LAMBDA', `authorizerFunction=${AUTHORIZER_ARN}`);
  });

  test('a caller whom the authorizer allows: the request comes through', async () => {
    expect((await send(withToken('allow'))).status).toBe(200);
  });

  const callers: Readonly<Record<keyof typeof authorizerRefusals, () => Request>> = {
    'nothing for the authorizer to look at': () => list(),
    'a caller whom the authorizer does not know': () => withToken('nobody'),
    'a caller whom the authorizer denies': () => withToken('deny'),
    'a caller whom the authorizer does not allow this endpoint': () => withToken('elsewhere'),
    'an authorizer that fails': () => withToken('fail'),
  };

  for (const [what, refusal] of Object.entries(authorizerRefusals)) {
    test(refusalTitle(refusal, what), async () => {
      const caller = callers[what as keyof typeof authorizerRefusals];
      expectRefused(await send(caller()), refusal);
    });
  }
});

// In this order: the quota comes last, because after it nothing goes through any more.
describe('authorization=API_KEY', () => {
  let key: string;
  let keyId: string;

  test.before(async () => {
    invokeUrl = await stage.deploy(
      'authorization=API_KEY',
      `quotaPerDay=${QUOTA}`,
      'throttleRate=1',
      `throttleBurst=${BURST}`,
    );
    const client = new APIGatewayClient(sdk());
    const { items = [] } = await client.send(new GetApiKeysCommand({ includeValues: true }));
    client.destroy();
    expect(items).toHaveLength(1);
    key = items[0]?.value ?? '';
    keyId = items[0]?.id ?? '';
  });

  const withKey = (value: string) => new Request(list(), { headers: { 'x-api-key': value } });

  async function enable(enabled: boolean): Promise<void> {
    const client = new APIGatewayClient(sdk());
    const value = String(enabled);
    await client.send(
      new UpdateApiKeyCommand({
        apiKey: keyId,
        patchOperations: [{ op: 'replace', path: '/enabled', value }],
      }),
    );
    client.destroy();
  }

  test('the right key: the request comes through', async () => {
    expect((await send(withKey(key))).status).toBe(200);
  });

  const tests: Readonly<Record<keyof typeof keyRefusals, () => Promise<Answer>>> = {
    'no key': () => send(list()),
    'a wrong key': () => send(withKey(`${key}x`)),
    'a key that is disabled': async () => {
      await enable(false);
      const answer = await send(withKey(key));
      await enable(true);
      return answer;
    },
    'more requests at once than throttleBurst': async () => {
      const answers = await Promise.all(
        Array.from({ length: 4 * BURST }, () => send(withKey(key))),
      );
      const refused = answers.find(({ status }) => status === 429);
      expect(refused?.headers.get('retry-after')).toBe('1');
      return refused ?? Promise.reject(new Error('Nothing was refused.'));
    },
    'more requests in a day than quotaPerDay': async () => {
      let answer = await send(withKey(key));
      // Twice, for a day may end on the way.
      for (let sent = 1; sent <= 2 * QUOTA && !answer.text.includes('Limit Exceeded'); sent += 1) {
        answer = await send(withKey(key));
      }
      expect(answer.headers.get('retry-after')).toBe('3600');
      return answer;
    },
  };

  for (const [what, refusal] of Object.entries(keyRefusals)) {
    test(refusalTitle(refusal, what), async () => {
      const answer = await tests[what as keyof typeof keyRefusals]();
      expectRefused(answer, refusal);
    });
  }
});
