import { checkAuthorization } from '../../../resources/authorization/check';
import { defaults } from '../../../resources/parameters';
import type { StreamSettings, Streams } from '../../../resources/streams/declaration';
import { declaredStreams } from '../../../resources/streams/declared';

const POOL = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI';
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:check:live';
const COGNITO = { authorization: 'COGNITO', userPoolArns: POOL };
const LAMBDA = { authorization: 'LAMBDA', authorizerFunction: 'check' };
const REQUEST = { ...LAMBDA, authorizerType: 'REQUEST' };
const SHARED = { restApiId: 'a1b2c3d4e5', rootResourceId: 'f6g7h8i9j0' };

interface Given {
  readonly values?: Readonly<Record<string, string | number>>;
  readonly orders?: StreamSettings;
  readonly stage?: string;
}

function check({ values = {}, orders, stage = 'dev' }: Given): void {
  const { authorization = 'AWS_IAM' } = values;
  const streams: Streams = orders === undefined ? {} : { orders };
  checkAuthorization(
    { ...defaults, readAuthorization: authorization, ...values },
    {
      stage,
      region: 'us-east-1',
      declared: declaredStreams(streams, { stage: 'dev', folder: '.' }),
      functions: ['check', 'mail'],
    },
  );
}

test.each<Given>([
  {},
  { values: COGNITO },
  { values: { ...COGNITO, writeScopes: 'orders/write', readScopes: 'orders/read' } },
  { values: { readAuthorization: 'COGNITO', userPoolArns: POOL, readScopes: 'orders/read' } },
  { values: LAMBDA },
  { values: { ...LAMBDA, authorizerFunction: FUNCTION, accountId: '123456789012' } },
  { values: { ...REQUEST, identitySource: '', authorizerTtlSeconds: 0 } },
  { values: { ...REQUEST, identitySource: 'method.request.header.A,context.identity.sourceIp' } },
  { values: { ...COGNITO, readAuthorization: 'LAMBDA', authorizerFunction: 'mail' } },
  // A role, or the owner's own permission, reaches functions that this stack cannot.
  {
    values: {
      ...LAMBDA,
      authorizerFunction: FUNCTION.replace('us-east-1', 'eu-west-1'),
      authorizerRoleArn: 'none',
    },
  },
  { values: { ...SHARED, authorization: 'COGNITO', authorizerId: 'abc123' } },
  { values: { ...SHARED, authorization: 'LAMBDA', authorizerId: 'abc123', identitySource: '' } },
  { orders: { authorization: { type: 'COGNITO', userPoolArns: [POOL] } } },
  { values: { userPoolArns: POOL, writeScopes: 'a/b' }, orders: { authorization: 'COGNITO' } },
  { orders: { authorization: { type: 'LAMBDA', function: 'mail' } } },
  // The stage's role is for the stage's function.
  {
    values: { ...LAMBDA, authorizerRoleArn: 'none' },
    orders: { authorization: { type: 'LAMBDA', function: 'mail' } },
  },
  // The row for all stages is for stage local as well.
  { stage: 'local', values: { authorization: 'NONE', userPoolArns: POOL, writeScopes: 'a/b' } },
])('%j is a way to decide who may call', (given) => {
  expect(() => check(given)).not.toThrow();
});

test.each<[Given, string]>([
  [
    { values: { authorization: 'COGNITO' } },
    "'authorization' is COGNITO, and no user pool is named",
  ],
  [
    { values: { readAuthorization: 'COGNITO' } },
    "'readAuthorization' is COGNITO, and no user pool",
  ],
  [
    { values: { ...COGNITO, userPoolArns: `${POOL},${POOL.replace('eu-west-1', 'us-east-1')}` } },
    'names the user pool arn:aws:cognito-idp:us-east-1:123456789012:userpool/eu-west-1_AbCdEfGhI, whose id begins with another region',
  ],
  [{ values: { authorization: 'LAMBDA' } }, "'authorization' is LAMBDA, and no function is named"],
  [
    { orders: { authorization: 'COGNITO' } },
    'streams.ts: orders.authorization is COGNITO, and no user pool is named',
  ],
  [
    { values: { ...LAMBDA, authorizerFunction: 'checkk' } },
    "asks the function 'checkk', which serverless.ts does not have. Did you mean 'check'?",
  ],
  [{ values: { ...LAMBDA, authorizerFunction: 'x' } }, 'does not have. It has: check, mail.'],
  [
    { orders: { authorization: { type: 'LAMBDA', function: 'canary' } } },
    "streams.ts: orders.authorization asks the function 'canary'",
  ],
  [
    { values: { ...LAMBDA, authorizerFunction: FUNCTION.replace('us-east-1', 'eu-west-1') } },
    'asks a function of region eu-west-1',
  ],
  [
    { values: { ...LAMBDA, authorizerFunction: FUNCTION, accountId: '210987654321' } },
    'asks a function of account 123456789012',
  ],
  [
    { values: { ...LAMBDA, identitySource: 'method.request.header.A,method.request.header.B' } },
    'A TOKEN authorizer takes one header',
  ],
  [
    { values: { ...COGNITO, identitySource: 'method.request.querystring.token' } },
    'COGNITO takes one header',
  ],
  [{ values: { ...COGNITO, identitySource: '' } }, 'COGNITO takes one header'],
  [{ values: { ...REQUEST, identitySource: '' } }, 'has no identitySource'],
  [{ values: { ...REQUEST, identityValidation: '^a$' } }, 'ignores for a REQUEST authorizer'],
  [
    { orders: { authorization: { type: 'LAMBDA', function: 'check', identitySource: [] } } },
    'streams.ts: orders.authorization finds its token in',
  ],
  [{ values: { userPoolArns: POOL } }, "'userPoolArns' is of COGNITO, which neither"],
  [{ values: { authorizerFunction: 'check' } }, "'authorizerFunction' is of LAMBDA, which neither"],
  [{ values: { ...LAMBDA, writeScopes: 'a/b' } }, "'writeScopes' would not be looked at"],
  [
    { values: { ...COGNITO, readAuthorization: 'NONE', readScopes: 'a/b' } },
    "'readScopes' would not",
  ],
  [
    {
      values: { userPoolArns: POOL },
      orders: { authorization: { type: 'COGNITO', userPoolArns: [POOL] } },
    },
    "'userPoolArns' is of COGNITO, which neither",
  ],
  [{ values: { ...COGNITO, authorizerId: 'abc123' } }, "an authorizer of the owner of 'restApiId'"],
  [{ values: { ...SHARED, authorizerId: 'abc123' } }, "'authorizerId' is of COGNITO or LAMBDA"],
  [
    { values: { ...SHARED, ...COGNITO, authorizerId: 'abc123' } },
    "is made already: leave out 'userPoolArns', or 'authorizerId'",
  ],
  [
    {
      values: {
        ...SHARED,
        authorization: 'COGNITO',
        readAuthorization: 'LAMBDA',
        authorizerId: 'abc123',
      },
    },
    "'authorizerId' names one authorizer",
  ],
])('%j is refused: %s', (given, message) => {
  expect(() => check(given)).toThrow(message);
  expect(() => check(given)).toThrow(/^[^\n]+ More: docs\/authorization\.md$/);
});
