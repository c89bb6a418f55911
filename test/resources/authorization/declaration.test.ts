import { declaredDoor } from '../../../resources/authorization/declaration';
import { declare } from '../../../resources/streams/declaration';

const POOL = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI';

test('what says nothing of an authorizer has that of the stage', () => {
  expect(declaredDoor(undefined)).toEqual({ authorization: 'stage' });
  expect(declaredDoor('LAMBDA')).toEqual({ authorization: 'LAMBDA' });
  expect(declaredDoor({ type: 'LAMBDA', kind: undefined } as never)).toEqual({
    authorization: 'LAMBDA',
  });
  expect(declaredDoor({ type: 'COGNITO', scopes: ['a/b'] })).toEqual({
    authorization: 'COGNITO',
    scopes: ['a/b'],
  });
});

test('a function of its own is called by a right of its own', () => {
  expect(declaredDoor({ type: 'LAMBDA', function: 'check' }).authorizer).toEqual({
    type: 'LAMBDA',
    function: 'check',
    roleArn: '',
  });
  expect(declaredDoor({ type: 'LAMBDA', function: 'check', roleArn: 'none' }).authorizer).toEqual({
    type: 'LAMBDA',
    function: 'check',
    roleArn: 'none',
  });
  expect(declaredDoor({ type: 'LAMBDA', ttlSeconds: 0 }).authorizer).toEqual({
    type: 'LAMBDA',
    ttlSeconds: 0,
  });
});

test.each([
  ['COGNITTO', "orders.authorization is 'COGNITTO'. Did you mean 'COGNITO'?"],
  [{ type: 'JWT' }, "orders.authorization.type is 'JWT'. It takes 'COGNITO' or 'LAMBDA'."],
  [{ type: 'COGNITO', scope: ['a'] }, "has no member 'scope'. Did you mean 'scopes'?"],
  [
    { type: 'COGNITO', userPoolArns: ['eu-west-1_AbCdEfGhI'] },
    "authorization.userPoolArns has 'eu-west-1_AbCdEfGhI'",
  ],
  [{ type: 'COGNITO', function: 'check' }, "has no member 'function'. It has: type, userPoolArns,"],
  [
    { type: 'LAMBDA', ttlSeconds: 3601 },
    'authorization.ttlSeconds is 3601. It takes a whole number of seconds',
  ],
  [{ type: 'LAMBDA', kind: 'request' }, "kind is 'request'. Did you mean 'REQUEST'?"],
  [
    { type: 'LAMBDA', identitySource: ['method.request.body.x'] },
    "authorization.identitySource has 'method.request.body.x'",
  ],
  [{ type: 'cognito' }, "authorization.type is 'cognito'. Did you mean 'COGNITO'?"],
  [{ type: 'LAMBDA', roleArn: 'api' }, "roleArn is 'api'. It takes the ARN of a role with which"],
  [{ userPoolArns: [POOL] }, 'orders.authorization is {"userPoolArns":'],
])('%j does not compile into a stack', (authorization, message) => {
  expect(() => declare({ orders: { authorization: authorization as 'NONE' } })).toThrow(message);
});

test.each([
  [{ keepClaims: ['email'] }, 'keepClaims needs envelope: true'],
  [
    { keepClaims: ['email'], envelope: true, authorization: 'AWS_IAM' as const },
    'keepClaims needs an authorizer, which says them, and authorization is AWS_IAM.',
  ],
  [{ keepClaims: ["e'mail"], envelope: true }, 'orders.keepClaims has'],
])('%j is refused', (settings, message) => {
  expect(() => declare({ orders: settings })).toThrow(message);
});
