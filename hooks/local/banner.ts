import { routes } from '../../resources/routes';

/**
 * What `npm start` says when everything is ready.
 * @param strict whether signatures are verified
 */
export function banner(invokeUrl: string, endpoint: string, strict = false): string {
  const credentials = strict
    ? 'credentials whose secret is the access key itself, such as local and local'
    : 'any credentials';
  const method = Math.max(...routes.map((route) => route.method.length));
  const path = Math.max(...routes.map((route) => route.path.length));
  const table = routes.map(
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
