import { resolve } from '../../../hooks/drift/resolve';
import type { DeployedStack, Target } from '../../../hooks/stage/target';

const target = { region: 'eu-west-1' } as Target;
const stack = {
  template: {
    Resources: {
      Role: { Type: 'AWS::IAM::Role' },
      Deep: {
        Type: 'AWS::IAM::Role',
        Properties: { Path: { 'Fn::Sub': '/${AWS::Region}/door/' } },
      },
    },
  },
  physicalIds: { Role: 'door-dev-Role-1', Deep: 'door-dev-Deep-1', RestApi: 'abc1234567' },
  service: 'door',
  accountId: '123456789012',
  partition: 'aws',
} as unknown as DeployedStack;

const ARN = 'arn:aws:iam::123456789012:role/door-dev-Role-1';

test.each([
  [{ Ref: 'RestApi' }, 'abc1234567'],
  [{ 'Fn::GetAtt': ['Role', 'Arn'] }, ARN],
  [{ 'Fn::Sub': '${Role.Arn}' }, ARN],
  [
    { 'Fn::GetAtt': ['Deep', 'Arn'] },
    'arn:aws:iam::123456789012:role/eu-west-1/door/door-dev-Deep-1',
  ],
  [
    { 'Fn::Sub': '${RestApi}.${AWS::Region}.${AWS::URLSuffix}' },
    'abc1234567.eu-west-1.amazonaws.com',
  ],
  [
    { 'Fn::Sub': ['${Api}/${AWS::Region}/${RestApi}', { Api: { Ref: 'RestApi' } }] },
    'abc1234567/eu-west-1/abc1234567',
  ],
])('%j is %s', (value, resolved) => {
  expect(resolve(value, target, stack)).toBe(resolved);
});
