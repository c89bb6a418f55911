import { unsupported } from '../errors';
import type { JsonObject } from './document';

const PREFIX = 'x-amazon-apigateway-';

/** Extensions that belong to HTTP APIs, or tell the importer nothing: REST APIs are the same without. */
const WITHOUT_EFFECT = [
  'cors',
  'importer-version',
  'importexport-version',
  'integrations',
  'tag-value',
];

/** Extensions that the import acts on, by where they stand. */
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
 * Refuses extensions of API Gateway's that the import would otherwise pass over.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 * @param ignored extensions that the request says to ignore, without their prefix
 * @throws AwsError that names the extension
 */
export function refuseOtherExtensions(
  place: keyof typeof KNOWN,
  described: JsonObject,
  ignored: readonly string[] = [],
): void {
  const known: readonly string[] = [...KNOWN[place], ...WITHOUT_EFFECT, ...ignored];
  const other = Object.keys(described).find(
    (name) => name.startsWith(PREFIX) && !known.includes(name.slice(PREFIX.length)),
  );
  if (other !== undefined) throw unsupported(`the extension '${other}' of a ${place}`);
}
