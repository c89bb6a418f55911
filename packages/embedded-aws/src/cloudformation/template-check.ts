import type { AwsError } from '../core/errors';
import { conditionReferences } from './conditions';
import { dependencyOrder } from './dependency-graph';
import { isPseudoParameter } from './evaluation-scope';
import { member, templateFormatError, validationError } from './json';
import { type Reference, referencesIn } from './references';
import type { ResourceDeclaration } from './resource-declaration';
import { resourceType, resourceTypeNames } from './resource-types';
import { LANGUAGE_EXTENSIONS, type Template } from './template';

/** Custom resources, and names in the format of the registry: `AWS::SQS::Queue`. */
const POSSIBLE_TYPE = /^(Custom::[\w@-]+|[A-Za-z0-9]{2,64}(::[A-Za-z0-9]{2,64}){2}(::MODULE)?)$/;

/** Another way, by service. */
const INSTEAD: Readonly<Record<string, string>> = {
  'AWS::Cognito':
    ' Bring your own issuer of tokens: name it by the ARN of a user pool, --user-pool ARN=URL, and use that ARN in authorizers.',
};

/**
 * Checks everything that does not depend on the values of parameters.
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function checkTemplate(template: Template): void {
  for (const transform of template.transforms) {
    if (transform === LANGUAGE_EXTENSIONS) continue;
    throw validationError(`The embedded AWS does not implement the transform ${transform}.`);
  }
  checkTypes(template);
  checkConditions(template);
  checkImports(template);
  checkResourceReferences(template);
  checkOutputReferences(template);
  dependencyOrder(dependencies(template));
}

function checkTypes({ resources }: Template): void {
  const unknown = [...resources.values()]
    .map(({ type }) => type)
    .filter((type) => resourceType(type) === undefined && !POSSIBLE_TYPE.test(type));
  if (unknown.length === 0) return;
  throw templateFormatError(`Unrecognized resource types: [${[...new Set(unknown)].join(', ')}]`);
}

/**
 * The error for a resource that is to be made, of a type that nothing here makes. A resource that a
 * condition switches off may have any type.
 */
export function typeNotImplemented({ type, logicalId }: ResourceDeclaration): AwsError {
  const service = serviceOf(type);
  const implemented = resourceTypeNames().filter((name) => serviceOf(name) === service);
  const others = resourceType(type) === undefined && implemented.length > 0;
  const hint = others ? ` Of ${service} it has ${implemented.join(', ')}.` : '';
  return validationError(
    `The embedded AWS does not implement the resource type ${type} (resource ${logicalId}).${hint}${INSTEAD[service] ?? ''}`,
  );
}

/** `AWS::Kinesis` of `AWS::Kinesis::Stream`. */
function serviceOf(type: string): string {
  return type.split('::', 2).join('::');
}

function checkConditions({ conditions, parameters, resources, outputs }: Template): void {
  const unresolved = [...conditions.values()]
    .flatMap(conditionReferences)
    .filter(
      ({ kind, target }) =>
        kind !== 'Fn::If' && !parameters.has(target) && !isPseudoParameter(target),
    )
    .map(({ target }) => target);
  if (unresolved.length > 0) {
    throw templateFormatError(
      `Unresolved dependencies [${[...new Set(unresolved)].join(', ')}]. Cannot reference resources in the Conditions block of the template`,
    );
  }
  const blocks = [
    { block: 'Resources', members: [...resources.values()] },
    { block: 'Outputs', members: [...outputs.values()] },
  ];
  for (const { block, members } of blocks) {
    for (const { condition } of members) {
      if (condition === undefined || conditions.has(condition)) continue;
      throw templateFormatError(
        `Unresolved condition dependency ${condition} in the ${block} block of the template`,
      );
    }
  }
}

/** The names of imports and exports are known before anything is made. */
function checkImports(template: Template): void {
  const values = [...template.resources.values()].map(({ properties }) => properties);
  const outputs = [...template.outputs.values()];
  const names = argumentsOf('Fn::ImportValue', [values, outputs.map(({ value }) => value)]);
  if (names.some((name) => isKnownLater(name, template))) {
    // Wording: https://github.com/kubernetes-retired/kube-aws/issues/1304 (2018).
    throw validationError(
      'Template error: the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs',
    );
  }
  const exported = outputs.find(({ exportName }) => isKnownLater(exportName, template));
  if (exported === undefined) return;
  // With two spaces: https://github.com/aws-cloudformation/cfn-lint/issues/1632 (2020).
  throw templateFormatError(
    `Output ${exported.key} is malformed.  The Name field of Export must not depend on any resources, imported values, or Fn::GetAZs.`,
  );
}

function isKnownLater(value: unknown, { parameters }: Template): boolean {
  const ofResource = referencesIn(value).some(
    ({ kind, target }) =>
      kind === 'Fn::GetAtt' ||
      (kind === 'Ref' && !parameters.has(target) && !isPseudoParameter(target)),
  );
  return (
    ofResource ||
    [...argumentsOf('Fn::ImportValue', value), ...argumentsOf('Fn::GetAZs', value)].length > 0
  );
}

/** The arguments of all calls of a function in a value. */
function argumentsOf(name: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key === name ? [inner] : []),
    ...argumentsOf(name, inner),
  ]);
}

function checkResourceReferences(template: Template): void {
  const unresolved = new Set<string>();
  for (const { properties, dependsOn } of template.resources.values()) {
    for (const id of dependsOn) if (!template.resources.has(id)) unresolved.add(id);
    for (const reference of referencesIn(properties)) {
      if (!isResolved(reference, template)) unresolved.add(reference.target);
    }
  }
  if (unresolved.size === 0) return;
  throw unresolvedIn('Resources', [...unresolved]);
}

function checkOutputReferences(template: Template): void {
  const unresolved = new Set<string>();
  for (const { value, exportName } of template.outputs.values()) {
    for (const reference of referencesIn([value, exportName])) {
      if (!isResolved(reference, template)) unresolved.add(reference.target);
    }
  }
  if (unresolved.size === 0) return;
  throw unresolvedIn('Outputs', [...unresolved]);
}

/**
 * The error for references to what is not in the template, or is switched off. Outputs are told
 * without a prefix (recorded: test_output_reference_to_skipped_resource, 27-06-2023).
 */
export function unresolvedIn(block: string, targets: readonly string[]): AwsError {
  const message = `Unresolved resource dependencies [${[...new Set(targets)].join(', ')}] in the ${block} block of the template`;
  return block === 'Outputs' ? validationError(message) : templateFormatError(message);
}

function isResolved(reference: Reference, template: Template): boolean {
  const { kind, target, attribute } = reference;
  if (kind === 'Fn::If') {
    if (template.conditions.has(target)) return true;
    throw validationError(`Template error: unresolved condition dependency ${target} in Fn::If`);
  }
  const resource = template.resources.get(target);
  if (kind === 'Ref') {
    return resource !== undefined || template.parameters.has(target) || isPseudoParameter(target);
  }
  if (resource === undefined) {
    throw validationError(
      `Template error: instance of Fn::GetAtt references undefined resource ${target}`,
    );
  }
  if (attribute !== undefined && !hasAttribute(resource, attribute)) {
    throw validationError(
      `Template error: resource ${target} does not support attribute type ${attribute} in Fn::GetAtt`,
    );
  }
  return true;
}

/**
 * CloudFormation gives the attributes of a type, and the properties that the template sets (recorded:
 * test_change_set_fn_get_attr, 08-04-2025).
 */
function hasAttribute({ type, properties }: ResourceDeclaration, attribute: string): boolean {
  const known = resourceType(type);
  if (known === undefined || known.attributes.includes(attribute)) return true;
  return Object.hasOwn(known.properties, attribute) && member(properties, attribute) !== undefined;
}

/**
 * The dependencies of each resource: those in DependsOn and those its properties refer to.
 * @param conditions if given, resources with a false condition and branches not taken are left out
 */
export function dependencies(
  { resources }: Template,
  conditions?: ReadonlyMap<string, boolean>,
): Map<string, Set<string>> {
  const deployed = [...resources.values()].filter(
    ({ condition }) => condition === undefined || conditions?.get(condition) !== false,
  );
  const ids = new Set(deployed.map(({ logicalId }) => logicalId));
  return new Map(
    deployed.map(({ logicalId, properties, dependsOn }) => {
      const referenced = referencesIn(properties, conditions)
        .filter(({ kind }) => kind === 'Ref' || kind === 'Fn::GetAtt')
        .map(({ target }) => target);
      return [logicalId, new Set([...dependsOn, ...referenced].filter((id) => ids.has(id)))];
    }),
  );
}
