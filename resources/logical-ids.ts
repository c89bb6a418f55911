import type { Action } from './routes';

/** Every logical id of the stack. Renaming one replaces the resource, and RestApi's the URL. */
export const logicalIds = {
  role: 'KinesisRole',
  restApi: 'RestApi',
  /** Renamed at package time to carry the content's hash, see hooks/deployment.ts. */
  deployment: 'Deployment',
  stage: 'Stage',
  /** `/streams/{stream-name}` to `StreamsStreamNameResource` */
  resource: (path: string) => `${pascalCase(path)}Resource`,
  method: (action: Action) => `${action}Method`,
} as const;

function pascalCase(path: string): string {
  return path
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
