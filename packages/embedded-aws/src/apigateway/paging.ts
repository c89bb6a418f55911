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
  const limit = readLimit(query.get('limit'));
  const start = readPosition(query.get('position'));
  const end = start + limit;
  const item = items.slice(start, end).map(toWire);
  return end < items.length ? { item, position: positionAt(end) } : { item };
}

function readLimit(text: string | null): number {
  if (text === null) return DEFAULT_LIMIT;
  const limit = Number(text);
  if (!Number.isInteger(limit)) throw badRequest(`Invalid limit specified: ${text}`);
  // AWS clamps a limit that is out of range.
  return Math.min(Math.max(limit, 1), MAX_LIMIT);
}

function positionAt(index: number): string {
  return Buffer.from(JSON.stringify({ index })).toString('base64url');
}

function readPosition(position: string | null): number {
  if (position === null || position === '') return 0;
  try {
    const { index } = JSON.parse(Buffer.from(position, 'base64url').toString('utf8'));
    if (Number.isInteger(index) && index >= 0) return index;
  } catch {
    // Any malformed position is rejected below.
  }
  throw badRequest('Invalid position parameter specified');
}
