import { partitionOf, type Scope } from '../core/caller';
import type { EvaluationScope } from './intrinsics';
import { NO_VALUE } from './intrinsics';
import { isObject, type JsonObject, member, templateFormatError, validationError } from './json';
import type { ParameterValues } from './parameters';

/** The identity of a stack, as its template sees it. */
export interface StackIdentity extends Scope {
  readonly stackName: string;
  readonly stackId: string;
  readonly notificationArns: readonly string[];
}

/** The values that `Ref` and `Fn::GetAtt` return; undefined for names that are not resources. */
export interface ResourceValues {
  reference(logicalId: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
}

const PSEUDO_PARAMETERS: Readonly<Record<string, (identity: StackIdentity) => unknown>> = {
  'AWS::AccountId': ({ accountId }) => accountId,
  'AWS::NotificationARNs': ({ notificationArns }) => notificationArns,
  'AWS::NoValue': () => NO_VALUE,
  'AWS::Partition': ({ region }) => partitionOf(region),
  'AWS::Region': ({ region }) => region,
  'AWS::StackId': ({ stackId }) => stackId,
  'AWS::StackName': ({ stackName }) => stackName,
  'AWS::URLSuffix': ({ region }) =>
    partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
};

export function isPseudoParameter(name: string): boolean {
  return Object.hasOwn(PSEUDO_PARAMETERS, name);
}

/** Everything that the values of a template may refer to. */
export function evaluationScope(options: {
  readonly identity: StackIdentity;
  readonly parameters: ParameterValues;
  readonly mappings: JsonObject;
  readonly conditions: ReadonlyMap<string, boolean>;
  readonly resources: ResourceValues;
  readonly importValue: (exportName: string) => unknown;
  readonly languageExtensions: boolean;
}): EvaluationScope {
  const { identity, parameters, mappings, conditions, resources, importValue } = options;
  return {
    languageExtensions: options.languageExtensions,
    importValue,
    reference(name) {
      const pseudo = Object.hasOwn(PSEUDO_PARAMETERS, name) ? PSEUDO_PARAMETERS[name] : undefined;
      if (pseudo !== undefined) return pseudo(identity);
      const value = parameters.get(name)?.value ?? resources.reference(name);
      if (value !== undefined) return value;
      throw templateFormatError(
        `Unresolved resource dependencies [${name}] in the Resources block of the template`,
      );
    },
    attribute(logicalId, attribute) {
      const value = resources.attribute(logicalId, attribute);
      if (value !== undefined) return value;
      throw validationError(
        `The embedded AWS does not return the attribute ${attribute} of resource ${logicalId}.`,
      );
    },
    condition(name) {
      const value = conditions.get(name);
      if (value !== undefined) return value;
      throw validationError(`Template error: unresolved condition dependency ${name} in Fn::If`);
    },
    mapping(name, top, second) {
      const mapping = member(mappings, name);
      const row = isObject(mapping) ? member(mapping, top) : undefined;
      return isObject(row) ? member(row, second) : undefined;
    },
    hasMapping: (name) => member(mappings, name) !== undefined,
    availabilityZones: (region) =>
      ['a', 'b', 'c'].map((zone) => `${region === '' ? identity.region : region}${zone}`),
  };
}
