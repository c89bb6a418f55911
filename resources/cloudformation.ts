import type { ApiGatewayDeploymentProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-Deployment';
import type { ApiGatewayMethodProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-Method';
import type { ApiGatewayResourceProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-Resource';
import type { ApiGatewayRestApiProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-RestApi';
import type { ApiGatewayStageProperties } from '@awboost/cfn-resource-types/AWS-ApiGateway-Stage';
import type { IAMRoleProperties } from '@awboost/cfn-resource-types/AWS-IAM-Role';

/** The resource types that the stack uses, with the registry's exact property types. */
interface PropertiesOf {
  'AWS::ApiGateway::Deployment': ApiGatewayDeploymentProperties;
  'AWS::ApiGateway::Method': ApiGatewayMethodProperties;
  'AWS::ApiGateway::Resource': ApiGatewayResourceProperties;
  'AWS::ApiGateway::RestApi': ApiGatewayRestApiProperties;
  'AWS::ApiGateway::Stage': ApiGatewayStageProperties;
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
}

export type Resources = Record<string, Resource>;

/** Declares a resource; a misspelt property or a value outside an enum does not compile. */
export function resource<Type extends ResourceType>(
  type: Type,
  properties: Resource<Type>['Properties'],
  dependsOn?: readonly string[],
): Resource<Type> {
  return {
    Type: type,
    Properties: properties,
    ...(dependsOn && { DependsOn: [...dependsOn] }),
  };
}

export const ref = (logicalId: string) => ({ Ref: logicalId });
export const getAtt = (logicalId: string, attribute: string) => ({
  'Fn::GetAtt': [logicalId, attribute] as const,
});
export const sub = (text: string) => ({ 'Fn::Sub': text });
