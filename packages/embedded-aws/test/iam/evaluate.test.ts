import fc from 'fast-check';
import { type ContextValues, conditionContext } from '../../src/iam/condition-context';
import { type Decision, evaluate } from '../../src/iam/evaluate';
import { compilePolicy } from '../../src/iam/policy-document';

const STREAM = 'arn:aws:kinesis:us-east-1:000000000000:stream/orders';
const scope = { accountId: '000000000000', region: 'us-east-1' };

interface Asked {
  action?: string;
  resource?: string;
  values?: ContextValues;
  version?: string;
}

function decide(
  statements: object | readonly object[],
  {
    action = 'kinesis:PutRecord',
    resource = STREAM,
    values = {},
    version = '2012-10-17',
  }: Asked = {},
): Decision {
  const policy = compilePolicy({ Version: version, Statement: statements }, 'identity');
  const context = conditionContext(scope, values);
  return evaluate(policy.statements, { action, resource, context });
}

const allow = (rest: object = {}) => ({
  Effect: 'Allow',
  Action: 'kinesis:*',
  Resource: '*',
  ...rest,
});
const deny = (rest: object = {}) => ({ ...allow(rest), Effect: 'Deny' });

describe('statements', () => {
  const table: readonly (readonly [string, readonly object[], Decision])[] = [
    ['an Allow that fits', [allow()], 'allowed'],
    ['no statement that fits', [allow({ Action: 's3:*' })], 'implicitDeny'],
    ['a Deny beside an Allow', [allow(), deny()], 'explicitDeny'],
    ['a Deny before an Allow', [deny(), allow()], 'explicitDeny'],
    ['a Deny of another action', [allow(), deny({ Action: 'kinesis:DeleteStream' })], 'allowed'],
    ['a Deny of another resource', [allow(), deny({ Resource: `${STREAM}-2` })], 'allowed'],
    ['a Deny alone', [deny({ Resource: `${STREAM}-2` })], 'implicitDeny'],
    ['actions in a list', [allow({ Action: ['s3:Get*', 'kinesis:PutRecord'] })], 'allowed'],
    ['actions in another case', [allow({ Action: 'KINESIS:putrecord' })], 'allowed'],
    ['a ? for one character', [allow({ Action: 'kinesis:PutRecor?' })], 'allowed'],
    ['a ? is not for none', [allow({ Action: 'kinesis:PutRecord?' })], 'implicitDeny'],
    ['a longer action', [allow({ Action: 'kinesis:PutRecords' })], 'implicitDeny'],
    ['a * in the middle', [allow({ Action: 'kinesis:*Record' })], 'allowed'],
    ['NotAction of another action', [allow({ Action: undefined, NotAction: 's3:*' })], 'allowed'],
    [
      'NotAction of this action',
      [allow({ Action: undefined, NotAction: 'kinesis:Put*' })],
      'implicitDeny',
    ],
    [
      'NotResource of this one',
      [allow({ Resource: undefined, NotResource: STREAM })],
      'implicitDeny',
    ],
    [
      'NotResource of another',
      [allow({ Resource: undefined, NotResource: `${STREAM}-2` })],
      'allowed',
    ],
    [
      'a Deny by NotResource',
      [allow(), deny({ Resource: undefined, NotResource: `${STREAM}-2` })],
      'explicitDeny',
    ],
    [
      'resources with regard to case',
      [allow({ Resource: STREAM.replace('orders', 'Orders') })],
      'implicitDeny',
    ],
    [
      'a resource by its beginning',
      [allow({ Resource: 'arn:aws:kinesis:*:*:stream/ord*' })],
      'allowed',
    ],
    [
      'a resource that is only a beginning',
      [allow({ Resource: STREAM.slice(0, -1) })],
      'implicitDeny',
    ],
    [
      'a dot that is a dot',
      [allow({ Resource: STREAM.replace('orders', 'o.ders') })],
      'implicitDeny',
    ],
  ];

  test.each(table)('%s', (_, statements, expected) => {
    expect(decide(statements)).toBe(expected);
  });
});

describe('conditions', () => {
  const values = {
    'aws:username': 'ada',
    'aws:SourceIp': '203.0.113.9',
    'aws:PrincipalArn': 'arn:aws:iam::000000000000:role/team/writer',
    'aws:PrincipalTag/team': 'Blue',
    'aws:TagKeys': ['a', 'b'],
    'aws:Count': '10',
    'aws:When': '2026-06-01T12:00:00Z',
    'aws:Flag': 'true',
    'aws:None': undefined,
  };
  const table: readonly (readonly [string, object, boolean])[] = [
    ['StringEquals', { 'aws:username': 'ada' }, true],
    ['StringEquals', { 'aws:username': 'Ada' }, false],
    ['StringEquals', { 'AWS:UserName': ['bob', 'ada'] }, true],
    ['StringEquals', { 'aws:username': 'a*' }, false],
    ['StringEquals', { 'aws:None': '' }, false],
    ['StringNotEquals', { 'aws:username': ['bob', 'eve'] }, true],
    ['StringNotEquals', { 'aws:username': ['bob', 'ada'] }, false],
    ['StringNotEquals', { 'aws:None': 'x' }, true],
    ['StringEqualsIgnoreCase', { 'aws:PrincipalTag/team': 'BLUE' }, true],
    ['StringNotEqualsIgnoreCase', { 'aws:PrincipalTag/team': 'BLUE' }, false],
    ['StringLike', { 'aws:username': 'a?a' }, true],
    ['StringLike', { 'aws:username': 'a' }, false],
    ['StringNotLike', { 'aws:username': 'b*' }, true],
    ['StringEqualsIfExists', { 'aws:None': 'x' }, true],
    ['StringEqualsIfExists', { 'aws:username': 'x' }, false],
    ['NumericEquals', { 'aws:Count': '10.0' }, true],
    ['NumericNotEquals', { 'aws:Count': 10 }, false],
    ['NumericLessThan', { 'aws:Count': '9' }, false],
    ['NumericLessThanEquals', { 'aws:Count': '10' }, true],
    ['NumericGreaterThan', { 'aws:Count': '9' }, true],
    ['NumericGreaterThanEquals', { 'aws:Count': '11' }, false],
    ['NumericEquals', { 'aws:username': '1' }, false],
    ['DateLessThan', { 'aws:When': '2026-06-01T12:00:01Z' }, true],
    ['DateGreaterThan', { 'aws:When': '2026-06-01T14:00:00+02:00' }, false],
    ['DateEquals', { 'aws:When': '1780315200' }, true],
    ['DateNotEquals', { 'aws:When': '2026-06-01' }, true],
    ['DateGreaterThanEquals', { 'aws:CurrentTime': '2020-01-01T00:00:00Z' }, true],
    ['DateLessThan', { 'aws:CurrentTime': '2020-01-01T00:00:00Z' }, false],
    ['NumericGreaterThan', { 'aws:EpochTime': 1577836800 }, true],
    ['Bool', { 'aws:Flag': true }, true],
    ['Bool', { 'aws:Flag': 'False' }, false],
    ['Bool', { 'aws:SecureTransport': 'true' }, true],
    ['BoolIfExists', { 'aws:None': 'true' }, true],
    ['BinaryEquals', { 'aws:username': 'ada' }, true],
    ['IpAddress', { 'aws:SourceIp': '203.0.113.0/24' }, true],
    ['IpAddress', { 'aws:SourceIp': '203.0.113.9' }, true],
    ['IpAddress', { 'aws:SourceIp': ['2001:db8::/32', '10.0.0.0/8'] }, false],
    ['NotIpAddress', { 'aws:SourceIp': '10.0.0.0/8' }, true],
    ['ArnLike', { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' }, true],
    ['ArnEquals', { 'aws:PrincipalArn': 'arn:aws:iam::*:role/team/*' }, true],
    ['ArnLike', { 'aws:PrincipalArn': 'arn:*:writer' }, false],
    ['ArnNotLike', { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' }, true],
    ['Null', { 'aws:None': 'true' }, true],
    ['Null', { 'aws:username': true }, false],
    ['Null', { 'aws:username': 'false' }, true],
    ['ForAnyValue:StringEquals', { 'aws:TagKeys': ['b', 'c'] }, true],
    ['ForAnyValue:StringEquals', { 'aws:TagKeys': ['c'] }, false],
    ['ForAnyValue:StringEquals', { 'aws:None': ['c'] }, false],
    ['ForAllValues:StringEquals', { 'aws:TagKeys': ['a', 'b', 'c'] }, true],
    ['ForAllValues:StringEquals', { 'aws:TagKeys': ['a'] }, false],
    ['ForAllValues:StringEquals', { 'aws:None': ['a'] }, true],
    ['ForAllValues:StringNotEquals', { 'aws:TagKeys': ['c'] }, true],
    ['ForAnyValue:StringNotEquals', { 'aws:TagKeys': ['a'] }, true],
    ['ForAnyValue:StringLikeIfExists', { 'aws:TagKeys': ['z*'] }, false],
    ['StringEquals', { 'aws:username': 'ada', 'aws:None': 'x' }, false],
    ['stringequals', { 'aws:username': 'ada' }, true],
    ['StringEquals', { 'aws:MultiFactorAuthPresent': 'true' }, false],
    ['BoolIfExists', { 'aws:MultiFactorAuthPresent': 'false' }, true],
    ['StringEquals', { 'aws:PrincipalTag/absent': 'x' }, false],
    ['StringEquals', { 'aws:RequestedRegion': 'us-east-1' }, true],
  ];

  test.each(table)('%s %j', (operator, keys, holds) => {
    const decision = decide(allow({ Condition: { [operator]: keys } }), { values });

    expect(decision).toBe(holds ? 'allowed' : 'implicitDeny');
  });

  test('all operators must hold', () => {
    const Condition = {
      StringEquals: { 'aws:username': 'ada' },
      Bool: { 'aws:Flag': 'false' },
    };

    expect(decide(allow({ Condition }), { values })).toBe('implicitDeny');
  });

  test('a key that nothing here supplies is refused by name where the answer hangs on it', () => {
    const Condition = { StringEquals: { 'kinesis:Something': 'x' } };

    expect(() => decide(allow({ Condition }))).toThrow('condition key kinesis:Something');
    expect(() => decide([allow(), deny({ Condition })])).toThrow('kinesis:Something');
  });

  test('a key that nothing here supplies is no matter where the answer does not hang on it', () => {
    const unknown = { StringEquals: { 'kinesis:Something': 'x' } };
    const never = { StringEquals: { 'aws:username': 'eve' } };

    expect(decide([allow(), allow({ Condition: unknown })])).toBe('allowed');
    expect(decide([deny({ Action: 's3:*', Condition: unknown }), allow()])).toBe('allowed');
    expect(decide(allow({ Condition: { ...unknown, ...never } }), { values })).toBe('implicitDeny');
  });
});

describe('policy variables', () => {
  const home = (name: string) => `arn:aws:kinesis:us-east-1:000000000000:stream/${name}`;
  const values = { 'aws:username': 'ada', 'aws:userid': 'A*', 'aws:None': undefined };

  test.each([
    ['${aws:username}', 'ada', true],
    ['${aws:username}-*', 'ada-1', true],
    ['${aws:username}', 'bob', false],
    ["${aws:None, 'shared'}", 'shared', true],
    ["${aws:username, 'shared'}", 'shared', false],
    ['${aws:None}', '', false],
    ['${*}', '*', true],
    ['${*}', 'x', false],
    ['${$}{?}', '${?}', true],
    // A value's own wildcards are characters.
    ['${aws:userid}', 'A*', true],
    ['${aws:userid}', 'ABC', false],
  ])('%s fits %s: %s', (pattern, name, fits) => {
    const decision = decide(allow({ Resource: home(pattern) }), { resource: home(name), values });

    expect(decision).toBe(fits ? 'allowed' : 'implicitDeny');
  });

  test('are filled in in conditions', () => {
    const Condition = { StringLike: { 'aws:PrincipalTag/own': '${aws:username}/*' } };

    const decision = decide(allow({ Condition }), {
      values: { ...values, 'aws:PrincipalTag/own': 'ada/x' },
    });

    expect(decision).toBe('allowed');
  });

  test('are plain text in policies of the old version', () => {
    const asked = { resource: home('ada'), values, version: '2008-10-17' };

    expect(decide(allow({ Resource: home('${aws:username}') }), asked)).toBe('implicitDeny');
  });
});

test('wildcards match as a regular expression would', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', 'ü', '😀'), maxLength: 8 });
  const pattern = fc.string({
    unit: fc.constantFrom('a', 'b', '/', '.', '😀', '*', '?'),
    maxLength: 6,
  });
  fc.assert(
    fc.property(pattern, text, (glob, name) => {
      const source = glob
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replaceAll('\\*', '.*')
        .replaceAll('\\?', '.');
      const expected = new RegExp(`^${source}$`, 'su').test(name);
      const resource = `arn:aws:s3:::${name}`;

      const decision = decide(allow({ Resource: `arn:aws:s3:::${glob}` }), { resource });

      expect(decision === 'allowed').toBe(expected);
    }),
  );
});

test('a pattern of many wildcards is decided without trying every way', () => {
  const resource = `arn:aws:s3:::${'a'.repeat(5000)}`;

  const decision = decide(allow({ Resource: `arn:aws:s3:::${'*a'.repeat(200)}b` }), { resource });

  expect(decision).toBe('implicitDeny');
});
