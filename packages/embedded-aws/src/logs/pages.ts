import { type Input, invalidParameter, number, text } from './input';

/** One page of a list: `limit` and `nextToken`, which is the next item's position. */
export function pageOf<Item>(
  input: Input,
  items: readonly Item[],
  largest: number,
): { readonly items: readonly Item[]; readonly nextToken: string | undefined } {
  const size = number(input, 'limit') ?? largest;
  if (!Number.isInteger(size) || size < 1 || size > largest) {
    throw invalidParameter(
      `1 validation error detected: Value '${size}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${largest}`,
    );
  }
  const token = text(input, 'nextToken');
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0)
    throw invalidParameter('The specified nextToken is invalid.');
  const end = start + size;
  return {
    items: items.slice(start, end),
    nextToken: end < items.length ? String(end) : undefined,
  };
}
