import { conditionReferences } from './conditions';
import { dependencyOrder } from './dependency-graph';
import { isPseudoParameter } from './evaluation-scope';
import { templateFormatError, validationError } from './json';
import { type Reference, referencesIn } from './references';
import { resourceType, resourceTypeNames } from './resource-types';
import type { Template } from './template';

/** The only transform that the embedded CloudFormation implements. */
export const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

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
  checkResourceReferences(template);
  checkOutputReferences(template);
  dependencyOrder(dependencies(template));
}

function checkTypes({ resources }: Template): void {
  const unknown = [...resources.values()].filter(({ type }) => resourceType(type) === undefined);
  const unsupported = unknown.find(({ type }) => POSSIBLE_TYPE.test(type));
  if (unsupported !== undefined) {
    const { type, logicalId } = unsupported;
    const service = serviceOf(type);
    const implemented = resourceTypeNames().filter((name) => serviceOf(name) === service);
    const hint = implemented.length > 0 ? ` Of ${service} it has ${implemented.join(', ')}.` : '';
    throw validationError(
      `The embedded AWS does not implement the resource type ${type} (resource ${logicalId}).${hint}${INSTEAD[service] ?? ''}`,
    );
  }
  if (unknown.length === 0) return;
  const names = [...new Set(unknown.map(({ type }) => type))];
  throw templateFormatError(`Unrecognized resource types: [${names.join(', ')}]`);
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

function checkResourceReferences(template: Template): void {
  const unresolved = new Set<string>();
  for (const { properties, dependsOn } of template.resources.values()) {
    for (const id of dependsOn) if (!template.resources.has(id)) unresolved.add(id);
    for (const reference of referencesIn(properties)) {
      if (!isResolved(reference, template, 'Resources')) unresolved.add(reference.target);
    }
  }
  if (unresolved.size === 0) return;
  throw templateFormatError(
    `Unresolved resource dependencies [${[...unresolved].join(', ')}] in the Resources block of the template`,
  );
}

function checkOutputReferences(template: Template): void {
  const unresolved = new Set<string>();
  for (const { value, exportName } of template.outputs.values()) {
    for (const reference of referencesIn([value, exportName])) {
      if (!isResolved(reference, template, 'Outputs')) unresolved.add(reference.target);
    }
  }
  if (unresolved.size === 0) return;
  throw templateFormatError(
    `Unresolved resource dependencies [${[...unresolved].join(', ')}] in the Outputs block of the template`,
  );
}

function isResolved(reference: Reference, template: Template, block: string): boolean {
  const { kind, target, attribute } = reference;
  if (kind === 'Fn::If') {
    if (template.conditions.has(target)) return true;
    throw templateFormatError(
      `Unresolved condition dependency ${target} in the ${block} block of the template`,
    );
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
  const known = resourceType(resource.type)?.attributes ?? [];
  if (attribute !== undefined && !known.includes(attribute)) {
    throw validationError(
      `Template error: resource ${target} does not support attribute type ${attribute} in Fn::GetAtt`,
    );
  }
  return true;
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
