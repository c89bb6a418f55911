import { kafkaRoute } from '../../resources/kafka';
import { routes } from '../../resources/routes';

/**
 * What `npm start` says when everything is ready.
 * @param kafkaRestUrl of the Kafka REST proxy that gets the rest; empty where there is none
 */
export function banner(invokeUrl: string, endpoint: string, kafkaRestUrl = ''): string {
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
    `  AWS SDKs and tools: endpoint ${endpoint}, any credentials`,
    '',
    'Ctrl-C stops it.',
  ].join('\n');
}
