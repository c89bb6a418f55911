import { kafkaRoute } from '../../resources/kafka';
import { routes } from '../../resources/routes';

/**
 * What `npm start` says when everything is ready.
 * @param kafkaRestUrl of the Kafka REST proxy that gets the rest; empty where there is none
 * @param strict whether signatures are verified
 */
export function banner(
  invokeUrl: string,
  endpoint: string,
  { kafkaRestUrl = '', strict = false }: { kafkaRestUrl?: string; strict?: boolean } = {},
): string {
  const credentials = strict
    ? 'credentials whose secret is the access key itself, such as local and local'
    : 'any credentials';
  const rows = [
    ...routes,
    ...(kafkaRestUrl === '' ? [] : [{ ...kafkaRoute, action: kafkaRestUrl }]),
  ];
  const method = Math.max(...rows.map((route) => route.method.length));
  const path = Math.max(...rows.map((route) => route.path.length));
  const table = rows.map(
    (route) => `  ${route.method.padEnd(method)}  ${route.path.padEnd(path)}  ${route.action}`,
  );
  return [
    '',
    `The API is ready at ${invokeUrl}`,
    '',
    ...table,
    '',
    `  curl ${invokeUrl}/streams`,
    `  AWS SDKs and tools: endpoint ${endpoint}, ${credentials}`,
    '',
    'Ctrl-C stops it.',
  ].join('\n');
}
