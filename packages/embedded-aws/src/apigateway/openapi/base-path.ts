import { badRequest } from '../errors';
import { isRecord } from '../members';
import { listAt, type OpenApiDocument, objectAt, textAt } from './document';

/** How an import treats the base path of a document. */
const BASE_PATH_MODES = ['ignore', 'prepend', 'split'] as const;
export type BasePathMode = (typeof BASE_PATH_MODES)[number];

/** @throws AwsError BadRequestException for an unknown mode */
export function readBasePathMode(mode: string | null | undefined): BasePathMode {
  const requested = mode ?? 'ignore';
  const known = BASE_PATH_MODES.find((candidate) => candidate === requested);
  if (known === undefined) throw badRequest(`Invalid basepath specified: ${requested}`);
  return known;
}

/**
 * The prefix for the paths of a document: nothing, its base path, or its base path without the
 * first segment.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
 */
export function pathPrefix(document: OpenApiDocument, mode: BasePathMode): string {
  if (mode === 'ignore') return '';
  const parts = basePathOf(document)
    .split('/')
    .filter((part) => part !== '');
  return (mode === 'split' ? parts.slice(1) : parts).map((part) => `/${part}`).join('');
}

/**
 * OpenAPI 3 has no base path: it is the variable of that name of the first server, or else the path of
 * the server's URL.
 */
function basePathOf({ version, root }: OpenApiDocument): string {
  if (version === 2) return textAt(root, 'basePath') ?? '';
  const [server] = listAt(root, 'servers').filter(isRecord);
  if (server === undefined) return '';
  const variable = objectAt(objectAt(server, 'variables'), 'basePath');
  const url = textAt(server, 'url') ?? '';
  return textAt(variable, 'default') ?? url.replace(/^[a-z]+:\/\/[^/]*/i, '');
}
