import { isRecord } from '../members';
import { type JsonObject, OPERATION_KEYS, type OpenApiDocument, objectAt } from './document';

/** The attributes of each object of OpenAPI 3.0. https://spec.openapis.org/oas/v3.0.3 */
const ATTRIBUTES = {
  root: ['openapi', 'info', 'servers', 'paths', 'components', 'security', 'tags', 'externalDocs'],
  info: ['title', 'description', 'termsOfService', 'contact', 'license', 'version'],
  components: [
    'schemas',
    'responses',
    'parameters',
    'examples',
    'requestBodies',
    'headers',
    'securitySchemes',
    'links',
    'callbacks',
  ],
  operation: [
    'tags',
    'summary',
    'description',
    'externalDocs',
    'operationId',
    'parameters',
    'requestBody',
    'responses',
    'callbacks',
    'deprecated',
    'security',
    'servers',
  ],
  parameter: [
    '$ref',
    'name',
    'in',
    'description',
    'required',
    'deprecated',
    'allowEmptyValue',
    'style',
    'explode',
    'allowReserved',
    'schema',
    'example',
    'examples',
    'content',
  ],
} as const;

/**
 * The warnings of AWS's parser about attributes that OpenAPI 3.0 does not have, in its words (public
 * reports: `Parse issue: attribute paths.'/area/{zipCode}'(get).parameters.[zipCode].type is
 * unexpected`). Only the objects in the table are looked at.
 */
export function parseIssuesOf({ version, root, paths }: OpenApiDocument): string[] {
  if (version !== 3) return [];
  const unexpected = [
    ...unexpectedIn('root', root, ''),
    ...unexpectedIn('info', objectAt(root, 'info'), 'info.'),
    ...unexpectedIn('components', objectAt(root, 'components'), 'components.'),
    ...Object.entries(paths).flatMap(([path, item]) =>
      isRecord(item) ? unexpectedInItem(path, item) : [],
    ),
  ];
  return unexpected.map((attribute) => `Parse issue: attribute ${attribute} is unexpected`);
}

function unexpectedInItem(path: string, item: JsonObject): string[] {
  return Object.keys(OPERATION_KEYS).flatMap((key) => {
    const operation = Object.hasOwn(item, key) ? item[key] : undefined;
    // AWS reads its own extension as it is.
    if (!isRecord(operation) || key.startsWith('x-')) return [];
    const place = `paths.'${path}'(${key}).`;
    const parameters = Array.isArray(operation.parameters) ? operation.parameters : [];
    return [
      ...unexpectedIn('operation', operation, place),
      ...parameters
        .filter(isRecord)
        .flatMap((parameter) =>
          unexpectedIn('parameter', parameter, `${place}parameters.[${parameter.name}].`),
        ),
    ];
  });
}

function unexpectedIn(kind: keyof typeof ATTRIBUTES, object: JsonObject, prefix: string): string[] {
  const known: readonly string[] = ATTRIBUTES[kind];
  return Object.keys(object)
    .filter((name) => !known.includes(name) && !name.startsWith('x-'))
    .map((name) => `${prefix}${name}`);
}
