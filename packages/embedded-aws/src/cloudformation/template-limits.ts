import { isObject, type JsonObject, member, templateFormatError } from './json';
import { QUOTAS } from './quotas';

/** The sections that are counted, and what their members are called. */
const SECTIONS = {
  Parameters: {
    most: QUOTAS.parameters,
    longest: QUOTAS.parameterNameCharacters,
    what: 'Parameter',
  },
  Mappings: { most: QUOTAS.mappings, longest: QUOTAS.mappingNameCharacters, what: 'Mapping' },
  Resources: { most: QUOTAS.resources, longest: QUOTAS.resourceNameCharacters, what: 'Resource' },
  Outputs: { most: QUOTAS.outputs, longest: QUOTAS.outputNameCharacters, what: 'Output' },
} as const;

/**
 * Checks a template against the quotas of CloudFormation. AWS's texts are known for the description,
 * for resources, and for outputs (aditmalik-synechron/serverless-nested-stack#5).
 * @throws AwsError ValidationError
 */
export function assertTemplateLimits(template: JsonObject): void {
  const description = member(template, 'Description');
  if (typeof description === 'string' && Buffer.byteLength(description) > QUOTAS.descriptionBytes) {
    throw templateFormatError(`'Description' length is greater than ${QUOTAS.descriptionBytes}.`);
  }
  for (const [name, limits] of Object.entries(SECTIONS)) {
    const section = member(template, name);
    if (isObject(section)) assertSection(name, section, limits);
  }
  const mappings = member(template, 'Mappings');
  if (isObject(mappings)) assertMappings(mappings);
}

function assertSection(
  name: string,
  section: JsonObject,
  { most, longest, what }: (typeof SECTIONS)[keyof typeof SECTIONS],
): void {
  const names = Object.keys(section);
  if (names.length > most) {
    throw templateFormatError(
      name === 'Outputs'
        ? `Outputs count ${names.length} is greater than max allowed ${most}`
        : `Number of ${name.toLowerCase()}, ${names.length}, is greater than maximum allowed, ${most}`,
    );
  }
  const tooLong = names.find((text) => text.length > longest);
  if (tooLong === undefined) return;
  throw templateFormatError(
    `${what} name ${tooLong} has ${tooLong.length} characters, and at most ${longest} are allowed.`,
  );
}

function assertMappings(mappings: JsonObject): void {
  for (const [name, mapping] of Object.entries(mappings)) {
    const count = isObject(mapping) ? Object.keys(mapping).length : 0;
    if (count <= QUOTAS.mappingAttributes) continue;
    throw templateFormatError(
      `Number of attributes of mapping ${name}, ${count}, is greater than maximum allowed, ${QUOTAS.mappingAttributes}`,
    );
  }
}
