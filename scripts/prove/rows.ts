import type { StepName } from './step-names';

// Which evidence each row of the evidence tables gets that is documented or inferred so far: that of
// the probes that name it, that of a step, or none, for a reason.

/** The beginning of a row's name is its page: `kinesis: order` is a row of kinesis.md. */
export const PAGES = ['api-gateway', 'cloudformation', 'kinesis'] as const;

/** Rows that a step shows: its output, the stack's events and the report of its verification. */
export const SHOWN_BY_STEPS: Readonly<
  Partial<Record<StepName | 'deploy' | 'remove', readonly string[]>>
> = {
  deploy: [
    'api-gateway: `AWS`, an action',
    'cloudformation: `AWS::ApiGateway::` `Account`, `ApiKey`, `UsagePlan`, `UsagePlanKey`, `Model`, `RequestValidator`, `GatewayResponse`, `DomainName`, `BasePathMapping`',
    'cloudformation: `AWS::CloudWatch::Alarm`, `Dashboard`',
    'cloudformation: `AWS::IAM::Role`, with its policies and its permissions boundary',
    'cloudformation: `AWS::Logs::LogGroup`',
    'cloudformation: `AWS::Logs::MetricFilter`',
    'cloudformation: `AWS::S3::BucketPolicy`',
    'cloudformation: `AWS::S3::Bucket`',
    'cloudformation: permissions',
    'cloudformation: permissions boundaries of roles and users',
    'cloudformation: permissions on resources',
    'api-gateway: access log',
    "api-gateway: the account's log role",
    'api-gateway: integration variables',
  ],
  parameters: [
    'api-gateway: API keys',
    'api-gateway: quota of a plan',
    'api-gateway: throttling of a plan',
    'api-gateway: throttling of a stage',
    'cloudformation: `AWS::Events::Rule`',
    'cloudformation: `AWS::Lambda::Function`',
    'cloudformation: `AWS::Lambda::Version`, `Permission`, `EventInvokeConfig`',
    'cloudformation: `DeletionPolicy`',
  ],
  contract: [
    "api-gateway: content type of an action's call",
    'api-gateway: `AWS`, any embedded service',
  ],
  shadow: ['cloudformation: replacement', 'cloudformation: update'],
  rollback: ['cloudformation: update that fails'],
  remove: ['cloudformation: deletion', 'cloudformation: logs'],
  verify: [
    'api-gateway: who may call it',
    'kinesis: IAM',
    'cloudformation: metric filters',
    'cloudformation: filter patterns of JSON properties',
  ],
};

/** Rows that the proof does not ask about, by the reason. */
export const NOT_ASKED: Readonly<Record<string, readonly string[]>> = {
  'The embedded AWS is meant to differ, or has it alone: AWS has no such switch, bound or fence.': [
    'api-gateway: hosts',
    'api-gateway: pages that `--allow-origin` names',
    'api-gateway: the same, where signatures are asked for',
    'api-gateway: the same, where the integration only reads (`Get…`, `List…`, `Describe…`, a mock, `GET` of a backend)',
    'api-gateway: web pages of other origins, where no key and no secret is asked for',
    'cloudformation: content types of forms',
    'cloudformation: credentials in the query',
    'cloudformation: rebound names',
    'cloudformation: web pages',
    'cloudformation: without it',
    'cloudformation: stack policies',
    'cloudformation: what a request asks and is not done',
    'kinesis: a seed',
    'kinesis: errors and latency',
    'api-gateway: a body that takes long to validate',
    'api-gateway: payloads that take too long',
    'api-gateway: runaway templates',
  ],
  'Needs an HTTP backend that AWS reaches, whose answers are yours.': [
    'api-gateway: HTTP backend that cannot be reached',
    'api-gateway: `$context.requestOverride`',
    'api-gateway: `AWS`, a path',
    'api-gateway: `Authorization` of a signed request',
    'api-gateway: `HTTP_PROXY`',
    'api-gateway: `HTTP`',
    'api-gateway: an answer larger than 10 MiB, as it comes or unpacked',
    'api-gateway: an answer that is not whole when the time is up',
    'api-gateway: an answer with more than 16 KB of headers',
    'api-gateway: answer larger than 10 MiB',
    'api-gateway: compressed answers of HTTP backends',
    'api-gateway: cookies',
    'api-gateway: mapped header that the client sent too',
    'api-gateway: path to an HTTP backend',
    'api-gateway: timeout',
    'api-gateway: line breaks in mapped values',
  ],
  'Needs something outside: a domain, a VPC endpoint, a web ACL, a key, a second account or an identity provider. The parameter walks it where it is given.':
    [
      'api-gateway: TestInvokeAuthorizer',
      'api-gateway: `disableExecuteApiEndpoint`',
      'api-gateway: a policy that changed',
      'api-gateway: bodies beyond the inspection limit',
      'api-gateway: custom domain names',
      'api-gateway: labels of managed rules',
      'api-gateway: private APIs',
      'api-gateway: resource policies',
      'api-gateway: rules of web ACLs',
      'api-gateway: sampled requests',
      'api-gateway: the core rule set: sizes, a missing `User-Agent`',
      'api-gateway: the core rule set: what else it looks for',
      'api-gateway: web ACLs',
      'cloudformation: `AWS::WAFv2::WebACL`, `WebACLAssociation`',
      'cloudformation: `SearchString` in rules of a `WebACL`',
      'kinesis: KMS: encrypting a stream',
      'kinesis: KMS: reading encrypted records',
      'kinesis: KMS: writing to an encrypted stream',
      'cloudformation: `AWS::ApiGateway::Authorizer`',
      'cloudformation: `AWS::IAM::OIDCProvider`',
      'cloudformation: `AWS::SNS::Topic`, `Subscription`, `TopicPolicy`',
      'kinesis: policies of a resource',
      "cloudformation: boundaries beside a resource's policy",
      'cloudformation: `iam:PermissionsBoundary`',
      'cloudformation: `iam:PolicyARN`',
      'cloudformation: a policy that is a boundary',
    ],
  'Takes hours or a day, or changes the account.': [
    "cloudformation: alarms on one's own metrics",
    "cloudformation: alarms on metrics of AWS's services other than Kinesis, expressions, percentiles",
    'cloudformation: metrics',
    'cloudformation: the embedded metric format',
    "cloudformation: a metric's value that is a number in quotes",
    'kinesis: UpdateShardCount and UpdateStreamMode, when switched on',
    'kinesis: account settings',
    'kinesis: retention',
    'kinesis: a longer retention period',
    'kinesis: silence',
    'kinesis: five minutes',
    'kinesis: a fanned-out consumer',
    'kinesis: throughput of a shard, when switched on',
    'kinesis: a busy shard',
    'kinesis: streams CREATING or DELETING, when switched on',
    'kinesis: UpdateStreamWarmThroughput',
  ],
  'Needs a shard that is driven beyond its limits, and the minutes that CloudWatch takes to have it.':
    [
      'kinesis: metrics of a stream: `GetRecords.IteratorAgeMilliseconds`, `WriteProvisionedThroughputExceeded`, `ReadProvisionedThroughputExceeded`',
    ],
  'Needs a request that the proof cannot send: fetch joins repeated headers itself.': [
    'api-gateway: repeated headers',
  ],
  'Is about the embedded AWS alone: how much of AWS it has, and how its server sends answers.': [
    'api-gateway: other integrations and services',
    "kinesis: the SDK's list of operations",
    'kinesis: answers in pieces',
  ],
  'Needs usage plans with several keys or stages, or limits of their own: the stage has one plan with one key.':
    [
      "api-gateway: a method's own limit in a plan",
      'api-gateway: two keys of one plan',
      'api-gateway: limits of single methods in a plan',
      'api-gateway: a key in two plans of one stage',
      'api-gateway: GetUsage',
    ],
  'Needs a user with keys, or a session that is over only after fifteen minutes: the proof makes no keys that could be taken.':
    ['cloudformation: sessions that are over, keys that are switched off'],
  'Needs a resource that is minutes in the making, such as a `WaitCondition`, which the embedded AWS does not have.':
    ['cloudformation: `TimeoutInMinutes`'],
};
