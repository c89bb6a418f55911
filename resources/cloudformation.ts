import type { ApiGatewayApiKeyProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-ApiKey';
import type { ApiGatewayAuthorizerProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-Authorizer';
import type { ApiGatewayBasePathMappingProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-BasePathMapping';
import type { ApiGatewayDeploymentProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-Deployment';
import type { ApiGatewayDomainNameProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-DomainName';
import type { ApiGatewayGatewayResponseProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-GatewayResponse';
import type { ApiGatewayMethodProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-Method';
import type { ApiGatewayModelProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-Model';
import type { ApiGatewayRequestValidatorProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-RequestValidator';
import type { ApiGatewayResourceProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-Resource';
import type { ApiGatewayRestApiProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-RestApi';
import type { ApiGatewayStageProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-Stage';
import type { ApiGatewayUsagePlanProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-UsagePlan';
import type { ApiGatewayUsagePlanKeyProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-UsagePlanKey';
import type { CloudWatchAlarmProperties } from '@awboost/cfn-resource-types/AWS-CloudWatch-Alarm';
import type { CloudWatchDashboardProperties } from '@awboost/cfn-resource-types/AWS-CloudWatch-Dashboard';
import type { IAMRoleProperties } from '@awboost/cfn-resource-types/AWS-IAM-Role';
import type { KinesisStreamProperties } from '@awboost/cfn-resource-types/AWS-Kinesis-Stream';
import type { KinesisStreamConsumerProperties } from '@awboost/cfn-resource-types/AWS-Kinesis-StreamConsumer';
import type { LambdaPermissionProperties } from '@awboost/cfn-resource-types/AWS-Lambda-Permission';
import type { LogsLogGroupProperties } from '@awboost/cfn-resource-types/AWS-Logs-LogGroup';
import type { LogsMetricFilterProperties } from '@awboost/cfn-resource-types/AWS-Logs-MetricFilter';
import type { WAFv2WebACLAssociationProperties } from '@awboost/cfn-resource-types/AWS-WAFv2-WebACLAssociation';
import type { ConditionName } from './conditions';

/** The resource types that the stack uses, with the registry's exact property types. */
interface PropertiesOf {
  'AWS::ApiGateway::ApiKey': ApiGatewayApiKeyProperties;
  'AWS::ApiGateway::Authorizer': ApiGatewayAuthorizerProperties;
  'AWS::ApiGateway::BasePathMapping': ApiGatewayBasePathMappingProperties;
  'AWS::ApiGateway::Deployment': ApiGatewayDeploymentProperties;
  'AWS::ApiGateway::DomainName': ApiGatewayDomainNameProperties;
  'AWS::ApiGateway::GatewayResponse': ApiGatewayGatewayResponseProperties;
  'AWS::ApiGateway::Method': ApiGatewayMethodProperties;
  'AWS::ApiGateway::Model': ApiGatewayModelProperties;
  'AWS::ApiGateway::RequestValidator': ApiGatewayRequestValidatorProperties;
  'AWS::ApiGateway::Resource': ApiGatewayResourceProperties;
  'AWS::ApiGateway::RestApi': ApiGatewayRestApiProperties;
  'AWS::ApiGateway::Stage': ApiGatewayStageProperties;
  'AWS::ApiGateway::UsagePlan': ApiGatewayUsagePlanProperties;
  'AWS::ApiGateway::UsagePlanKey': ApiGatewayUsagePlanKeyProperties;
  'AWS::CloudWatch::Alarm': CloudWatchAlarmProperties;
  // The registry has tags of dashboards; the types are older.
  'AWS::CloudWatch::Dashboard': CloudWatchDashboardProperties &
    Pick<CloudWatchAlarmProperties, 'Tags'>;
  'AWS::IAM::Role': IAMRoleProperties;
  'AWS::Kinesis::Stream': KinesisStreamProperties;
  'AWS::Kinesis::StreamConsumer': KinesisStreamConsumerProperties;
  'AWS::Lambda::Permission': LambdaPermissionProperties;
  'AWS::Logs::LogGroup': LogsLogGroupProperties;
  'AWS::Logs::MetricFilter': LogsMetricFilterProperties;
  'AWS::WAFv2::WebACLAssociation': WAFv2WebACLAssociationProperties;
}

export type ResourceType = keyof PropertiesOf;

export type Intrinsic =
  | { readonly Ref: string }
  | { readonly 'Fn::GetAtt': readonly [string, string] }
  | { readonly 'Fn::Sub': string }
  | { readonly 'Fn::Sub': readonly [string, Readonly<Record<string, unknown>>] }
  | { readonly 'Fn::Split': readonly [string, string] }
  | { readonly 'Fn::Select': readonly [number, Intrinsic] }
  | { readonly 'Fn::Join': readonly [string, readonly JoinPart[]] };

/** A part of a joined text, which a condition may choose or leave out. */
export type JoinPart =
  | string
  | Intrinsic
  | { readonly 'Fn::If': readonly [ConditionName, JoinPart, JoinPart] };

/** Text that Serverless replaces before CloudFormation sees it: `${param:streams}`. */
export type ServerlessVariable = `\${${string}}`;

/** A property type in which every value may also be an intrinsic or a Serverless variable. */
export type Value<T> =
  | Intrinsic
  | { readonly 'Fn::If': readonly [ConditionName, Value<T>, Value<T>] }
  | (T extends string | number | boolean
      ? T | ServerlessVariable
      : T extends readonly (infer Item)[]
        ? readonly Value<Item>[]
        : { readonly [Name in keyof T]: Value<T[Name]> });

export interface Resource<Type extends ResourceType = ResourceType> {
  readonly Type: Type;
  readonly Properties: {
    readonly [Name in keyof PropertiesOf[Type]]: Value<PropertiesOf[Type][Name]>;
  };
  readonly DependsOn?: string[];
  readonly Condition?: ConditionName;
  readonly DeletionPolicy?: 'Delete' | 'RetainExceptOnCreate';
  readonly UpdateReplacePolicy?: 'Delete' | 'Retain';
}

export type Resources = Record<string, Resource>;

/** Declares a resource; a misspelt property or a value outside an enum does not compile. */
export function resource<Type extends ResourceType>(
  type: Type,
  properties: Resource<Type>['Properties'],
  attributes: Pick<
    Resource,
    'DependsOn' | 'Condition' | 'DeletionPolicy' | 'UpdateReplacePolicy'
  > = {},
): Resource<Type> {
  return { Type: type, Properties: properties, ...attributes };
}

export const ref = (logicalId: string) => ({ Ref: logicalId });
export const getAtt = (logicalId: string, attribute: string) => ({
  'Fn::GetAtt': [logicalId, attribute] as const,
});
export const sub = (text: string) => ({ 'Fn::Sub': text });
/** Splits a parameter that holds a comma-separated list. */
export const split = (text: string) => splitBy(',', text);
const splitBy = (separator: string, text: string) => ({
  'Fn::Split': [separator, text] as const,
});
export const select = (index: number, list: Intrinsic) => ({
  'Fn::Select': [index, list] as const,
});
export const join = (separator: string, parts: readonly JoinPart[]) => ({
  'Fn::Join': [separator, parts] as const,
});
/** Selects a value by a condition on the stage's parameters. */
export const either = <A, B>(condition: ConditionName, yes: A, no: B) => ({
  'Fn::If': [condition, yes, no] as const,
});
/** Removes the property or list item that has this value. */
export const NO_VALUE = { Ref: 'AWS::NoValue' };
