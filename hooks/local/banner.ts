import { routes } from '../../resources/routes';

/** What `npm start` says when everything is ready. */
export function banner(invokeUrl: string, endpoint: string): string {
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
    `  AWS SDKs and tools: endpoint ${endpoint}, any credentials`,
    '',
    'Ctrl-C stops it.',
  ].join('\n');
}
