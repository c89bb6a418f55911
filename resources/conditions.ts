import { conditions as onCallers, withStreams } from './authorization/conditions';
import type { DeclaredStream } from './streams/declared';

/** The text before the first separator; all of it if there is none. */
const firstOf = (text: string, separator: string) => ({
  'Fn::Select': [0, { 'Fn::Split': [separator, text] }],
});

const isEmpty = (variable: string) => ({ 'Fn::Equals': [variable, ''] });

const isSet = (variable: string) => ({ 'Fn::Not': [isEmpty(variable)] });

const lacks = (variable: string, text: string) => ({
  'Fn::Equals': [firstOf(variable, text), variable],
});

/**
 * Conditions on the stage's parameters that decide which resources it has. They are evaluated
 * before the deployment by hooks/template/conditions.ts, so they may use functions that
 * CloudFormation does not support in conditions.
 */
export const conditions = {
  OwnsApi: isEmpty('${param:restApiId}'),
  NamesStage: isSet('${param:restApiStage}'),
  ...onCallers,
  ManagesStreams: { 'Fn::Not': [{ 'Fn::Equals': ['${param:manageStreams}', 'false'] }] },
  EncryptsWithOwnKeys: isSet('${param:kmsKeyArns}'),
  ThrottlesEndpoints: { 'Fn::Equals': ['${param:endpointThrottles}', 'true'] },
  OneStream: { 'Fn::And': [lacks('${param:streams}', '*'), lacks('${param:streams}', '?')] },
  ManyStreams: { 'Fn::Not': [{ Condition: 'OneStream' }] },
  // Metrics Insights reaches the China, GovCloud and isolated partitions late or never. There, an
  // alarm that queries it would fail the deployment after everything else is created.
  HasMetricsInsights: {
    'Fn::And': ['cn-', '-gov-', '-iso'].map((part) => lacks('${self:provider.region}', part)),
  },
  WatchesManyStreams: {
    'Fn::And': [{ Condition: 'ManyStreams' }, { Condition: 'HasMetricsInsights' }],
  },
  AllowsOrigins: isSet('${param:corsOrigins}'),
  AllowsOneOrigin: {
    'Fn::And': [{ Condition: 'AllowsOrigins' }, lacks('${param:corsOrigins}', ',')],
  },
  AllowsSeveralOrigins: { 'Fn::Not': [lacks('${param:corsOrigins}', ',')] },
  IsPrivate: isSet('${param:vpcEndpoints}'),
  HasWebAcl: isSet('${param:webAclArn}'),
  HasDomain: isSet('${param:domainName}'),
  LogsAccess: {
    'Fn::And': [{ 'Fn::Equals': ['${param:accessLogs}', 'true'] }, { Condition: 'OwnsApi' }],
  },
  LacksAccessLog: { 'Fn::Not': [{ Condition: 'LogsAccess' }] },
  // Without an access log, only Kinesis's own metrics say that records of batches failed.
  OneStreamUnlogged: {
    'Fn::And': [{ Condition: 'OneStream' }, { Condition: 'LacksAccessLog' }],
  },
  ManyStreamsUnlogged: {
    'Fn::And': [{ Condition: 'WatchesManyStreams' }, { Condition: 'LacksAccessLog' }],
  },
  HasDashboard: { 'Fn::Equals': ['${param:dashboard}', 'true'] },
  Traces: { 'Fn::Equals': ['${param:tracing}', 'true'] },
  HasAlarmTopic: isSet('${param:alarmTopicArn}'),
  IsProtected: { 'Fn::Equals': ['${param:protected}', 'true'] },
  HasBoundary: isSet('${param:permissionsBoundaryArn}'),
  HasRolePath: isSet('${param:rolePath}'),
  RunsCanary: isSet('${param:canary}'),
  HasKafka: isSet('${param:kafkaRestUrl}'),
  KafkaAllowsOrigins: { 'Fn::And': [{ Condition: 'HasKafka' }, { Condition: 'AllowsOrigins' }] },
} as const;

/** The conditions of a stack with these streams. */
export const conditionsOf = (
  declared: readonly Pick<DeclaredStream, 'authorization' | 'authorizer'>[],
) => ({ ...conditions, ...withStreams(declared) });

export type ConditionName = keyof typeof conditions;
