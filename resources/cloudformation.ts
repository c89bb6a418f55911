import type { ApiGatewayApiKeyProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-ApiKey';
import type { ApiGatewayDeploymentProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-Deployment';
import type { ApiGatewayGatewayResponseProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-GatewayResponse';
import type { ApiGatewayMethodProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-Method';
import type { ApiGatewayModelProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-Model';
import type { ApiGatewayRequestValidatorProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-RequestValidator';
import type { ApiGatewayResourceProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-Resource';
import type { ApiGatewayRestApiProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-RestApi';
import type { ApiGatewayStageProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-Stage';
import type { ApiGatewayUsagePlanProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-UsagePlan';
import type { ApiGatewayUsagePlanKeyProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-UsagePlanKey';
import type { IAMRoleProperties } from '@awboost/cfn-resource-types/AWS-IAM-Role';
import type { ConditionName } from './conditions';

/** The resource types that the stack uses, with the registry's exact property types. */
interface PropertiesOf {
  'AWS::ApiGateway::ApiKey': ApiGatewayApiKeyProperties;
  'AWS::ApiGateway::Deployment': ApiGatewayDeploymentProperties;
  'AWS::ApiGateway::GatewayResponse': ApiGatewayGatewayResponseProperties;
  'AWS::ApiGateway::Method': ApiGatewayMethodProperties;
  'AWS::ApiGateway::Model': ApiGatewayModelProperties;
  'AWS::ApiGateway::RequestValidator': ApiGatewayRequestValidatorProperties;
  'AWS::ApiGateway::Resource': ApiGatewayResourceProperties;
  'AWS::ApiGateway::RestApi': ApiGatewayRestApiProperties;
  'AWS::ApiGateway::Stage': ApiGatewayStageProperties;
  'AWS::ApiGateway::UsagePlan': ApiGatewayUsagePlanProperties;
  'AWS::ApiGateway::UsagePlanKey': ApiGatewayUsagePlanKeyProperties;
  'AWS::IAM::Role': IAMRoleProperties;
}

export type ResourceType = keyof PropertiesOf;

export type Intrinsic =
  | { readonly Ref: string }
  | { readonly 'Fn::GetAtt': readonly [string, string] }
  | { readonly 'Fn::Sub': string };

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
}

export type Resources = Record<string, Resource>;

/** Declares a resource; a misspelt property or a value outside an enum does not compile. */
export function resource<Type extends ResourceType>(
  type: Type,
  properties: Resource<Type>['Properties'],
  attributes: Pick<Resource, 'DependsOn' | 'Condition'> = {},
): Resource<Type> {
  return { Type: type, Properties: properties, ...attributes };
}

export const ref = (logicalId: string) => ({ Ref: logicalId });
export const getAtt = (logicalId: string, attribute: string) => ({
  'Fn::GetAtt': [logicalId, attribute] as const,
});
export const sub = (text: string) => ({ 'Fn::Sub': text });
/** One of two values, as the stage's parameters decide. */
export const either = <A, B>(condition: ConditionName, yes: A, no: B) => ({
  'Fn::If': [condition, yes, no] as const,
});
/** Leaves out the property or the list's item it stands for. */
export const NO_VALUE = { Ref: 'AWS::NoValue' };
