import {
  checkParameters,
  checkStage,
  localEndpoint,
  stageParameters,
} from '../../resources/parameters';

test('the defaults and the local stage are right by their own rules', () => {
  expect(() => checkParameters(stageParameters.default)).not.toThrow();
  expect(() => checkParameters(stageParameters.local)).not.toThrow();
});

test('a deployed stage asks for signed requests unless it says otherwise', () => {
  expect(stageParameters.default).toMatchObject({ authorization: 'AWS_IAM' });
});

test.each([
  ['streams', 'orders/eu', "Parameter 'streams' is 'orders/eu'. It takes a stream name"],
  ['streams', '', "Parameter 'streams' is ''."],
  [
    'authorization',
    'OPEN',
    "Parameter 'authorization' is 'OPEN'. It takes AWS_IAM, API_KEY or NONE.",
  ],
  ['corsOrigins', 'app.example', 'It takes origins as browsers send them'],
  ['corsOrigins', 'https://a.example/', 'It takes origins'],
  ['corsOrigins', '*,https://a.example', 'It takes origins'],
  ['corsOrigins', "https://a.example'", 'It takes origins'],
  ['vpcEndpoints', 'vpc-0123456789', 'It takes ids of VPC endpoints'],
  ['webAclArn', 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/b', 'a regional web ACL'],
  ['logRetentionDays', '31', 'one of the numbers of days'],
  ['alarmTopicArn', 'on-call', 'It takes the ARN of an SNS topic.'],
  ['constructor', 'x', "Unknown parameter 'constructor'. This service has: streams,"],
])('parameter %s = %j is refused with what would be right', (name, value, message) => {
  expect(() => checkParameters({ [name]: value })).toThrow(message);
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
  expect(() => checkParameters({ ...stageParameters.default, ...values })).toThrow(message);
});

test.each(['dev', 'prod', 'pr-1042', 'x'])('stage %s is fine', (stage) => {
  expect(() => checkStage(stage)).not.toThrow();
});

test.each(['', '-dev', 'a b', 'dev_1', 'é', 'x'.repeat(65)])('stage %j is refused', (stage) => {
  expect(() => checkStage(stage)).toThrow('cannot be deployed');
});

test('the local endpoint is the embedded AWS unless the user names another', () => {
  expect(localEndpoint({})).toBe('http://127.0.0.1:4566');
  expect(localEndpoint({ LOCAL_AWS_PORT: '4570' })).toBe('http://127.0.0.1:4570');
  expect(localEndpoint({ LOCAL_AWS_ENDPOINT: 'http://floci:4566/', LOCAL_AWS_PORT: '1' })).toBe(
    'http://floci:4566',
  );
});
