import { policyLength } from '../../../hooks/template/policy-length';

const lengthOf = (value: unknown) => JSON.stringify(value).length;
const stream = (region: string, partition = 'aws') =>
  `arn:${partition}:kinesis:${region}:123456789012:stream/orders`;
const ARN = 'arn:${AWS::Partition}:kinesis:${AWS::Region}:${AWS::AccountId}:stream/orders';

test.each([
  ['plain', { Action: 'a' }, { Action: 'a' }],
  ['Fn::Sub', { 'Fn::Sub': ARN }, stream('us-east-1')],
  [
    'Fn::Sub with variables',
    { 'Fn::Sub': ['${A}-b', { A: { Ref: 'AWS::Region' } }] },
    'us-east-1-b',
  ],
  ['Fn::Join', { 'Fn::Join': [':', ['a', { Ref: 'AWS::AccountId' }]] }, 'a:123456789012'],
  ['Fn::If', { 'Fn::If': ['Is', ['a', 'longer'], ['b']] }, ['a', 'longer']],
  ['a reference', { 'Fn::GetAtt': ['Key', 'Arn'] }, 'x'.repeat(100)],
])('counts what %s becomes', (_, policy, becomes) => {
  expect(policyLength({ Resource: [policy] }, 'us-east-1')).toBe(lengthOf({ Resource: [becomes] }));
});

test.each([
  ['ap-southeast-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('counts the names of %s', (region, partition) => {
  expect(policyLength({ 'Fn::Sub': ARN }, region)).toBe(lengthOf(stream(region, partition)));
});
