import {
  CloudFormationClient,
  type CloudFormationClientConfig,
  CreateStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { createIssuer, type Issuer } from 'dev-kit/testing/issuer';

/** The account of the embedded AWS. */
const ACCOUNT = '000000000000';

/** A user pool whose keys are answered in this process, and another one that no stage trusts. */
export interface Pools {
  readonly own: Issuer;
  readonly other: Issuer;
}

let pools: Promise<Pools> | undefined;

/** The pools of this process: a key takes a tenth of a second to make. */
export function testPools(): Promise<Pools> {
  pools ??= Promise.all([
    createIssuer({ accountId: ACCOUNT }),
    createIssuer({ accountId: '999999999999', pool: 'OtherPool' }),
  ]).then(([own, other]) => ({ own, other }));
  return pools;
}

/** `arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_TestPool` */
export const POOL_ARN = `arn:aws:cognito-idp:us-east-1:${ACCOUNT}:userpool/us-east-1_TestPool`;
export const OTHER_POOL_ARN =
  'arn:aws:cognito-idp:us-east-1:999999999999:userpool/us-east-1_OtherPool';

const KEYS = 'https://keys.example';

/** Where an embedded AWS looks for the pools' keys, for its option `userPools`. */
export const USER_POOLS = {
  [POOL_ARN]: `${KEYS}/own/.well-known/jwks.json`,
  [OTHER_POOL_ARN]: `${KEYS}/other/.well-known/jwks.json`,
};

/** Answers requests for the pools' keys, and hands all others on. */
export const withKeys =
  (next: typeof fetch): typeof fetch =>
  async (input, init) => {
    const { href } = new URL(input instanceof Request ? input.url : String(input));
    if (!href.startsWith(`${KEYS}/`)) return next(input, init);
    const { own, other } = await testPools();
    return Response.json(href.startsWith(`${KEYS}/own/`) ? own.jwks : other.jwks);
  };

const FUNCTION_NAME = 'authorize';
export const AUTHORIZER_ARN = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:${FUNCTION_NAME}`;

/** The words that the function lets in, and those that it denies. */
export const GOOD_WORD = 'Bearer the-good-word';
export const DENIED_WORD = 'Bearer the-denied-word';

/**
 * The code of an authorizer that knows two words, and looks at the header X-Tenant too if it is told
 * so. What it does not know is Unauthorized.
 */
export const authorizerCode = ({
  effect = "word === good ? 'Allow' : 'Deny'",
  resource = "event.methodArn.split('/').slice(0, 2).join('/') + '/*'",
  knows = '[good, denied].includes(word)',
} = {}): string => `
const good = ${JSON.stringify(GOOD_WORD)}, denied = ${JSON.stringify(DENIED_WORD)};
exports.handler = async (event) => {
  const headers = event.headers ?? {};
  const word = event.authorizationToken ?? headers.Authorization ?? headers.authorization;
  const tenant = headers['X-Tenant'] ?? headers['x-tenant'];
  if (!(${knows})) throw new Error('Unauthorized');
  return {
    principalId: 'jane',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: ${effect}, Action: 'execute-api:Invoke', Resource: ${resource} }],
    },
  };
};`;

/** Makes the function that stages name as their authorizer, in a stack of its own. */
export async function makeAuthorizer(
  config: CloudFormationClientConfig,
  code: string,
): Promise<void> {
  const client = new CloudFormationClient(config);
  const StackName = FUNCTION_NAME;
  const template = {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'lambda.amazonaws.com' },
                Action: 'sts:AssumeRole',
              },
            ],
          },
        },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: FUNCTION_NAME,
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Timeout: 30,
          Code: { ZipFile: code },
        },
      },
    },
  };
  try {
    await client.send(
      new CreateStackCommand({
        StackName,
        TemplateBody: JSON.stringify(template),
        Capabilities: ['CAPABILITY_IAM'],
      }),
    );
    const wait = { client, maxWaitTime: 60, minDelay: 0.01, maxDelay: 0.01 };
    await waitUntilStackCreateComplete(wait, { StackName });
  } finally {
    client.destroy();
  }
}

/** Parameters of a stage that asks for tokens of the pool. */
export const BY_USER_POOL = {
  authorization: 'COGNITO',
  readAuthorization: 'COGNITO',
  manageStreams: 'false',
  userPoolArns: POOL_ARN,
} as const;

/** The same with scopes, other ones to write than to read. */
export const BY_SCOPE = {
  ...BY_USER_POOL,
  writeScopes: 'records/write',
  readScopes: 'records/read,records/all',
} as const;

/** Parameters of a stage that asks the function. */
export const BY_FUNCTION = {
  authorization: 'LAMBDA',
  readAuthorization: 'LAMBDA',
  manageStreams: 'false',
  authorizerFunction: AUTHORIZER_ARN,
} as const;

/** Every token that a stage of {@link BY_USER_POOL} can be asked with. */
export async function poolTokens(): Promise<Record<string, string>> {
  const { own, other } = await testPools();
  return {
    API_TOKEN: await own.idToken(),
    API_TOKEN_EXPIRED: await own.expiredToken(),
    API_TOKEN_OTHER_POOL: await other.idToken(),
  };
}

/** The same of {@link BY_SCOPE}. */
export async function scopeTokens(): Promise<Record<string, string>> {
  const { own, other } = await testPools();
  return {
    API_TOKEN: await own.accessToken('records/write'),
    API_TOKEN_READ: await own.accessToken('openid records/all'),
    API_TOKEN_EXPIRED: await own.expiredToken('records/write records/read'),
    API_TOKEN_OTHER_POOL: await other.accessToken('records/write records/read'),
    API_TOKEN_WITHOUT_SCOPE: await own.accessToken('openid'),
  };
}

/** The same of {@link BY_FUNCTION}. */
export const functionTokens = async (): Promise<Record<string, string>> => ({
  API_TOKEN: GOOD_WORD,
  API_TOKEN_DENIED: DENIED_WORD,
  API_TOKEN_EXPIRED: 'Bearer a-word-of-yesterday',
});
