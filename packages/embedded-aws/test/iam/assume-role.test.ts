import { type Caller, rootCaller } from '../../src/core/caller';
import { createIam, isIdentityCaller } from '../../src/iam';

const scope = { accountId: '000000000000', region: 'us-east-1' };
const STREAM = 'arn:aws:kinesis:us-east-1:000000000000:stream/orders';
const GATEWAY = 'apigateway.amazonaws.com';

const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const trust = (Principal: unknown, rest: object = {}) =>
  policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...rest });

function iamWithRole(trustPolicy: object = trust({ Service: GATEWAY })) {
  const iam = createIam();
  const account = iam.account(scope);
  const role = account.createRole({ name: 'writer', path: '/api/', trustPolicy });
  return { iam, account, role };
}

const messageOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
};

describe('a role that a service assumes', () => {
  test('acts within its policies, and is refused in the words of AWS', () => {
    const { iam, account, role } = iamWithRole();
    account.putInlinePolicy(
      role,
      'put',
      policy({ Effect: 'Allow', Action: 'kinesis:PutRecord', Resource: STREAM }),
    );
    account.putInlinePolicy(
      role,
      'not',
      policy({ Effect: 'Deny', Action: 'kinesis:DeleteStream', Resource: '*' }),
    );

    const caller = iam.assumeRole(role.arn, GATEWAY, 'BackplaneAssumeRoleSession', scope);

    const arn = 'arn:aws:sts::000000000000:assumed-role/writer/BackplaneAssumeRoleSession';
    expect(caller.arn).toBe(arn);
    expect(caller.region).toBe('us-east-1');
    expect(caller.userId).toBe(`${role.id}:BackplaneAssumeRoleSession`);
    caller.authorize('kinesis:PutRecord', STREAM);
    expect(() => caller.authorize('kinesis:PutRecords', STREAM)).toThrow(
      expect.objectContaining({
        code: 'AccessDeniedException',
        message: `User: ${arn} is not authorized to perform: kinesis:PutRecords on resource: ${STREAM} because no identity-based policy allows the kinesis:PutRecords action`,
      }),
    );
    expect(messageOf(() => caller.authorize('kinesis:DeleteStream', STREAM))).toBe(
      `User: ${arn} is not authorized to perform: kinesis:DeleteStream on resource: ${STREAM} with an explicit deny in an identity-based policy`,
    );
  });

  test('sees changes of its policies at once', () => {
    const { iam, account, role } = iamWithRole();
    const caller = iam.assumeRole(role.arn, GATEWAY, 's', scope);
    const full = 'arn:aws:iam::aws:policy/AmazonKinesisFullAccess';

    expect(caller.decide('kinesis:PutRecord', STREAM).identity).toBe('implicitDeny');
    account.attachPolicy(role, full);
    expect(caller.decide('kinesis:PutRecord', STREAM).identity).toBe('allowed');
    account.detachPolicy(role, full);
    expect(caller.decide('kinesis:PutRecord', STREAM).identity).toBe('implicitDeny');
  });

  test.each([
    ['trusts another service', trust({ Service: 'lambda.amazonaws.com' }), {}],
    ['trusts its account only', trust({ AWS: '000000000000' }), {}],
    [
      'asks for another source',
      trust({ Service: GATEWAY }, { Condition: { StringEquals: { 'aws:SourceAccount': '1' } } }),
      { 'aws:SourceAccount': '000000000000' },
    ],
    [
      'denies it beside',
      policy(
        { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' },
        { Effect: 'Deny', Principal: { Service: GATEWAY }, Action: 'sts:*' },
      ),
      {},
    ],
  ])('that %s is not to be had', (_, trustPolicy, values) => {
    const { iam, role } = iamWithRole(trustPolicy);

    expect(() => iam.assumeRole(role.arn, GATEWAY, 's', scope, values)).toThrow(
      expect.objectContaining({
        code: 'AccessDenied',
        status: 403,
        message: `User: ${GATEWAY} is not authorized to perform: sts:AssumeRole on resource: ${role.arn}`,
      }),
    );
  });

  test('asking for a source that the service does not tell is refused by name', () => {
    const condition = { StringEquals: { 'aws:SourceAccount': '000000000000' } };
    const { iam, role } = iamWithRole(trust({ Service: GATEWAY }, { Condition: condition }));

    expect(messageOf(() => iam.assumeRole(role.arn, GATEWAY, 's', scope))).toContain(
      'aws:SourceAccount',
    );
    expect(
      iam.assumeRole(role.arn, GATEWAY, 's', scope, { 'aws:SourceAccount': '000000000000' }),
    ).toBeDefined();
  });

  test.each([
    'arn:aws:iam::000000000000:role/writer',
    'arn:aws:iam::000000000000:role/api/nobody',
    'arn:aws:iam::111111111111:role/api/writer',
    'arn:aws:iam::000000000000:user/api/writer',
    'writer',
    '',
  ])('is not found by %j', (arn) => {
    const { iam } = iamWithRole();

    expect(() => iam.assumeRole(arn, GATEWAY, 's', scope)).toThrow(
      expect.objectContaining({ code: 'AccessDenied' }),
    );
  });

  test('of another account is out of reach', () => {
    const { iam, role } = iamWithRole();

    expect(() =>
      iam.assumeRole(role.arn, GATEWAY, 's', { accountId: '111111111111', region: 'us-east-1' }),
    ).toThrow(expect.objectContaining({ code: 'AccessDenied' }));
  });
});

describe('a role that an identity assumes', () => {
  const session = { name: 'tests', durationSeconds: 900 };

  function userOf(iam: ReturnType<typeof createIam>, statement?: object): Caller {
    const account = iam.account(scope);
    const user = account.createUser({ name: 'ada' });
    if (statement) account.putInlinePolicy(user, 'p', policy(statement));
    const caller = iam.callerOf(account.createAccessKey('ada').id, 'us-east-1');
    if (caller === undefined) throw new Error('no caller');
    return caller;
  }
  const mayAssume = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' };
  const mayNotAssume = { ...mayAssume, Effect: 'Deny' };
  const ACCOUNT = { AWS: 'arn:aws:iam::000000000000:root' };
  const ANYBODY = { AWS: '*' };

  test.each([
    ['its account, the user allowed', ACCOUNT, mayAssume, true],
    ['its account, the user not allowed', ACCOUNT, undefined, false],
    ['its account, the user denied', ACCOUNT, mayNotAssume, false],
    ['anybody, the user not allowed', ANYBODY, undefined, true],
    ['anybody, the user denied', ANYBODY, mayNotAssume, false],
    ['a service only, the user allowed', { Service: GATEWAY }, mayAssume, false],
  ])('and that trusts %s', (_, principal, statement, succeeds) => {
    const { iam, role } = iamWithRole(trust(principal));
    const user = userOf(iam, statement);

    const assume = () => iam.assumeRoleAs(user, role.arn, session);

    if (succeeds) expect(assume().caller.arn).toContain(':assumed-role/writer/tests');
    else {
      expect(messageOf(assume)).toBe(
        `User: arn:aws:iam::000000000000:user/ada is not authorized to perform: sts:AssumeRole on resource: ${role.arn}`,
      );
    }
  });

  test("of another account needs both sides' consent", () => {
    const stranger = rootCaller({ accountId: '111111111111', region: 'us-east-1' });
    const { iam, account, role } = iamWithRole(trust(ACCOUNT));

    expect(() => iam.assumeRoleAs(stranger, role.arn, session)).toThrow();
    account.updateRole('writer', { trustPolicy: trust({ AWS: '111111111111' }) });
    expect(iam.assumeRoleAs(stranger, role.arn, session).role).toBe(role);
  });

  test('with an external id asks for it', () => {
    const condition = { StringEquals: { 'sts:ExternalId': 'secret' } };
    const { iam, role } = iamWithRole(trust(ACCOUNT, { Condition: condition }));
    const owner = rootCaller(scope);

    expect(() => iam.assumeRoleAs(owner, role.arn, session)).toThrow();
    expect(() => iam.assumeRoleAs(owner, role.arn, { ...session, externalId: 'x' })).toThrow();
    expect(iam.assumeRoleAs(owner, role.arn, { ...session, externalId: 'secret' })).toBeDefined();
  });

  test('comes with credentials that are known until they expire', () => {
    jest.useFakeTimers();
    const { iam, role } = iamWithRole(trust(ACCOUNT));

    const { credentials } = iam.assumeRoleAs(rootCaller(scope), role.arn, session);
    const known = iam.credentialsOf(credentials.accessKeyId);
    const caller = iam.callerOf(credentials.accessKeyId, 'eu-west-1');
    jest.advanceTimersByTime(900_001);

    expect(known).toEqual({
      secretAccessKey: credentials.secretAccessKey,
      sessionToken: credentials.sessionToken,
    });
    expect(caller && isIdentityCaller(caller) && caller.region).toBe('eu-west-1');
    expect(iam.credentialsOf(credentials.accessKeyId)).toBeUndefined();
    expect(iam.callerOf(credentials.accessKeyId, 'eu-west-1')).toBeUndefined();
    jest.useRealTimers();
  });

  test('trusting a user that does not exist is refused when it is made', () => {
    const arn = 'arn:aws:iam::000000000000:user/nobody';

    expect(() => iamWithRole(trust({ AWS: arn }))).toThrow(
      expect.objectContaining({
        code: 'MalformedPolicyDocument',
        message: `Invalid principal in policy: "AWS":"${arn}"`,
      }),
    );
  });
});
