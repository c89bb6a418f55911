import { defaults, type ParameterName } from '../../../resources/parameters';
import { checkEach, checkParameters, checkStage } from '../../../resources/parameters/check';

test('the defaults are right by their own rules', () => {
  expect(() => checkParameters(defaults)).not.toThrow();
});

test('a deployed stage asks for signed requests unless it says otherwise', () => {
  expect(defaults.authorization).toBe('AWS_IAM');
});

test.each([
  ['streams', 'orders/eu', "Parameter 'streams' is 'orders/eu'. It takes a stream name"],
  ['streams', '', "Parameter 'streams' is ''."],
  [
    'authorization',
    'OPEN',
    "Parameter 'authorization' is 'OPEN'. It takes AWS_IAM, API_KEY, NONE, COGNITO or LAMBDA.",
  ],
  ['corsOrigins', 'app.example', 'It takes origins as browsers send them'],
  ['corsOrigins', 'https://a.example/', 'It takes origins'],
  ['corsOrigins', '*,https://a.example', 'It takes origins'],
  ['corsOrigins', "https://a.example'", 'It takes origins'],
  ['vpcEndpoints', 'vpc-0123456789', 'It takes ids of VPC endpoints'],
  ['webAclArn', 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/b', 'a regional web ACL'],
  ['logRetentionDays', '31', 'one of the numbers of days'],
  ['alarmTopicArn', 'on-call', 'It takes the ARN of an SNS topic.'],
  ['accountId', '12345678901', 'It takes the id of an AWS account, twelve digits as text.'],
  ['accountId', 123456789012.5, 'It takes the id of an AWS account'],
  ['region', 'Ireland', 'It takes a region such as eu-west-1.'],
  ['permissionsBoundaryArn', 'limit', 'It takes the ARN of a managed policy.'],
  ['permissionsBoundaryArn', 'arn:aws:iam::123456789012:role/limit', 'the ARN of a managed policy'],
  ['rolePath', 'service/', 'a path that begins and ends with /'],
  ['rolePath', '/service', 'a path that begins and ends with /'],
  ['rolePath', '//', 'a path that begins and ends with /'],
  ['constructor', 'x', "Unknown parameter 'constructor'. This service has: streams,"],
  ['stream', 'x', "Unknown parameter 'stream'. Did you mean 'streams'?"],
  ['log-retention-days', '1', "Did you mean 'logRetentionDays'?"],
  ['protect', 'true', "Did you mean 'protected'?"],
  ['AUTHORIZATION', 'AWS_IAM', "Did you mean 'authorization'?"],
  ['authorisation', 'AWS_IAM', "Did you mean 'authorization'?"],
  ['streams', null, "Parameter 'streams' has no value."],
])('parameter %s = %j is refused with what would be right', (name, value, message) => {
  expect(() => checkParameters({ [name]: value })).toThrow(message);
});

test.each([
  ['accountId', '000123456789'],
  ['region', 'us-gov-west-1'],
  ['permissionsBoundaryArn', 'arn:aws:iam::123456789012:policy/platform/team-a/limit'],
  ['permissionsBoundaryArn', 'arn:aws-cn:iam::aws:policy/PowerUserAccess'],
  ['rolePath', '/'],
  ['rolePath', '/platform/team-a/'],
])('parameter %s takes %s', (name, value) => {
  expect(() => checkParameters({ ...defaults, [name]: value })).not.toThrow();
});

const CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/0a1b';

test.each([
  [{ domainName: 'api.example.com' }, "'domainName' and 'certificateArn' go together"],
  [{ certificateArn: CERTIFICATE }, "'domainName' and 'certificateArn' go together"],
  [
    {
      domainName: 'api.example.com',
      certificateArn: CERTIFICATE,
      vpcEndpoints: 'vpce-0123456789abcdef0',
    },
    'A private API has no public domain',
  ],
])('%j do not go together', (values, message) => {
  expect(() => checkParameters({ ...defaults, ...values })).toThrow(message);
});

test.each(['dev', 'prod', 'pr-1042', 'x'])('stage %s is fine', (stage) => {
  expect(() => checkStage(stage)).not.toThrow();
});

test.each(['', '-dev', 'a b', 'dev_1', 'é', 'x'.repeat(65)])('stage %j is refused', (stage) => {
  expect(() => checkStage(stage)).toThrow('cannot be deployed');
});

const KEY = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';
const MULTI_REGION_KEY = `${KEY.slice(0, -36)}mrk-${'0123456789abcdef'.repeat(2)}`;

const GIVEN: readonly [
  name: ParameterName,
  right: readonly unknown[],
  wrong: readonly unknown[],
][] = [
  ['streams', ['*', 'a', 'orders-?', 'x'.repeat(128)], ['', 'a b', 'x'.repeat(129), 'a\n']],
  ['authorization', ['AWS_IAM', 'NONE'], ['aws_iam', 'IAM', '']],
  ['manageStreams', ['true', 'false', true, false, 'anyone'], ['yes', 'True', '1', '']],
  [
    'kmsKeyArns',
    ['', KEY, `${KEY},${KEY.replace('1111', '2222')}`, MULTI_REGION_KEY],
    [
      `${KEY},${KEY}`,
      `${KEY}, ${KEY.replace('1111', '2222')}`,
      `${KEY},`,
      KEY.slice(-36),
      'alias/mine',
      'arn:aws:kms:us-east-1:123456789012:alias/mine',
      KEY.replace(/.{36}$/, '*'),
    ],
  ],
  ['throttleRate', [1, '1', 999_999], [0, '0', -1, 0.5, 1e9, '01', '1e3', '', 'Infinity']],
  ['throttleBurst', [1, 99_999], [0, 100_000]],
  ['quotaPerDay', [1, 999_999_999], [0, 1e9, 1e21]],
  ['logRetentionDays', [1, '30', 3653], [0, 2, 31, 3654, '']],
  [
    'corsOrigins',
    [
      '',
      '*',
      'http://localhost:3000',
      'https://a.example,https://b.example:8443',
      `https://${'a.'.repeat(125)}xy`,
    ],
    [
      'https://a.example:443',
      'http://a.example:80,http://b.example',
      'https://a.example:0',
      'https://a.example:65536',
      'https://-a.example',
      'https://a..example',
      'https://A.example',
      'https://a.example, https://b.example',
      Array.from({ length: 30 }, (_, index) => `https://app-${index}.example`).join(','),
    ],
  ],
  [
    'vpcEndpoints',
    ['', 'vpce-0123456789abcdef0,vpce-0123456789abcdef1', 'vpce-01234567,vpce-0123456789'],
    ['vpce-0123456789abcdef0,vpce-0123456789abcdef0', 'vpce-01234567,vpce-89abcdef,vpce-01234567'],
  ],
  [
    'domainName',
    ['', 'api.example.com'],
    ['api', '-a.example.com', `${'a'.repeat(64)}.com`, 'a.b.'],
  ],
  ['kafkaRestUrl', ['', 'http://kafka.example:8082'], [`https://kafka.example/${'x'.repeat(512)}`]],
  [
    'canary',
    [
      '',
      'rate(5 minutes)',
      'cron(0 8 * * ? *)',
      'cron(0/15 8-17 ? * MON-FRI *)',
      'cron(0 0 L * ? *)',
      'cron(0 0 ? JAN,JUL 2#1 2027-2030)',
    ],
    [
      'rate(5 minute)',
      'cron(0 8 * * * *)',
      'cron(0 8 ? * ? *)',
      'cron(60 8 * * ? *)',
      'cron(0 24 * * ? *)',
      'cron(0 8 * * ?)',
      'cron(0 8 32 * ? *)',
      'cron(0 8 * 13 ? *)',
      'cron(0 8 ? * 8 *)',
    ],
  ],
  [
    'invokeUrl',
    ['https://${RestApi}.x.${AWS::URLSuffix}/${Stage}', 'http://127.0.0.1:4566/a$b'],
    [
      '',
      'ftp://x',
      'https://${Api}/',
      'https://${AWS::Regoin}/',
      'https://a b',
      `https://${'x'.repeat(1024)}`,
    ],
  ],
];

test.each(GIVEN)('%s takes %j and refuses %j', (name, right, wrong) => {
  for (const value of right) expect(() => checkEach({ [name]: value })).not.toThrow();
  for (const value of wrong) {
    expect(() => checkEach({ [name]: value })).toThrow(
      `Parameter '${name}' is '${value}'. It takes`,
    );
  }
});

test('what a variable will be is not known yet', () => {
  expect(() => checkEach({ throttleRate: '${env:RATE}' })).not.toThrow();
  expect(() => checkEach({ protected: "${strToBool(${env:PROTECTED, 'true'})}" })).not.toThrow();
});
