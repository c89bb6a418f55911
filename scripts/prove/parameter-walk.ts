import type { ParameterName } from '../../resources/parameters';

/** Parameters that are set together, in one deployment. */
export const GROUPS = ['settings', 'narrow', 'roles', 'private', 'domain'] as const;
export type Group = (typeof GROUPS)[number];

export type Row =
  /** Goes to this value, and back to none. */
  | { readonly group: Group; readonly value: string }
  /** The same, but not in an emulator. */
  | { readonly group: Group; readonly value: string; readonly awsOnly: string }
  /** Needs something that the stack does not make: walked only where a value is given. */
  | { readonly group: Group; readonly outside: string }
  /** Is not walked on AWS. */
  | { readonly never: string };

const EXISTING_API = 'puts the routes under an API that is there: docs/existing-api.md';
const AUTHORIZERS = 'needs a user pool or a function, and whoever calls would need a token of it';
const NAMED = 'named by every command of the proof, with the account and region it runs in';

/** How each parameter is walked; one without a row does not compile. */
export const walk: Readonly<Record<ParameterName, Row>> = {
  streams: { group: 'narrow', value: 'orders-*' },
  authorization: { group: 'narrow', value: 'API_KEY' },
  readAuthorization: { group: 'narrow', value: 'AWS_IAM' },
  userPoolArns: { never: AUTHORIZERS },
  writeScopes: { never: AUTHORIZERS },
  readScopes: { never: AUTHORIZERS },
  authorizerFunction: { never: AUTHORIZERS },
  authorizerType: { never: AUTHORIZERS },
  identitySource: { never: AUTHORIZERS },
  identityValidation: { never: AUTHORIZERS },
  authorizerTtlSeconds: { never: AUTHORIZERS },
  authorizerRoleArn: { never: AUTHORIZERS },
  authorizerId: { never: AUTHORIZERS },
  manageStreams: { group: 'narrow', value: 'false' },
  kmsKeyArns: { group: 'settings', outside: 'a KMS key whose policy lets the role use it' },
  throttleRate: { group: 'settings', value: '700' },
  throttleBurst: { group: 'settings', value: '900' },
  endpointThrottles: {
    group: 'settings',
    value: 'false',
    awsOnly: 'keeps to quotas that an emulator has not',
  },
  quotaPerDay: { group: 'narrow', value: '50000' },
  corsOrigins: { group: 'settings', value: 'https://a.example,https://b.example' },
  corsAllowHeaders: { group: 'settings', value: 'Authorization,Content-Type,X-Tenant' },
  vpcEndpoints: { group: 'private', outside: 'a VPC endpoint, from whose network it is run' },
  webAclArn: { group: 'settings', outside: 'a regional web ACL' },
  domainName: { group: 'domain', outside: 'a domain whose DNS you set' },
  certificateArn: { group: 'domain', outside: 'a certificate in ACM' },
  accessLogs: { group: 'narrow', value: 'false' },
  dashboard: { group: 'settings', value: 'false' },
  logRetentionDays: { group: 'settings', value: '3' },
  tracing: { group: 'settings', value: 'true' },
  alarmTopicArn: { group: 'settings', outside: 'an SNS topic' },
  canary: {
    group: 'settings',
    value: 'rate(5 minutes)',
    awsOnly: 'runs at intervals, and an emulator keeps no time',
  },
  protected: { group: 'settings', value: 'true' },
  shadow: { never: 'changes how a deploy goes, and nothing that stays' },
  accountId: { never: NAMED },
  region: { never: NAMED },
  permissionsBoundaryArn: { group: 'roles', outside: 'a boundary that your rights name' },
  rolePath: { group: 'roles', outside: 'a path that your rights name' },
  restApiId: { never: EXISTING_API },
  rootResourceId: { never: EXISTING_API },
  rootPath: { never: EXISTING_API },
  restApiStage: { never: EXISTING_API },
  kafkaRestUrl: { group: 'settings', outside: 'a Kafka REST proxy that API Gateway reaches' },
  invokeUrl: { never: 'says where the API is, and changes nothing there' },
};
