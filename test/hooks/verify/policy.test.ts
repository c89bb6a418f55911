import { decision, type PolicyDocument } from '../../../hooks/verify/policy';

const ORDERS = 'arn:aws:kinesis:us-east-1:000000000000:stream/orders';

type Statement = NonNullable<Exclude<PolicyDocument['Statement'], readonly unknown[]>>;

const about = (statement: Statement): Statement => ({
  Effect: 'Allow',
  Action: 'kinesis:PutRecord',
  Resource: ORDERS,
  ...statement,
});
const decide = (...statements: Statement[]) =>
  decision([{ Statement: statements.map(about) }], 'kinesis:PutRecord', ORDERS);

const CONDITION = { Condition: { Bool: { 'aws:SecureTransport': 'true' } } };

test.each<[string, Statement, string]>([
  ['the same action and resource', {}, 'allowed'],
  ['an action in another case', { Action: 'Kinesis:putrecord' }, 'allowed'],
  ['a pattern of actions', { Action: ['s3:Get*', 'kinesis:Put*'] }, 'allowed'],
  ['every action', { Action: '*' }, 'allowed'],
  ['another action', { Action: 'kinesis:PutRecords' }, 'denied'],
  ['all actions but this one', { Action: undefined, NotAction: 'kinesis:Put*' }, 'denied'],
  ['all actions but another', { Action: undefined, NotAction: 's3:*' }, 'allowed'],
  ['a pattern of resources', { Resource: ORDERS.replace('orders', 'order?') }, 'allowed'],
  ['a longer name', { Resource: `${ORDERS}-eu` }, 'denied'],
  ['a name in another case', { Resource: ORDERS.replace('orders', 'Orders') }, 'denied'],
  ['no dot that stands for any', { Resource: ORDERS.replace('orders', 'orde.s') }, 'denied'],
  ['all resources but this one', { Resource: undefined, NotResource: [ORDERS] }, 'denied'],
  ['a condition', CONDITION, 'perhaps'],
])('a statement with %s', (_, statement, expected) => {
  expect(decide(statement)).toBe(expected);
});

test('a denial wins, and one with a condition may', () => {
  expect(decide({}, { Effect: 'Deny' })).toBe('denied');
  expect(decide({}, { Effect: 'Deny', ...CONDITION })).toBe('perhaps');
  expect(decide({}, { Effect: 'Deny', Action: 's3:*' })).toBe('allowed');
});

test('what no policy speaks of is denied', () => {
  expect(decision([], 'kinesis:PutRecord', ORDERS)).toBe('denied');
  expect(decision([{ Statement: about({}) }], 'kinesis:PutRecord', ORDERS)).toBe('allowed');
});
