import type { AwsError } from './errors';

/** A page of a list, and the token for the next one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Undefined on the last page. */
  readonly nextToken: string | undefined;
}

/** The page that a request asks for. */
export interface PageRequest {
  /** The token from the previous page; undefined for the first. */
  readonly token: string | undefined;
  /** Items per page, at least 1. */
  readonly size: number;
}

/**
 * Returns one page of a list whose order is stable between calls. Tokens are opaque and encode
 * where the next page starts.
 * @param invalidToken the service's error for an invalid token
 */
export function pageOf<Item>(
  items: readonly Item[],
  { token, size }: PageRequest,
  invalidToken: (token: string) => AwsError,
): Page<Item> {
  const start = token === undefined || token === '' ? 0 : positionIn(token);
  if (start === undefined) throw invalidToken(token ?? '');
  const end = start + size;
  return {
    items: items.slice(start, end),
    nextToken: end < items.length ? tokenAt(end) : undefined,
  };
}

function tokenAt(index: number): string {
  return Buffer.from(JSON.stringify({ index })).toString('base64url');
}

/** Undefined for anything that {@link tokenAt} did not create. */
function positionIn(token: string): number | undefined {
  const json = Buffer.from(token, 'base64url').toString('utf8');
  const index = /^\{"index":(\d{1,15})\}$/.exec(json)?.[1];
  return index === undefined ? undefined : Number(index);
}
