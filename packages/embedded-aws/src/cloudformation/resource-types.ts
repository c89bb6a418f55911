import data from './resource-types.json';

/** The type of a property's value, as declared in the CloudFormation registry. */
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
  /** Set if a change always or possibly replaces the resource; otherwise it is updated in place. */
  readonly replacement?: 'yes' | 'maybe';
}

/** The properties of a resource type or of a nested definition, by name. */
export type PropertiesData = Readonly<Record<string, PropertyData>>;

/** The schema of one resource type. */
export interface ResourceTypeData {
  readonly properties: PropertiesData;
  /** Nested property types that `ref` refers to. */
  readonly definitions: Readonly<Record<string, PropertiesData>>;
  /** The attributes that `Fn::GetAtt` supports. */
  readonly attributes: readonly string[];
  readonly primaryIdentifier: readonly string[];
  /**
   * Paths of further properties whose change replaces the resource, for example `Integration/Uri`.
   */
  readonly replacementPaths?: readonly string[];
}

/** AWS::CDK::Metadata, which is not in the registry: see `cdk-metadata.ts`. */
const CDK_METADATA_TYPE: ResourceTypeData = {
  properties: { Analytics: { type: 'string' }, Modules: { type: 'string' } },
  definitions: {},
  attributes: [],
  primaryIdentifier: [],
};

const RESOURCE_TYPES = new Map<string, ResourceTypeData>([
  ...Object.entries(data.resources as unknown as Record<string, ResourceTypeData>),
  ['AWS::CDK::Metadata', CDK_METADATA_TYPE],
]);

/** The registry's schema of a type; undefined for types that were not extracted. */
export function resourceType(name: string): ResourceTypeData | undefined {
  return RESOURCE_TYPES.get(name);
}

/** All types that have a schema. */
export function resourceTypeNames(): readonly string[] {
  return [...RESOURCE_TYPES.keys()];
}
