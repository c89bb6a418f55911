import { isObject, type JsonObject, member, templateFormatError, validationError } from './json';
import { parseRules, type RuleDeclaration } from './rules';
import { parseDocument } from './template-document';
import { assertTemplateLimits } from './template-limits';
import { assertTemplateShape } from './template-shape';

const DELETION_POLICIES = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'] as const;
export type DeletionPolicy = Exclude<(typeof DELETION_POLICIES)[number], 'Snapshot'>;

/** One member of `Resources`; its properties are not evaluated. */
export interface ResourceDeclaration {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly dependsOn: readonly string[];
  readonly condition?: string;
  readonly deletionPolicy: DeletionPolicy;
  readonly updateReplacePolicy: DeletionPolicy;
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
    throw templateFormatError('Description must be a string.');
  }
  assertTemplateLimits(document);
  return {
    body,
    ...(description !== undefined && { description }),
    metadata: member(document, 'Metadata'),
    transforms: parseTransforms(member(document, 'Transform')),
    parameters: parseParameters(document),
    mappings: parseMappings(document),
    conditions: new Map(Object.entries(section(document, 'Conditions'))),
    rules: parseRules(section(document, 'Rules')),
    resources: parseResources(document),
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
      return [name, declaration];
    }),
  );
}

function parseMappings(document: JsonObject): JsonObject {
  const mappings = section(document, 'Mappings');
  for (const [name, mapping] of Object.entries(mappings)) {
    if (!isObject(mapping) || !Object.values(mapping).every(isObject)) {
      throw templateFormatError(`Every Mappings member ${name} must be a map`);
    }
  }
  return mappings;
}

function parseResources(document: JsonObject): Map<string, ResourceDeclaration> {
  const entries = Object.entries(section(document, 'Resources'));
  if (entries.length === 0) {
    throw templateFormatError('At least one Resources member must be defined.');
  }
  return new Map(entries.map(([id, declaration]) => [id, parseResource(id, declaration)]));
}

function parseResource(logicalId: string, declaration: unknown): ResourceDeclaration {
  if (!/^[A-Za-z0-9]+$/.test(logicalId)) {
    throw templateFormatError(`Resource name ${logicalId} is non alphanumeric.`);
  }
  if (!isObject(declaration)) {
    throw templateFormatError(`[/Resources/${logicalId}] resource definition is malformed`);
  }
  const type = member(declaration, 'Type');
  if (typeof type !== 'string') {
    throw templateFormatError(
      `[/Resources/${logicalId}] Every Resources object must contain a Type member.`,
    );
  }
  for (const name of Object.keys(declaration)) {
    if (UNSUPPORTED_ATTRIBUTES.has(name)) {
      throw validationError(`The embedded AWS does not implement ${name} (resource ${logicalId}).`);
    }
    if (!RESOURCE_ATTRIBUTES.has(name)) {
      throw validationError(`Invalid template resource property '${name}'`);
    }
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
    ...parseCondition(declaration, `/Resources/${logicalId}`),
    deletionPolicy: parsePolicy(declaration, 'DeletionPolicy', logicalId, type),
    updateReplacePolicy: parsePolicy(declaration, 'UpdateReplacePolicy', logicalId, type),
    metadata: member(declaration, 'Metadata'),
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

function parseCondition(declaration: JsonObject, path: string): { condition?: string } {
  const condition = member(declaration, 'Condition');
  if (condition === undefined) return {};
  if (typeof condition === 'string') return { condition };
  throw templateFormatError(`[${path}] Condition must be a string.`);
}

function parsePolicy(
  declaration: JsonObject,
  name: 'DeletionPolicy' | 'UpdateReplacePolicy',
  logicalId: string,
  type: string,
): DeletionPolicy {
  const value = member(declaration, name) ?? 'Delete';
  const policy = DELETION_POLICIES.find((candidate) => candidate === value);
  if (policy === undefined || (name === 'UpdateReplacePolicy' && policy.endsWith('OnCreate'))) {
    throw templateFormatError(
      `Unrecognized ${name} ${typeof value === 'string' ? value : JSON.stringify(value)} for resource ${logicalId}`,
    );
  }
  if (policy === 'Snapshot') {
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

function parseOutput(key: string, declaration: unknown): OutputDeclaration {
  if (!/^[A-Za-z0-9]+$/.test(key)) {
    throw templateFormatError(`Output name ${key} is non alphanumeric.`);
  }
  if (!isObject(declaration) || member(declaration, 'Value') === undefined) {
    throw templateFormatError('Every Outputs member must contain a Value object');
  }
  const description = member(declaration, 'Description');
  if (description !== undefined && typeof description !== 'string') {
    throw templateFormatError(`[/Outputs/${key}] Description must be a string.`);
  }
  const exported = member(declaration, 'Export');
  const exportName = isObject(exported) ? member(exported, 'Name') : undefined;
  if (exported !== undefined && exportName === undefined) {
    throw templateFormatError(`Output ${key} is malformed. Export must contain a Name.`);
  }
  return {
    key,
    value: member(declaration, 'Value'),
    ...(description !== undefined && { description }),
    ...(exportName !== undefined && { exportName }),
    ...parseCondition(declaration, `/Outputs/${key}`),
  };
}
