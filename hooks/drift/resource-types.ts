import { lookAtAlarms } from './alarms';
import { lookAtApi } from './api';
import { lookAtAuthorizers } from './authorizers';
import { lookAtBuckets } from './bucket';
import { lookAtDashboards } from './dashboard';
import { lookAtDomains } from './domain';
import { lookAtFunctions } from './function';
import { lookAtGatewayResponses } from './gateway-responses';
import { lookAtLogGroups } from './log-groups';
import type { Look } from './look';
import { lookAtMethods } from './methods';
import { lookAtMetricFilters } from './metric-filters';
import { lookAtModels, lookAtValidators } from './models';
import { lookAtRoles } from './role';
import { lookAtRules } from './rule';
import { lookAtStages } from './stage';
import { lookAtConsumers, lookAtStreams } from './streams';
import { lookAtApiKeys, lookAtUsagePlans } from './usage-plan';

/**
 * How each type of resource is looked at, or with which other type. Every type that the stack can have
 * is here; a test says so.
 */
export const RESOURCE_TYPES: Readonly<Record<string, Look | { readonly with: string }>> = {
  'AWS::ApiGateway::RestApi': lookAtApi,
  'AWS::ApiGateway::Resource': { with: 'AWS::ApiGateway::Method' },
  'AWS::ApiGateway::Method': lookAtMethods,
  'AWS::ApiGateway::Authorizer': lookAtAuthorizers,
  'AWS::ApiGateway::Model': lookAtModels,
  'AWS::ApiGateway::RequestValidator': lookAtValidators,
  'AWS::ApiGateway::GatewayResponse': lookAtGatewayResponses,
  'AWS::ApiGateway::Stage': lookAtStages,
  // Another check verifies that the stage serves it.
  'AWS::ApiGateway::Deployment': { with: 'AWS::ApiGateway::Stage' },
  'AWS::WAFv2::WebACLAssociation': { with: 'AWS::ApiGateway::Stage' },
  'AWS::ApiGateway::ApiKey': lookAtApiKeys,
  'AWS::ApiGateway::UsagePlan': lookAtUsagePlans,
  'AWS::ApiGateway::UsagePlanKey': { with: 'AWS::ApiGateway::UsagePlan' },
  'AWS::ApiGateway::DomainName': lookAtDomains,
  'AWS::ApiGateway::BasePathMapping': { with: 'AWS::ApiGateway::DomainName' },
  'AWS::IAM::Role': lookAtRoles,
  'AWS::Kinesis::Stream': lookAtStreams,
  'AWS::Kinesis::StreamConsumer': lookAtConsumers,
  'AWS::Logs::LogGroup': lookAtLogGroups,
  'AWS::Logs::MetricFilter': lookAtMetricFilters,
  'AWS::CloudWatch::Alarm': lookAtAlarms,
  'AWS::CloudWatch::Dashboard': lookAtDashboards,
  'AWS::S3::Bucket': lookAtBuckets,
  'AWS::S3::BucketPolicy': { with: 'AWS::S3::Bucket' },
  'AWS::Lambda::Function': lookAtFunctions,
  'AWS::Lambda::EventInvokeConfig': { with: 'AWS::Lambda::Function' },
  'AWS::Lambda::Permission': { with: 'AWS::Lambda::Function' },
  'AWS::Events::Rule': lookAtRules,
};
