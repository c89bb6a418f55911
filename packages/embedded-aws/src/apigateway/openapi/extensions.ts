import { unsupported } from '../errors';
import type { JsonObject } from './document';

const PREFIX = 'x-amazon-apigateway-';

/**
 * Extensions that belong to HTTP APIs or have no effect on the import of REST APIs, and API
 * documentation, which nothing here serves.
 */
const WITHOUT_EFFECT = [
  'cors',
  'documentation',
  'importer-version',
  'importexport-version',
  'integrations',
  'tag-value',
];

/** Extensions that the import supports, by location. */
const KNOWN = {
  document: [
    'api-key-source',
    'binary-media-types',
    'endpoint-configuration',
    'gateway-responses',
    'minimum-compression-size',
    'policy',
    'request-validator',
    'request-validators',
  ],
  path: ['any-method'],
  operation: ['auth', 'integration', 'request-validator'],
} as const;

/**
 * Rejects extensions of API Gateway that the import would otherwise ignore.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 * @throws AwsError naming the extension
 */
export function rejectUnsupportedExtensions(
  place: keyof typeof KNOWN,
  described: JsonObject,
): void {
  const known: readonly string[] = [...KNOWN[place], ...WITHOUT_EFFECT];
  const other = Object.keys(described).find(
    (name) => name.startsWith(PREFIX) && !known.includes(name.slice(PREFIX.length)),
  );
  if (other !== undefined) throw unsupported(`the extension '${other}' of a ${place}`);
}
