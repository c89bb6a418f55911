import type { HttpRequest } from '../core/http';

/** The protocol families, which differ in how errors are written. */
export type DialectName = 'json' | 'rest' | 'query' | 's3';

/** Services of the query protocol, whose requests are forms and whose errors are XML. */
export const QUERY_SERVICES: readonly string[] = [
  'cloudformation',
  'iam',
  'monitoring',
  'sns',
  'sts',
];

/**
 * The protocol family of a request.
 * @param service the credential scope's, when it is known; else the headers decide
 */
export function dialectOf(
  { headers, query }: HttpRequest,
  service: string | undefined,
): DialectName {
  // Only S3 ever had presigned URLs of Signature Version 2, and its header.
  const isVersionTwo =
    headers.authorization?.startsWith('AWS ') || /(^|&)AWSAccessKeyId=/.test(query);
  if (service === 's3' || isVersionTwo) return 's3';
  if (headers['x-amz-target'] !== undefined) return 'json';
  if (service !== undefined && QUERY_SERVICES.includes(service)) return 'query';
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return service !== 'execute-api' && (isForm || /(^|&)Action=/.test(query)) ? 'query' : 'rest';
}
