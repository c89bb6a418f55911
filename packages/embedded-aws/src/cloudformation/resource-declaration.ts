import type { AwsError } from '../core/errors';
import { isObject, type JsonObject, member, templateFormatError, validationError } from './json';
import { resourceType } from './resource-types';
import { notText, parseCondition, section } from './template-section';

const DELETION_POLICIES = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'] as const;
export type DeletionPolicy = Exclude<(typeof DELETION_POLICIES)[number], 'Snapshot'>;

type PolicyName = 'DeletionPolicy' | 'UpdateReplacePolicy';

/** One member of `Resources`; its properties are not evaluated. */
export interface ResourceDeclaration {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly dependsOn: readonly string[];
  readonly condition?: string;
  readonly deletionPolicy: DeletionPolicy;
  readonly updateReplacePolicy: DeletionPolicy;
  /** Policies that are functions of parameters, which AWS::LanguageExtensions allows. */
  readonly policyExpressions?: Readonly<Partial<Record<PolicyName, unknown>>>;
  /** An attribute that is not implemented: refused if the resource is deployed. */
  readonly unsupportedAttribute?: string;
  readonly metadata?: unknown;
}

const RESOURCE_ATTRIBUTES = new Set([
  'Condition',
  'DeletionPolicy',
  'DependsOn',
  'Metadata',
  'Properties',
  'Type',
  'UpdateReplacePolicy',
]);

/** Resource attributes of CloudFormation that are not implemented. */
const UNSUPPORTED_ATTRIBUTES = new Set(['CreationPolicy', 'UpdatePolicy']);

/**
 * The resources of a template.
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function parseResources(
  document: JsonObject,
  languageExtensions: boolean,
): Map<string, ResourceDeclaration> {
  const given = member(document, 'Resources');
  if (given !== undefined && !isObject(given)) throw noObject();
  const entries = Object.entries(section(document, 'Resources'));
  if (entries.length === 0) {
    throw templateFormatError('At least one Resources member must be defined.');
  }
  return new Map(
    entries.map(([id, declaration]) => [id, parseResource(id, declaration, languageExtensions)]),
  );
}

/** Recorded of `Resources` as text (test_linting_error_during_creation, 11-11-2022). */
function noObject(): AwsError {
  return templateFormatError('Any Resources member must be an object.');
}

function parseResource(
  logicalId: string,
  declaration: unknown,
  languageExtensions: boolean,
): ResourceDeclaration {
  if (!/^[A-Za-z0-9]+$/.test(logicalId)) {
    throw templateFormatError(`Resource name ${logicalId} is non alphanumeric.`);
  }
  if (!isObject(declaration)) throw noObject();
  const type = member(declaration, 'Type');
  if (typeof type !== 'string') {
    throw templateFormatError(
      `[/Resources/${logicalId}] Every Resources object must contain a Type member.`,
    );
  }
  const names = Object.keys(declaration);
  const unsupportedAttribute = names.find((name) => UNSUPPORTED_ATTRIBUTES.has(name));
  const unknown = names.find(
    (name) => !RESOURCE_ATTRIBUTES.has(name) && !UNSUPPORTED_ATTRIBUTES.has(name),
  );
  if (unknown !== undefined) {
    throw validationError(`Invalid template resource property '${unknown}'`);
  }
  const properties = member(declaration, 'Properties') ?? {};
  if (!isObject(properties)) {
    throw templateFormatError(`[/Resources/${logicalId}/Properties] must be an object.`);
  }
  return {
    logicalId,
    type,
    properties,
    dependsOn: parseDependsOn(logicalId, member(declaration, 'DependsOn')),
    ...parseCondition(declaration),
    ...parsePolicies(declaration, logicalId, type, languageExtensions),
    ...(unsupportedAttribute !== undefined && { unsupportedAttribute }),
    metadata: member(declaration, 'Metadata'),
  };
}

function parsePolicies(
  declaration: JsonObject,
  logicalId: string,
  type: string,
  languageExtensions: boolean,
): Pick<ResourceDeclaration, 'deletionPolicy' | 'updateReplacePolicy' | 'policyExpressions'> {
  const policyExpressions: Partial<Record<PolicyName, unknown>> = {};
  const read = (name: PolicyName) => {
    const value = member(declaration, name);
    if (!isObject(value) || !languageExtensions) return parsePolicy(value, name, logicalId, type);
    policyExpressions[name] = value;
    return 'Delete';
  };
  return {
    deletionPolicy: read('DeletionPolicy'),
    updateReplacePolicy: read('UpdateReplacePolicy'),
    ...(Object.keys(policyExpressions).length > 0 && { policyExpressions }),
  };
}

function parseDependsOn(logicalId: string, value: unknown): string[] {
  const list: unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (typeof item === 'string') return item;
    throw templateFormatError(
      `[/Resources/${logicalId}] DependsOn must be a string or a list of strings.`,
    );
  });
}

/**
 * The value of a policy attribute.
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function parsePolicy(
  value: unknown,
  name: PolicyName,
  logicalId: string,
  type: string,
): DeletionPolicy {
  if (value === undefined) return 'Delete';
  // Wording: https://github.com/aws/aws-cli/issues/3825 (2019).
  if (typeof value !== 'string') throw notText(name);
  const policy = DELETION_POLICIES.find((candidate) => candidate === value);
  if (policy === undefined || (name === 'UpdateReplacePolicy' && policy.endsWith('OnCreate'))) {
    throw templateFormatError(`Unrecognized ${name} ${value} for resource ${logicalId}`);
  }
  if (policy === 'Snapshot') {
    // A resource of another type is only in a template that does not make it.
    if (resourceType(type) === undefined) return 'Retain';
    // AWS does not support snapshots of any of the implemented types either.
    throw validationError(
      `Template error: resource type ${type} does not support deletion policy Snapshot`,
    );
  }
  return policy;
}
