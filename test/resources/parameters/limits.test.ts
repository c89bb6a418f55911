import { defaults } from '../../../resources/parameters';
import { checkLimits } from '../../../resources/parameters/limits';

const place = { service: 'kinesis-rest-proxy', stage: 'dev', region: 'eu-west-1' };
const canary = { ...defaults, canary: 'rate(5 minutes)' };

test('the defaults keep within them', () => {
  expect(() => checkLimits(defaults, { ...place, stage: 'x'.repeat(64) })).not.toThrow();
});

test("a canary's stage may have 38 characters beside this service's name", () => {
  expect(() => checkLimits(canary, { ...place, stage: 'x'.repeat(38) })).not.toThrow();
  expect(() => checkLimits(canary, { ...place, stage: 'x'.repeat(39) })).toThrow(
    /canary's function would be .*, 65 characters of which AWS takes 64\. Shorten .* by 1\./,
  );
});

test('a stack may not have a name longer than CloudFormation takes', () => {
  expect(() => checkLimits(defaults, { ...place, service: 'x'.repeat(125) })).toThrow(
    'The name of the stack would be',
  );
});

test('the parameters together have to fit into the environment of a function', () => {
  const long = {
    kafkaRestUrl: `https://a/${'x'.repeat(500)}`,
    corsOrigins: 'x'.repeat(512),
    invokeUrl: 'x'.repeat(1024),
    webAclArn: `arn:aws:wafv2:eu-west-1:${'x'.repeat(1000)}`,
  };
  expect(() => checkLimits({ ...canary, ...long }, place)).toThrow('environment');
  expect(() => checkLimits({ ...defaults, ...long }, place)).not.toThrow();
});

test.each([
  ['permissionsBoundaryArn', 'arn:aws:iam::123456789012:policy/limit'],
  ['certificateArn', 'arn:aws:acm:eu-west-1:123456789012:certificate/a'],
])('%s is of the account of the stage, where one is declared', (name, arn) => {
  const values = { ...defaults, [name]: arn };
  for (const accountId of ['', '123456789012']) {
    expect(() => checkLimits({ ...values, accountId }, place)).not.toThrow();
  }
  expect(() => checkLimits({ ...values, accountId: '210987654321' }, place)).toThrow(
    `Parameter '${name}' is of account 123456789012, and the stage belongs to 210987654321`,
  );
});

test("a policy of AWS's own is a boundary in every account", () => {
  const permissionsBoundaryArn = 'arn:aws:iam::aws:policy/PowerUserAccess';
  const values = { ...defaults, permissionsBoundaryArn, accountId: '123456789012' };
  expect(() => checkLimits(values, place)).not.toThrow();
});

test.each([
  ['webAclArn', 'arn:aws:wafv2:us-east-1:123456789012:regional/webacl/a/b'],
  ['certificateArn', 'arn:aws:acm:us-east-1:123456789012:certificate/a'],
  ['alarmTopicArn', 'arn:aws:sns:us-east-1:123456789012:alarms'],
  ['kmsKeyArns', 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555'],
])('%s is of the region of the stage', (name, arn) => {
  const values = { ...defaults, [name]: arn };
  expect(() => checkLimits(values, { ...place, region: 'us-east-1' })).not.toThrow();
  expect(() => checkLimits(values, place)).toThrow(
    `Parameter '${name}' is of region us-east-1, and the stage is deployed to eu-west-1.`,
  );
});
