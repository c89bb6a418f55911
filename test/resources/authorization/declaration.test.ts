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
  [{ type: 'JWT' }, 'orders.authorization is {"type":"JWT"}'],
  [{ type: 'COGNITO', scope: ['a'] }, 'orders.authorization has {"scope":["a"]}'],
  [{ type: 'COGNITO', userPoolArns: ['eu-west-1_AbCdEfGhI'] }, 'has {"userPoolArns":'],
  [{ type: 'COGNITO', function: 'check' }, 'has {"function":"check"}'],
  [{ type: 'LAMBDA', ttlSeconds: 3601 }, 'has {"ttlSeconds":3601}'],
  [{ type: 'LAMBDA', kind: 'request' }, 'has {"kind":"request"}'],
  [{ type: 'LAMBDA', identitySource: ['method.request.body.x'] }, 'has {"identitySource":'],
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
