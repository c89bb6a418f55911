import { pageOf as cutPage } from '../core/paging';
import { badRequest } from './errors';

const DEFAULT_LIMIT = 25;
const MAX_LIMIT = 500;

/** A page of a list as the control API returns it: `item`, and the position of the next page. */
export interface Page<Wire> {
  readonly item: readonly Wire[];
  readonly position?: string;
}

/**
 * Cuts a page out of a list, which the store keeps in a stable order.
 * @param query `limit` (1 to 500, default 25) and `position`, the opaque token of the previous page
 * @throws AwsError BadRequestException for an invalid limit or position
 */
export function pageOf<Item, Wire>(
  items: readonly Item[],
  query: URLSearchParams,
  toWire: (item: Item) => Wire,
): Page<Wire> {
  const page = cutPage(
    items,
    { token: query.get('position') ?? undefined, size: readLimit(query.get('limit')) },
    () => badRequest('Invalid position parameter specified'),
  );
  const item = page.items.map(toWire);
  return page.nextToken === undefined ? { item } : { item, position: page.nextToken };
}

function readLimit(text: string | null): number {
  if (text === null) return DEFAULT_LIMIT;
  const limit = Number(text);
  if (!Number.isInteger(limit)) throw badRequest(`Invalid limit specified: ${text}`);
  // AWS clamps a limit that is out of range.
  return Math.min(Math.max(limit, 1), MAX_LIMIT);
}
