/** The first of the parts that a separator cuts a text into; without one, all of it. */
const firstOf = (text: string, separator: string) => ({
  'Fn::Select': [0, { 'Fn::Split': [separator, text] }],
});

const isEmpty = (variable: string) => ({ 'Fn::Equals': [variable, ''] });

const isSet = (variable: string) => ({ 'Fn::Not': [isEmpty(variable)] });

const lacks = (variable: string, text: string) => ({
  'Fn::Equals': [firstOf(variable, text), variable],
});

/**
 * What of the stack a stage has, by its parameters. hooks/template/conditions.ts settles them before anything
 * is deployed, so they may use functions that CloudFormation's own conditions lack.
 */
export const conditions = {
  OwnsApi: isEmpty('${param:restApiId}'),
  NamesStage: isSet('${param:restApiStage}'),
  RequiresKey: { 'Fn::Equals': ['${param:authorization}', 'API_KEY'] },
  RequiresSignature: { 'Fn::Equals': ['${param:authorization}', 'AWS_IAM'] },
  ManagesStreams: { 'Fn::Equals': ['${param:manageStreams}', 'true'] },
  OneStream: { 'Fn::And': [lacks('${param:streams}', '*'), lacks('${param:streams}', '?')] },
  ManyStreams: { 'Fn::Not': [{ Condition: 'OneStream' }] },
  // AWS's partitions of their own get Metrics Insights later, or not at all; a stack that asks for an
  // alarm where there is none fails after everything else is made.
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
  Traces: { 'Fn::Equals': ['${param:tracing}', 'true'] },
  HasAlarmTopic: isSet('${param:alarmTopicArn}'),
  IsProtected: { 'Fn::Equals': ['${param:protected}', 'true'] },
  RunsCanary: isSet('${param:canary}'),
  HasKafka: isSet('${param:kafkaRestUrl}'),
  KafkaAllowsOrigins: { 'Fn::And': [{ Condition: 'HasKafka' }, { Condition: 'AllowsOrigins' }] },
} as const;

export type ConditionName = keyof typeof conditions;
