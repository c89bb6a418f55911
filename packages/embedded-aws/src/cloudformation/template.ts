import type { AwsError } from '../core/errors';
import { isObject, type JsonObject, member, templateFormatError, validationError } from './json';
import { resourceType } from './resource-types';
import { parseRules, type RuleDeclaration } from './rules';
import { parseDocument } from './template-document';
import { assertTemplateLimits } from './template-limits';
import { assertTemplateShape } from './template-shape';

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

/** One member of `Outputs`; its values are not evaluated. */
export interface OutputDeclaration {
  readonly key: string;
  readonly value: unknown;
  readonly description?: string;
  readonly exportName?: unknown;
  readonly condition?: string;
}

/** A parsed template; its values are not evaluated. */
export interface Template {
  /** The original text, which GetTemplate returns. */
  readonly body: string;
  readonly description?: string;
  readonly metadata?: unknown;
  readonly transforms: readonly string[];
  readonly parameters: ReadonlyMap<string, JsonObject>;
  readonly mappings: JsonObject;
  readonly conditions: ReadonlyMap<string, unknown>;
  readonly rules: readonly RuleDeclaration[];
  readonly resources: ReadonlyMap<string, ResourceDeclaration>;
  readonly outputs: ReadonlyMap<string, OutputDeclaration>;
}

/** The only transform that the embedded CloudFormation implements. */
export const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

const SECTIONS = new Set([
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Mappings',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
  'Transform',
]);

/** Sections of CloudFormation that are not implemented. */
const UNSUPPORTED_SECTIONS = ['Hooks'] as const;

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
 * Parses a template.
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function parseTemplate(body: string): Template {
  const document = parseDocument(body);
  assertTemplateShape(document);
  for (const name of UNSUPPORTED_SECTIONS) {
    if (member(document, name) === undefined) continue;
    throw validationError(`The embedded AWS does not implement the template section ${name}.`);
  }
  const unknown = Object.keys(document).filter((name) => !SECTIONS.has(name));
  if (unknown.length > 0) {
    throw validationError(`Invalid template property or properties [${unknown.join(', ')}]`);
  }
  const version = member(document, 'AWSTemplateFormatVersion');
  if (version !== undefined && version !== '2010-09-09') {
    throw templateFormatError('unsupported value for AWSTemplateFormatVersion.');
  }
  const description = member(document, 'Description');
  if (description !== undefined && typeof description !== 'string') {
    throw notText('Description');
  }
  assertTemplateLimits(document);
  const transforms = parseTransforms(member(document, 'Transform'));
  return {
    body,
    ...(description !== undefined && { description }),
    metadata: member(document, 'Metadata'),
    transforms,
    parameters: parseParameters(document),
    mappings: parseMappings(document),
    conditions: new Map(Object.entries(section(document, 'Conditions'))),
    rules: parseRules(section(document, 'Rules')),
    resources: parseResources(document, transforms.includes(LANGUAGE_EXTENSIONS)),
    outputs: parseOutputs(document),
  };
}

function section(document: JsonObject, name: string): JsonObject {
  const value = member(document, name);
  if (value === undefined) return {};
  if (!isObject(value)) throw templateFormatError(`${name} must be an object.`);
  const generator = Object.keys(value).find((key) => key.startsWith('Fn::'));
  if (generator === undefined) return value;
  throw validationError(
    `The embedded AWS does not implement ${generator.split('::', 2).join('::')} in ${name} (${generator}).`,
  );
}

function parseTransforms(transform: unknown): string[] {
  if (transform === undefined) return [];
  const list: unknown[] = Array.isArray(transform) ? transform : [transform];
  return list.map((item) => {
    if (typeof item === 'string') return item;
    const name = isObject(item) ? member(item, 'Name') : undefined;
    if (typeof name === 'string') return name;
    throw templateFormatError('Transform must be a string or a list of strings.');
  });
}

function parseParameters(document: JsonObject): Map<string, JsonObject> {
  const entries = Object.entries(section(document, 'Parameters'));
  return new Map(
    entries.map(([name, declaration]) => {
      if (!/^[A-Za-z0-9]+$/.test(name)) {
        throw templateFormatError(`Parameter name ${name} is non alphanumeric.`);
      }
      if (!isObject(declaration) || typeof member(declaration, 'Type') !== 'string') {
        throw templateFormatError('Every Parameters object must contain a Type member.');
      }
      for (const field of ['Default', 'Description']) {
        if (typeof member(declaration, field) === 'object') throw notText(field);
      }
      return [name, declaration];
    }),
  );
}

function parseMappings(document: JsonObject): JsonObject {
  const mappings = section(document, 'Mappings');
  for (const [name, mapping] of Object.entries(mappings)) assertMapping(name, mapping);
  return mappings;
}

/** Texts recorded: test_mapping_minimum_nesting_depth, test_mapping_with_invalid_refs, 12-06-2023. */
function assertMapping(name: string, mapping: unknown): void {
  if (!isObject(mapping)) throw templateFormatError(`Every Mappings member ${name} must be a map`);
  for (const [key, row] of Object.entries(mapping)) {
    if (!isObject(row)) throw templateFormatError(`Every Mappings member ${key} must be a map`);
    if (!Object.values(row).some(isObject)) continue;
    throw templateFormatError('Every Mappings attribute must be a String or a List.');
  }
}

function parseResources(
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

function parseCondition(declaration: JsonObject): { condition?: string } {
  const condition = member(declaration, 'Condition');
  if (condition === undefined) return {};
  if (typeof condition === 'string') return { condition };
  throw notText('Condition');
}

/** Wording, of DeletionPolicy: https://github.com/aws/aws-cli/issues/3825 (2019). */
function notText(name: string): AwsError {
  return templateFormatError(`Every ${name} member must be a string.`);
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

function parseOutputs(document: JsonObject): Map<string, OutputDeclaration> {
  const entries = Object.entries(section(document, 'Outputs'));
  return new Map(entries.map(([key, declaration]) => [key, parseOutput(key, declaration)]));
}

/** The value of a function is not known yet. */
function isExportName(name: unknown): boolean {
  if (typeof name === 'object') return name !== null;
  return name !== undefined && /^[A-Za-z0-9:-]+$/.test(String(name));
}

function parseOutput(key: string, declaration: unknown): OutputDeclaration {
  if (!/^[A-Za-z0-9]+$/.test(key)) {
    // Wording: https://github.com/awslabs/aws-api-gateway-developer-portal/pull/213 (2019).
    throw templateFormatError(`Outputs name '${key}' is non alphanumeric.`);
  }
  if (!isObject(declaration) || member(declaration, 'Value') === undefined) {
    throw templateFormatError('Every Outputs member must contain a Value object');
  }
  const description = member(declaration, 'Description');
  if (description !== undefined && typeof description !== 'string') {
    throw notText('Description');
  }
  const exported = member(declaration, 'Export');
  const exportName = isObject(exported) ? member(exported, 'Name') : undefined;
  if (exported !== undefined && !isExportName(exportName)) {
    // Wording: https://github.com/amplify-education/serverless-domain-manager/issues/530 (2022).
    throw templateFormatError(
      `Output ${key} is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.`,
    );
  }
  return {
    key,
    value: member(declaration, 'Value'),
    ...(description !== undefined && { description }),
    ...(exportName !== undefined && { exportName }),
    ...parseCondition(declaration),
  };
}
