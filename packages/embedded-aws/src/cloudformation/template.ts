import { isObject, type JsonObject, member, templateFormatError, validationError } from './json';
import { parseResources, type ResourceDeclaration } from './resource-declaration';
import { parseRules, type RuleDeclaration } from './rules';
import { parseDocument } from './template-document';
import { assertTemplateLimits } from './template-limits';
import { notText, parseCondition, section } from './template-section';
import { assertTemplateShape } from './template-shape';

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

const PARAMETER_MEMBERS = new Set([
  'AllowedPattern',
  'AllowedValues',
  'ConstraintDescription',
  'Default',
  'Description',
  'MaxLength',
  'MaxValue',
  'MinLength',
  'MinValue',
  'NoEcho',
  'Type',
]);

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
      const unknown = Object.keys(declaration).find((field) => !PARAMETER_MEMBERS.has(field));
      if (unknown !== undefined) {
        // Wording: https://github.com/zalando-stups/senza/pull/94 (2015).
        throw validationError(`Invalid template parameter property '${unknown}'`);
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

/**
 * Texts recorded: test_mapping_minimum_nesting_depth, test_mapping_with_invalid_refs, 12-06-2023; of
 * names: https://github.com/aws-cloudformation/cfn-lint/issues/2004 (2021) and
 * https://github.com/cloudtools/troposphere/issues/426 (2016).
 */
function assertMapping(name: string, mapping: unknown): void {
  if (!/^[A-Za-z0-9]+$/.test(name)) {
    throw templateFormatError(`Mappings name '${name}' is non alphanumeric.`);
  }
  if (!isObject(mapping)) throw templateFormatError(`Every Mappings member ${name} must be a map`);
  for (const [key, row] of Object.entries(mapping)) {
    if (!isObject(row)) throw templateFormatError(`Every Mappings member ${key} must be a map`);
    if (!/^[A-Za-z0-9.-]+$/.test(key)) {
      throw templateFormatError(
        `Mappings element name '${key}' must be non-empty and can contain only alphanumerics, '-' or '.'`,
      );
    }
    const attribute = Object.keys(row).find((one) => !/^[A-Za-z0-9]+$/.test(one));
    if (attribute !== undefined) {
      throw templateFormatError(
        `Mappings attribute name '${attribute}' must contain only alphanumeric characters.`,
      );
    }
    if (!Object.values(row).some(isObject)) continue;
    throw templateFormatError('Every Mappings attribute must be a String or a List.');
  }
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
