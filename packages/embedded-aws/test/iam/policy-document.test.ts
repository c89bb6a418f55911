import { compilePolicy, type PolicyKind } from '../../src/iam/policy-document';

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
const trust = {
  Effect: 'Allow',
  Principal: { Service: 'apigateway.amazonaws.com' },
  Action: 'sts:AssumeRole',
};
const policy = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
const withCondition = (Condition: unknown) => policy({ ...statement, Condition });

describe('policies are refused in the words of AWS', () => {
  const table: readonly (readonly [unknown, PolicyKind, string])[] = [
    ['no json', 'identity', 'Syntax errors in policy.'],
    ['[]', 'identity', 'Syntax errors in policy.'],
    ['null', 'identity', 'Syntax errors in policy.'],
    [{ ...policy(statement), Extra: 1 }, 'identity', 'Syntax errors in policy.'],
    [{ ...policy(statement), Version: '2013-10-17' }, 'identity', 'Syntax errors in policy.'],
    [{ Version: '2012-10-17' }, 'identity', 'Syntax errors in policy.'],
    [policy(), 'identity', 'Syntax errors in policy.'],
    [policy('text'), 'identity', 'Syntax errors in policy.'],
    [policy({ ...statement, Extra: 1 }), 'identity', 'Syntax errors in policy.'],
    [policy({ ...statement, Effect: 'allow' }), 'identity', 'Syntax errors in policy.'],
    [policy({ ...statement, NotAction: 's3:x' }), 'identity', 'Syntax errors in policy.'],
    [policy({ ...statement, Action: [1] }), 'identity', 'Syntax errors in policy.'],
    [withCondition([]), 'identity', 'Syntax errors in policy.'],
    [withCondition({ StringEquals: 'x' }), 'identity', 'Syntax errors in policy.'],
    [withCondition({ StringEquals: { 'aws:userid': {} } }), 'identity', 'Syntax errors in policy.'],
    [
      withCondition({ StringAlmost: { 'aws:userid': 'x' } }),
      'identity',
      'Invalid Condition type : StringAlmost.',
    ],
    [
      withCondition({ 'ForSomeValues:StringEquals': { a: 'x' } }),
      'identity',
      'Invalid Condition type : ForSomeValues:StringEquals.',
    ],
    [withCondition({ toString: { a: 'x' } }), 'identity', 'Invalid Condition type : toString.'],
    [
      withCondition({ DateLessThan: { a: 'soon' } }),
      'identity',
      'Invalid value soon for the condition type DateLessThan.',
    ],
    [
      withCondition({ IpAddress: { a: '10.0.0.0/33' } }),
      'identity',
      'Invalid value 10.0.0.0/33 for the condition type IpAddress.',
    ],
    [
      policy({ ...statement, Action: undefined }),
      'identity',
      'Policy statement must contain actions.',
    ],
    [policy({ ...statement, Action: [] }), 'identity', 'Policy statement must contain actions.'],
    [
      policy({ ...statement, Resource: undefined }),
      'identity',
      'Policy statement must contain resources.',
    ],
    [
      policy({ ...statement, Action: 'invalid' }),
      'identity',
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    [
      policy({ ...statement, Action: 's3:List:Bucket' }),
      'identity',
      'Actions/Condition can contain only one colon.',
    ],
    [policy({ ...statement, Action: 'a a:ListBucket' }), 'identity', 'Vendor a a is not valid'],
    [
      policy({ ...statement, Resource: 'mine' }),
      'identity',
      'Resource mine must be in ARN format or "*".',
    ],
    [
      policy({ ...statement, Resource: 'arn:b:c' }),
      'identity',
      'Partition "b" is not valid for resource "arn:b:c:*:*:*".',
    ],
    [
      policy({ ...statement, Resource: 'arn:aws:s3::b' }),
      'identity',
      'The policy failed legacy parsing',
    ],
    [
      policy({ ...statement, Sid: 'a' }, { ...statement, Sid: 'a' }),
      'identity',
      'Statement IDs (SID) in a single policy must be unique.',
    ],
    [
      policy({ ...statement, Principal: '*' }),
      'identity',
      'Policy document should not specify a principal.',
    ],
    [{ Statement: statement }, 'managed', 'Policy document must be version 2012-10-17 or greater.'],
    [policy({ ...trust, Principal: undefined }), 'trust', 'Missing required field Principal'],
    [policy({ ...trust, Resource: '*' }), 'trust', 'Has prohibited field Resource'],
    [
      policy({ ...trust, Action: 's3:GetObject' }),
      'trust',
      'AssumeRole policy may only specify STS AssumeRole actions.',
    ],
    [
      policy({ ...trust, Principal: { Service: 'apigateway' } }),
      'trust',
      'Invalid principal in policy: "SERVICE":"apigateway"',
    ],
    [
      policy({ ...trust, Principal: { AWS: 'me' } }),
      'trust',
      'Invalid principal in policy: "AWS":"me"',
    ],
    [policy({ ...trust, Principal: {} }), 'trust', 'Syntax errors in policy.'],
    [
      policy({ ...trust, Principal: undefined, NotPrincipal: '*' }),
      'trust',
      'The embedded AWS does not evaluate the policy element NotPrincipal.',
    ],
  ];

  test.each(table)('%j as %s', (document, kind, message) => {
    expect(() => compilePolicy(document, kind)).toThrow(
      expect.objectContaining({ code: 'MalformedPolicyDocument', message }),
    );
  });
});

test.each<[unknown, PolicyKind]>([
  [policy(statement), 'managed'],
  [{ Statement: statement }, 'identity'],
  [JSON.stringify(policy({ ...statement, Resource: '*', Action: '*' })), 'identity'],
  [policy({ ...statement, Resource: 'arn:aws:s3:::${aws:username}' }), 'identity'],
  [policy({ ...statement, Resource: 'arn:aws-cn:s3:::b' }), 'identity'],
  [policy(trust), 'trust'],
  [policy({ ...statement, Principal: '*' }), 'resource'],
])('%j is a policy of the kind %s', (document, kind) => {
  expect(compilePolicy(document, kind).statements).toHaveLength(1);
});
