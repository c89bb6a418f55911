import { CDK_METADATA_TYPE } from './cdk-metadata';
import data from './resource-types.json';

/** The type of one property's value, as the CloudFormation registry declares it. */
export type PropertyTypeData =
  | string
  | { readonly type: string; readonly enum: readonly (string | number)[] }
  | { readonly ref: string }
  | { readonly list: PropertyTypeData }
  | { readonly map: PropertyTypeData }
  | { readonly anyOf: readonly PropertyTypeData[] };

/** One property of a resource type or of a nested definition. */
export interface PropertyData {
  readonly type: PropertyTypeData;
  readonly required?: true;
  /** Whether a change replaces the resource; absent when it is changed in place. */
  readonly replacement?: 'yes' | 'maybe';
}

/** The properties of a resource type or of a nested definition, by name. */
export type PropertiesData = Readonly<Record<string, PropertyData>>;

/** What is known of one resource type. */
export interface ResourceTypeData {
  readonly properties: PropertiesData;
  /** Nested property types that `ref` names. */
  readonly definitions: Readonly<Record<string, PropertiesData>>;
  /** What `Fn::GetAtt` may ask for. */
  readonly attributes: readonly string[];
  readonly primaryIdentifier: readonly string[];
  /** Paths of further properties whose change replaces, `Integration/Uri`. */
  readonly replacementPaths?: readonly string[];
}

const RESOURCE_TYPES = new Map<string, ResourceTypeData>([
  ...Object.entries(data.resources as unknown as Record<string, ResourceTypeData>),
  ['AWS::CDK::Metadata', CDK_METADATA_TYPE],
]);

/** What the registry says of a type; undefined for types outside the extracted data. */
export function resourceType(name: string): ResourceTypeData | undefined {
  return RESOURCE_TYPES.get(name);
}

/** Every type that something is known of. */
export function resourceTypeNames(): readonly string[] {
  return [...RESOURCE_TYPES.keys()];
}
